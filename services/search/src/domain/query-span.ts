/** A part of a query: UTF-16 offsets, `end` excluded. */
export type Span = Readonly<{ start: number; end: number }>

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

/** The text with some of its parts replaced, spaces made one. Parts must not overlap. */
export function replaceSpans(text: string, parts: readonly (Span & Readonly<{ by: string }>)[]): string {
  let replaced = ''
  let from = 0
  for (const { start, end, by } of parts.toSorted((a, b) => a.start - b.start)) {
    replaced += `${text.slice(from, start)} ${by} `
    from = end
  }
  return `${replaced}${text.slice(from)}`.replace(/\s+/gu, ' ').trim()
}
