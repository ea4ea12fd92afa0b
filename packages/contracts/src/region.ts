import { z } from 'zod'

/** A part of the market, as the shop divides it: a state, a province. ISO 3166-2 codes without the country fit. */
export const regionSchema = z.string().regex(/^[A-Z0-9-]{1,12}$/, 'must be capital letters, digits and hyphens, as SP')
