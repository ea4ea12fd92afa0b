/**
 * The text, or as many of its whole words as fit into `limit` UTF-16 code units. Where the last word begins before the
 * middle, as in scripts that write no spaces, the cut goes through it, and never through a surrogate pair.
 */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text
  const head = text.slice(0, limit)
  if (/\s/.test(text.charAt(limit))) return head.trimEnd()
  const lastSpace = head.search(/\s\S*$/)
  const cut = lastSpace >= limit / 2 ? head.slice(0, lastSpace) : head.replace(/[\ud800-\udbff]$/, '')
  return cut.trimEnd()
}
