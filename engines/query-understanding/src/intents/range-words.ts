import type { SlotRange } from './slot.ts'

/** A range as people read it: "up to 50 USD", "from 65 inch", "300 L". */
export function rangeInWords({ minimum, maximum, unit }: SlotRange): string {
  const suffix = unit === null ? '' : ` ${unit}`
  if (minimum === maximum) return `${minimum}${suffix}`
  if (minimum === null) return `up to ${maximum}${suffix}`
  return maximum === null ? `from ${minimum}${suffix}` : `${minimum} to ${maximum}${suffix}`
}
