/** What Korean calls the Latin letters; names that are spelt out are written with these: 엘지 (LG), 에이치앤엠 (H&M). */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  a: ['에이'],
  b: ['비'],
  c: ['씨', '시'],
  d: ['디'],
  e: ['이'],
  f: ['에프'],
  g: ['지'],
  h: ['에이치', '에치'],
  i: ['아이'],
  j: ['제이'],
  k: ['케이'],
  l: ['엘'],
  m: ['엠'],
  n: ['엔', '앤'],
  o: ['오'],
  p: ['피'],
  q: ['큐'],
  r: ['알', '아르'],
  s: ['에스'],
  t: ['티'],
  u: ['유'],
  v: ['브이'],
  w: ['더블유', '더블류'],
  x: ['엑스'],
  y: ['와이'],
  z: ['지', '제트'],
  '&': ['앤', '엔', '앤드'],
}
const LONGEST = 5
const MOST = 12

/** The Hangul of a short Latin name that is spelt letter by letter; nothing for one of more than five signs. */
export function letterNames(latin: string): string[] {
  if (latin.length < 2 || latin.length > LONGEST) return []
  let spelled = ['']
  for (const letter of latin) {
    const names = NAMES[letter]
    if (names === undefined) return []
    spelled = spelled.flatMap((before) => names.map((name) => before + name)).slice(0, MOST)
  }
  return spelled
}
