/** As the gateway takes it; what cannot be a region is none. */
export const regionOf = (value: unknown): string => {
  const text = String([value].flat().at(-1) ?? '')
  return /^[A-Z0-9-]{1,12}$/.test(text) ? text : ''
}
