import { decodeHTMLStrict } from 'entities'

/** Elements whose tags stand inside a word ("H<sub>2</sub>O"); any other tag parts words. */
const INLINE = new Set(['b', 'i', 'em', 'strong', 'u', 'sub', 'sup', 'wbr', 'small', 'mark'])
/** Elements whose content is no text. */
const HIDDEN = new Set(['script', 'style', 'template', 'noscript', 'iframe'])
const TAG_START = /^[a-z/!?]/i
const TAG_NAME = /^\/?([a-z][a-z0-9]*)/i

/** Ends of the last tag and the last comment: looking for one behind them would make hostile input quadratic. */
interface LastEnds {
  readonly tag: number
  readonly comment: number
}

/** Where to go on after the tag, comment or hidden element at `start`, and what it leaves; undefined: not a tag. */
function skipTag(html: string, start: number, last: LastEnds): { end: number; leaves: string } | undefined {
  if (!TAG_START.test(html.slice(start + 1, start + 2))) return undefined
  const close = html.startsWith('<!--', start) && last.comment > start ? '-->' : '>'
  const found = html.indexOf(close, start)
  if (found < 0) return undefined
  const end = found + close.length
  const name = TAG_NAME.exec(html.slice(start + 1, start + 20))?.[1]?.toLowerCase() ?? ''
  if (!HIDDEN.has(name) || html[start + 1] === '/') return { end, leaves: INLINE.has(name) ? '' : ' ' }
  const closing = new RegExp(`</${name}[^>]*>?`, 'gi')
  closing.lastIndex = end
  return { end: closing.exec(html) === null ? html.length : closing.lastIndex, leaves: ' ' }
}

/**
 * The readable text of a product description that may hold HTML: tags and comments gone, contents of script and style
 * dropped, entities decoded once, white space collapsed. Safe on malformed HTML ("a < b" stays; what was opened and
 * never closed is text, an unclosed script runs to the end); the answer is text, not safe HTML. O(length).
 */
export function plainText(html: string): string {
  if (!html.includes('<')) return collapse(decodeHTMLStrict(html))
  const parts: string[] = []
  const last: LastEnds = { tag: html.lastIndexOf('>'), comment: html.lastIndexOf('-->') }
  let from = 0
  let open = html.indexOf('<')
  while (open >= 0 && open < last.tag) {
    const tag = skipTag(html, open, last)
    if (tag !== undefined) {
      parts.push(html.slice(from, open), tag.leaves)
      from = tag.end
    }
    open = html.indexOf('<', Math.max(open + 1, from))
  }
  parts.push(html.slice(from))
  return collapse(decodeHTMLStrict(parts.join('')))
}

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim()
