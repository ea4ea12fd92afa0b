import { expect, it } from 'vitest'
import { z } from 'zod'
import { sentence, validate } from './validate.ts'

it.each([
  [z.object({ quantity: z.int() }), {}, '"quantity" is missing'],
  [z.object({ quantity: z.int() }), { quantity: 1.5 }, '"quantity" must be a whole number'],
  [z.object({ quantity: z.int() }), { quantity: 'abc' }, '"quantity" must be number, not string'],
  [z.object({ quantity: z.int().min(0) }), { quantity: -1 }, '"quantity" must be 0 or more'],
  [z.object({ quantity: z.int().max(10_000) }), { quantity: 1e9 }, '"quantity" must be 10000 or less'],
  [z.object({ weight: z.number().gt(0) }), { weight: 0 }, '"weight" must be more than 0'],
  [z.object({ weight: z.number().lt(1) }), { weight: 1 }, '"weight" must be less than 1'],
  [z.object({ lines: z.array(z.string()).min(1) }), { lines: [] }, '"lines" must have 1 or more items'],
  [z.object({ name: z.string().max(2) }), { name: 'abc' }, '"name" must have at most 2 characters'],
  [z.object({ by: z.enum(['seller', 'route']) }), { by: 'x' }, '"by" must be one of seller, route'],
  [z.object({ by: z.string('must be a name') }), { by: 1 }, '"by" must be a name'],
])('says in plain words what is wrong with a value %#', async (schema, value, said) => {
  const validated = await validate(schema, value)
  expect(validated.isValid ? '' : sentence(validated.issues, 'the input')).toBe(said)
})
