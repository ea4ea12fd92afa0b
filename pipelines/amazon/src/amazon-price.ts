/** A price as a decimal text, or null where there is none, and what had to be mended. */
export type ReadPrice = Readonly<{ price: string | null; repair: string | null }>

const amount = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,2})?$/

/**
 * Reads the prices found in the published files: 12.99, "$1,299.00", "$5.00 - $9.00", "from 5.99". Of a range the
 * lower end counts, as a shop's "from". Style sheets and other texts in the price's place are no price.
 */
export function readAmazonPrice(value: unknown): ReadPrice {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (text === '' || text === 'None' || text === '—') return { price: null, repair: null }
  const exact = decimal(text)
  if (exact !== null) return { price: exact, repair: null }
  const [low = '', high = ''] = text.split(/\s*[-–]\s*/, 2)
  const lowest = decimal(high !== '' && decimal(high) !== null ? low : text.replace(/^from\s+/i, ''))
  return lowest === null
    ? { price: null, repair: 'price that is not a number left out' }
    : { price: lowest, repair: 'price range read as its lower end' }
}

function decimal(text: string): string | null {
  const match = amount.exec(text)
  return match ? `${(match[1] as string).replaceAll(',', '')}${match[2] ?? ''}` : null
}
