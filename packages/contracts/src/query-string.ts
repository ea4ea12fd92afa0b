import { z } from 'zod'

// A query string holds only text, and a name may stand in it once or often. These schemas read it exactly:
// `size=` and `size=1e3` are refused, not turned into 0 and 1000. Typed clients may pass numbers and booleans.

const onlyOnce = 'must be given once'

/** A whole number in [min, max]. */
export const queryInteger = (min: number, max: number) =>
  z
    .union([z.int(), z.string().regex(/^-?\d{1,9}$/, 'must be a whole number')], { error: 'must be one whole number' })
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** `true` or `false`. */
export const queryBoolean = () =>
  z
    .union([z.boolean(), z.enum(['true', 'false'])], { error: 'must be true or false' })
    .transform((value) => value === true || value === 'true')

/** Text that is given at most once. */
export const queryText = (max: number) => z.string(onlyOnce).max(max, `must have at most ${max} characters`)

/** Given any number of times: `filter=a&filter=b`. */
export const queryList = (maxLength: number, maxItems: number) =>
  z
    .union([z.string(), z.array(z.string())], { error: 'must be text' })
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(
      z
        .array(z.string().min(1, 'must not be empty').max(maxLength))
        .max(maxItems, `must be given at most ${maxItems} times`),
    )
