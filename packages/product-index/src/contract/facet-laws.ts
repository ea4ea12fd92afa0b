import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commonAttributes, type FacetCounts, type FacetRequest, tellsTooMuch } from '../product-index.port.ts'
import { admitted, counted } from './brute-force.ts'
import { catalogue } from './catalogue.ts'
import { requestFor, wanted } from './filter-laws.ts'
import type { OpenHarness } from './harness.ts'
import { asking, changesOf, emptied, withIndex } from './requests.ts'

const limit = 3
const edges = [2, 5, 10]
export const facets: readonly FacetRequest[] = [
  { kind: 'keyword', column: 'brand', limit },
  { kind: 'category', limit },
  { kind: 'attribute', name: 'colour', limit },
  { kind: 'attribute', name: 'nobody has it', limit },
  { kind: 'range', column: 'price', edges },
  { kind: 'attribute', name: null, limit },
]

const values = (name: string, all: readonly string[]): FacetCounts => ({
  kind: 'values',
  name,
  values: counted(all).slice(0, limit),
})
const prefixes = (path: readonly string[]) => path.map((_, depth) => path.slice(0, depth + 1).join(' > '))
const attribute = (products: readonly Product[], name: string) =>
  values(
    `attributes.${name}`,
    products.flatMap(({ attributes }) => attributes[name] ?? []),
  )

export function expectedFacets(products: readonly Product[]): FacetCounts[] {
  const prices = products.flatMap(({ price }) => (price === null ? [] : [price.amount / 100]))
  const names = counted(products.flatMap(({ attributes }) => Object.keys(attributes))).filter(({ value: name }) => {
    const mentions = products.flatMap(({ attributes }) => attributes[name] ?? [])
    return !tellsTooMuch(new Set(mentions).size, mentions.length)
  })
  return [
    values(
      'brand',
      products.flatMap(({ brand }) => brand ?? []),
    ),
    values(
      'category',
      products.flatMap(({ categoryPath }) => prefixes(categoryPath)),
    ),
    attribute(products, 'colour'),
    attribute(products, 'nobody has it'),
    {
      kind: 'ranges',
      name: 'price',
      minimum: prices.length === 0 ? null : Math.min(...prices),
      maximum: prices.length === 0 ? null : Math.max(...prices),
      counts: [...edges, Infinity].map(
        (edge, i) => prices.filter((price) => price < edge && price >= (edges[i - 1] ?? -Infinity)).length,
      ),
    },
    ...names.slice(0, commonAttributes).map(({ value }) => attribute(products, value)),
  ]
}

export function facetLaws(openHarness: OpenHarness): void {
  it('counts facets exactly over what query and filters admit, however few candidates are wanted', () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const check = async (
        products: readonly Product[],
        wish: Parameters<typeof requestFor>[0],
        wantedCandidates: number,
      ) => {
        await index.writer.apply(changesOf(products, ++version), {})
        const expected = admitted(products, wish)
        const request = asking({ ...requestFor(wish), facets, limit: wantedCandidates })
        const retrieval = await index.reader.retrieve(request)
        expect(retrieval.total).toBe(expected.length)
        expect(retrieval.ids).toHaveLength(Math.min(expected.length, wantedCandidates))
        expect(retrieval.facets).toEqual(expectedFacets(expected))
        await emptied(index, ++version)
      }
      await fc.assert(fc.asyncProperty(catalogue, wanted, fc.nat(5), check))
    }))

  it('leaves out attributes of which hardly any value comes twice, unless asked for by name', () =>
    withIndex(openHarness, async (index) => {
      // Of twelve products: as many models, ten codes, nine sizes (three for four mentions), one colour; nine have a note.
      const products = Array.from({ length: 12 }, (_, i) => ({
        model: [`m${i}`],
        code: [`c${Math.min(i, 9)}`],
        size: [`s${Math.min(i, 8)}`],
        colour: ['red'],
        ...(i < 9 && { note: [`n${i}`] }),
      })).map((attributes, i) => aProduct({ id: `p${i}`, attributes }))
      await index.writer.apply(changesOf(products), {})
      const named = (name: string | null): FacetRequest => ({ kind: 'attribute', name, limit: 1 })
      const { facets } = await index.reader.retrieve(asking({ facets: [named(null), named('model')] }))
      expect(facets).toEqual([
        { kind: 'values', name: 'attributes.colour', values: [{ value: 'red', count: 12 }] },
        { kind: 'values', name: 'attributes.size', values: [{ value: 's8', count: 4 }] },
        { kind: 'values', name: 'attributes.note', values: [{ value: 'n0', count: 1 }] },
        { kind: 'values', name: 'attributes.model', values: [{ value: 'm0', count: 1 }] },
      ])
    }))

  it('answers with the attributes that most matches have, most common first', () =>
    withIndex(openHarness, async (index) => {
      const having = (count: number) =>
        Object.fromEntries(
          Array.from({ length: count }, (_, i) => [`attribute ${String(i).padStart(2, '0')}`, ['x', `${count}`]]),
        )
      const products = Array.from({ length: 12 }, (_, i) => aProduct({ id: `p${i}`, attributes: having(i + 1) }))
      await index.writer.apply(changesOf(products), {})
      const { facets } = await index.reader.retrieve(asking({ facets: [{ kind: 'attribute', name: null, limit: 1 }] }))
      expect(facets).toEqual(
        Array.from({ length: commonAttributes }, (_, i) => ({
          kind: 'values',
          name: `attributes.attribute ${String(i).padStart(2, '0')}`,
          values: [{ value: 'x', count: 12 - i }],
        })),
      )
    }))
}
