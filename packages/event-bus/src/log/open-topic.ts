import type { Topic } from '@eip/contracts'
import type { EventLog, TopicHead } from '../event-log.port.ts'

/** A topic of the log, with the next free offset of each partition as far as this process has heard. */
export type OpenTopic = { readonly name: string; readonly kind: TopicHead['kind']; ends: readonly number[] }

/** The topics in use, each opened once; hears of every append. */
export function openTopics() {
  const opening = new Map<string, Promise<OpenTopic>>()
  const open = new Map<string, OpenTopic>()

  const appended = (name: string, ends: readonly number[]) => {
    const topic = open.get(name)
    // An append may be heard of before the answer that opens the topic: never go back.
    if (topic !== undefined) topic.ends = ends.map((end, partition) => Math.max(end, topic.ends[partition] ?? 0))
  }

  function of(log: EventLog, { name, kind }: Topic): Promise<OpenTopic> {
    const known = opening.get(`${kind} ${name}`)
    if (known !== undefined) return known
    const promise = log.openTopic({ name, kind }).then((ends) => {
      const topic = { name, kind, ends }
      open.set(name, topic)
      return topic
    })
    opening.set(`${kind} ${name}`, promise)
    promise.catch(() => opening.delete(`${kind} ${name}`))
    return promise
  }

  return Object.freeze({ appended, of })
}
