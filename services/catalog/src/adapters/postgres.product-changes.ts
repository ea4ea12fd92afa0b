import type { Envelope, Product } from '@eip/contracts'
import type { TimeSlice } from '@eip/database'
import type { Decision, ProductChange, Standing } from '../domain/product-change.ts'

/** Where an id stands; null where it never was. */
export type StandingOf = (id: string) => Standing | null

/** `changes` has one per product, what it comes to in the end, in order of the ids; `events` has them all. `tally` is what the counts grow by. */
export type DecidedChanges<Outcome> = Readonly<{
  outcomes: Outcome[]
  changes: readonly ProductChange[]
  events: readonly Envelope<Product>[]
  tally: Readonly<{ products: number; active: number }>
}>

function standingAfter({ version, content }: ProductChange): Standing {
  if (content === null) return { version, content: null }
  const { hash, product } = content
  const { createdAt, updatedAt, active: isActive } = product
  return { version, content: { hash, createdAt: createdAt!, updatedAt: updatedAt!, isActive } }
}

/** Asks for each request with where its id stands after those before it; nothing is written. */
export async function decidedChanges<Request extends Readonly<{ id: string }>, Outcome extends string>(
  requests: readonly Request[],
  seen: StandingOf,
  decide: (request: Request, standing: Standing | null) => Decision<Outcome>,
  slice: TimeSlice,
): Promise<DecidedChanges<Outcome>> {
  const changes = new Map<string, ProductChange>()
  const standings = new Map<string, Standing>()
  const outcomes: Outcome[] = []
  const events: Envelope<Product>[] = []
  const tally = { products: 0, active: 0 }
  for (const request of requests) {
    const before = standings.get(request.id) ?? seen(request.id)
    const { outcome, change } = decide(request, before)
    outcomes.push(outcome)
    if (change) {
      const after = standingAfter(change)
      changes.set(change.id, change)
      standings.set(change.id, after)
      events.push(change.event)
      tally.products += Number(after.content !== null) - Number((before?.content ?? null) !== null)
      tally.active += Number(after.content?.isActive ?? false) - Number(before?.content?.isActive ?? false)
    }
    await slice.pause()
  }
  const inOrder = [...changes.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { outcomes, changes: inOrder, events, tally }
}
