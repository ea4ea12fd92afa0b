/** FNV-1a (Fowler, Noll, Vo): small, and even enough to choose colours by. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}

/** What a generated picture looks like: a hue in degrees, and two circles behind the emblem in a field of 100 × 100. */
export type PicturePattern = Readonly<{
  hue: number
  circles: readonly Readonly<{ x: number; y: number; radius: number }>[]
}>

// Twelve hues that stay apart at the same lightness; yellow-greens look ill behind products.
const hues = [18, 40, 62, 82, 145, 168, 195, 222, 252, 282, 318, 350]

/** The same product always has the same picture; products of one department have one family of colours. */
export function picturePattern(title: string, categoryPath: readonly string[]): PicturePattern {
  const family = hues[hash(categoryPath[0] ?? title) % hues.length]!
  const own = hash(title)
  const part = (shift: number, range: number) => (own >>> shift) % range
  return {
    hue: (family + part(0, 25) - 12 + 360) % 360,
    circles: [
      { x: part(5, 40), y: 60 + part(10, 40), radius: 30 + part(15, 25) },
      { x: 60 + part(18, 40), y: part(21, 45), radius: 18 + part(25, 25) },
    ],
  }
}
