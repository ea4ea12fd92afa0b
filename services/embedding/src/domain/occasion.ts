/** When a change happens, in milliseconds since the epoch, and the ids of the events that tell of it. */
export type Occasion = Readonly<{ now: number; newEventId: () => string }>
