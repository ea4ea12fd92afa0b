import type { Envelope, Topic } from '@eip/contracts'

/** An event on its way out. Positions grow, and of one key in the order of its commits. */
export type OutboxEntry = Readonly<{ position: number; topic: string; event: Envelope }>

/** What the relay takes the events from. */
export interface OutboxEntries {
  next(limit: number): Promise<readonly OutboxEntry[]>
  removeThrough(position: number): Promise<void>
  pending(): Promise<number>
  /**
   * Calls `listener` after every commit that brought events, and perhaps again while there are any; answers with the function that
   * ends it.
   */
  onArrival(listener: () => void): () => void
}

/**
 * Events that leave with the change they tell of: both are durable, or neither.
 * `Tx` is the transaction's handle of the database it stands on.
 *  - `add` belongs to the caller's transaction: rolled back with it, visible with it, and listeners hear of it after the commit only.
 *  - An envelope that the bus would not take is refused in `add` (`database.bad-event`), where the change can still fail with it.
 *  - `next` answers with the oldest entries, those of one key in the order of their commits, and at least one while there are any;
 *    asking again answers the same. Where processes share an outbox, one of them is answered, until it closes or ends; the others
 *    get none. Nothing is passed over for good: what is committed later is answered later, though its position be earlier.
 *  - `removeThrough` forgets that entry and all that `next` answered before it, and is durable; `pending` counts what is left.
 *  - What was committed is still there after a crash at any moment.
 */
export interface Outbox<Tx> extends OutboxEntries {
  add(tx: Tx, topic: Topic, events: readonly Envelope[]): Promise<void>
}
