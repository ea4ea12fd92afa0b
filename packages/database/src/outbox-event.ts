import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { databaseFailure } from './failure.ts'

// What is unknown to it may pass, so it need not be carried over: checking is several times faster so.
const checkedFields = envelopeSchema.strip()

/** Refuses what the bus would not take. Throws `database.bad-event`. */
export function checkEvent(topic: Topic, event: Envelope): void {
  const { error } = checkedFields.safeParse(event)
  if (error) {
    const [issue] = error.issues
    const message = `an event of "${topic.name}" cannot leave: ${issue!.path.join('.')}: ${issue!.message}`
    throw databaseFailure('database.bad-event', message)
  }
  if (event.schema !== topic.schema)
    throw databaseFailure('database.bad-event', `an event of "${topic.name}" has the schema "${event.schema}"`)
}
