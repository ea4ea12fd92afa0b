/** The filters that hold, and how others are chosen. */
export type FacetChoice = Readonly<{ filters: readonly string[]; choose: (filters: readonly string[]) => void }>
