import { useState } from 'react'

export type Trail<Cursor> = Readonly<{
  /** Where the page that is shown begins; undefined: at the beginning. */
  cursor: Cursor | undefined
  /** From 1. */
  page: number
  forward: (next: Cursor) => void
  back: () => void
}>

/** The way through pages that know only the next one. It begins anew when what is listed, named by `of`, is another. */
export function useTrail<Cursor>(of = ''): Trail<Cursor> {
  const [way, setWay] = useState<Readonly<{ of: string; cursors: readonly Cursor[] }>>({ of, cursors: [] })
  const cursors = way.of === of ? way.cursors : []
  return {
    cursor: cursors.at(-1),
    page: cursors.length + 1,
    forward: (next) => setWay({ of, cursors: [...cursors, next] }),
    back: () => setWay({ of, cursors: cursors.slice(0, -1) }),
  }
}
