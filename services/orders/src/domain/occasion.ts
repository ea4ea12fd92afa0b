/** When something happens, and what the events that tell of it are named and traced by. */
export type Occasion = Readonly<{ now: number; trace: string; newEventId: () => string }>
