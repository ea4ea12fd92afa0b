import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { features } from './feature-set.ts'
import { defaultPolicy } from './policy.ts'
import { policyDocumentJsonSchema } from './policy-json-schema.ts'

const numberSchema = z.looseObject({
  type: z.literal('number'),
  title: z.string().min(1),
  description: z.string().min(10),
  default: z.number(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number(),
})
const objectOf = <Field extends z.ZodType>(field: Field) =>
  z.looseObject({
    properties: z.record(z.string(), field),
    required: z.array(z.string()).default([]),
    additionalProperties: z.literal(false),
  })
const documentSchema = z.looseObject({
  properties: z.object({
    weights: objectOf(numberSchema),
    features: objectOf(objectOf(numberSchema).extend({ title: z.string().min(1) })),
  }),
})

const read = () => documentSchema.parse(policyDocumentJsonSchema()).properties

describe('the JSON Schema of a policy', () => {
  it('names, describes, bounds and gives a default for every weight and parameter', () => {
    const { weights, features: parameters } = read()
    const names = Object.keys(features)
    expect(Object.keys(weights.properties)).toEqual(names)
    expect(weights.required).toEqual(names)
    expect(Object.keys(parameters.properties)).toEqual(names)
    const numbers = [weights, ...Object.values(parameters.properties)].flatMap(({ properties }) =>
      Object.values(properties),
    )
    for (const number of numbers) expect(number.minimum ?? number.exclusiveMinimum).toBeDefined()
    expect(parameters.properties.rating!.properties.priorMean).toMatchObject({ minimum: 0, maximum: 5, default: 3.8 })
    expect(parameters.properties.popularity!.properties.half).toMatchObject({ exclusiveMinimum: 0, default: 100 })
  })

  it('has the default policy as its defaults', () => {
    const { weights, features: parameters } = read()
    const defaults = (fields: Readonly<Record<string, { default: number }>>) =>
      Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]))
    expect(defaults(weights.properties)).toEqual(defaultPolicy.weights)
    const usual = Object.entries(parameters.properties).map(([name, { properties }]) => [name, defaults(properties)])
    expect(Object.fromEntries(usual)).toEqual(defaultPolicy.features)
  })

  it('survives JSON, and is made anew for everyone who asks', () => {
    const schema = policyDocumentJsonSchema()
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
    Object.assign(schema, { properties: null })
    expect(policyDocumentJsonSchema()).not.toEqual(schema)
  })
})
