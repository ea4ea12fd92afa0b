import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { catalogue, catalogueWord } from './catalogue.ts'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, emptied, withIndex } from './requests.ts'

export function explanationLaws(openHarness: OpenHarness): void {
  it("explains terms that sum to the product's text score", () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const check = async (products: readonly Product[], words: readonly string[]) => {
        await index.writer.apply(changesOf(products, ++version), {})
        const query = analysed(words.join(' '))
        const { ids, textScores } = await index.reader.retrieve(asking({ query }))
        const explanations = await index.reader.explain(ids, query)
        expect(explanations).toHaveLength(ids.length)
        for (const [i, terms] of explanations.entries()) {
          const sum = terms.reduce((total, { score }) => total + score, 0)
          expect(Math.abs(sum - textScores[i]!)).toBeLessThanOrEqual(1e-6)
          expect(terms.length).toBeGreaterThan(0)
          for (const { documentFrequency, termFrequency } of terms) {
            expect(documentFrequency).toBeGreaterThan(0)
            expect(termFrequency).toBeGreaterThan(0)
          }
        }
        await emptied(index, ++version)
      }
      await fc.assert(fc.asyncProperty(catalogue, fc.uniqueArray(catalogueWord, { minLength: 1, maxLength: 4 }), check))
    }))

  it('has no terms for a product that is gone or does not match', () =>
    withIndex(openHarness, async (index) => {
      const kiwi = aProduct({ id: 'kiwi', title: 'kiwi', language: 'en' })
      const plum = aProduct({ id: 'plum', title: 'plum', language: 'en' })
      await index.writer.apply(changesOf([kiwi, plum]), {})
      const explanations = await index.reader.explain(['plum', 'kiwi', 'nobody'], analysed('kiwi'))
      expect(explanations.map((terms) => terms.map(({ term }) => term))).toEqual([[], ['kiwi'], []])
    }))
}
