import { expect, it } from 'vitest'
import type { EncoderText } from './text-encoder.ts'
import { textHash } from './text-hash.ts'

const shoe: EncoderText = {
  title: 'Red shoe',
  brand: 'Nike',
  categoryPath: ['Shoes', 'Running'],
  attributes: { colour: ['red'], size: ['42', '43'] },
  description: 'Runs.',
  reviews: ['good', 'fast'],
  language: 'en',
}

it('is the same in every process, whatever the order of attributes', () => {
  expect(textHash(shoe)).toBe('be7b24fb0a659045')
  expect(textHash({ ...shoe, attributes: { size: ['42', '43'], colour: ['red'] } })).toBe(textHash(shoe))
})

it('changes with everything that an encoder may read', () => {
  const others: Partial<EncoderText>[] = [
    { title: 'Red shoes' },
    { brand: null },
    { categoryPath: ['Shoes/Running'] },
    { attributes: { colour: ['red'], size: ['42,43'] } },
    { attributes: {} },
    { description: '' },
    { reviews: ['fast', 'good'] },
    { language: null },
    { title: 'Red', brand: 'shoeNike' },
  ]
  const hashes = [shoe, ...others.map((other) => ({ ...shoe, ...other }))].map(textHash)
  expect(new Set(hashes).size).toBe(hashes.length)
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/)
})
