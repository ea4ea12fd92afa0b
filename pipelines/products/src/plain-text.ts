/**
 * The text that a browser would show of a piece of HTML, on one line: tags become spaces, scripts, styles and comments
 * go, entities become characters. Text without tags or entities comes back as it is, so "5 < 6" and "AT&T" stay.
 * Linear in the length, whatever is left open.
 */
export function plainText(html: string): string {
  if (!hasMarkup(html)) return html
  let text = html
  for (const [open, close] of hiddenSections) text = withoutSections(text, open, close)
  text = text.replace(/<\/?su[bp]>/gi, '').replace(/<[a-z/!][^<>]*>/gi, ' ')
  return decodeEntities(text).replace(/\s+/g, ' ').trim()
}

/** Whether a text has HTML tags or entities. */
export const hasMarkup = (text: string): boolean =>
  /<[a-z/!][^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,7});/i.test(text)

const hiddenSections: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<script', '</script>'],
  ['<style', '</style>'],
]

function withoutSections(text: string, open: string, close: string): string {
  const lower = text.toLowerCase()
  // Case folding that changes the length would shift every position after it.
  if (lower.length !== text.length || !lower.includes(open)) return text
  let kept = ''
  let position = 0
  for (let start = lower.indexOf(open); start !== -1; start = lower.indexOf(open, position)) {
    const end = lower.indexOf(close, start + open.length)
    if (end === -1) break
    kept += `${text.slice(position, start)} `
    position = end + close.length
  }
  return kept + text.slice(position)
}

// HTML 4.01 §24.2: the names of U+00A0 to U+00FF in order.
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const named: ReadonlyMap<string, string> = new Map([
  ...latin1.split(' ').map((name, index) => [name, String.fromCharCode(160 + index)] as const),
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['sbquo', '‚'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bdquo', '„'],
  ['bull', '•'],
  ['hellip', '…'],
  ['prime', '′'],
  ['Prime', '″'],
  ['trade', '™'],
  ['euro', '€'],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['zwj', ''],
  ['zwnj', ''],
  ['dagger', '†'],
  ['permil', '‰'],
  ['minus', '−'],
  ['infin', '∞'],
  ['ne', '≠'],
  ['le', '≤'],
  ['ge', '≥'],
  ['Omega', 'Ω'],
  ['mu', 'μ'],
  ['alpha', 'α'],
  ['beta', 'β'],
])

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,7}));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return named.get(name as string) ?? entity
    return characterOf(decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)) ?? entity
  })

const windows1252 = new TextDecoder('windows-1252')

function characterOf(code: number): string | null {
  if (code === 9 || code === 10 || code === 13) return ' '
  if (code < 32 || code === 127 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null
  // The HTML standard reads these numbers as Windows-1252, where old pages meant quotes and dashes.
  if (code >= 128 && code < 160) return windows1252.decode(Uint8Array.of(code))
  return String.fromCodePoint(code)
}
