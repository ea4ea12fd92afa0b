import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeywordWriter, openKeywords } from './keyword-dictionary.ts'
import { advance } from './posting-search.ts'
import { invertTags } from './tag-postings.ts'
import { createTopK } from './top-k.ts'
import { compareUtf8 } from './utf8-key.ts'

test('galloping finds the first posting that is at least the document', () => {
  const list = fc.uniqueArray(fc.nat(300), { maxLength: 100 }).map((documents) => documents.sort((a, b) => a - b))
  fc.assert(
    fc.property(list, fc.nat(100), fc.nat(310), (documents, from, document) => {
      const start = Math.min(from, documents.length)
      const expected = documents.findIndex((other, at) => at >= start && other >= document)
      const found = advance(Uint32Array.from(documents), start, documents.length, document)
      expect(found).toBe(expected < 0 ? documents.length : expected)
    }),
  )
})

test('the heap keeps the least keys, ties by reference', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), fc.nat(12), (keys, capacity) => {
      const heap = createTopK()
      heap.reset(capacity, (left, right) => left - right)
      keys.forEach((key, reference) => {
        heap.offer(key, reference)
      })
      const expected = keys
        .map((key, reference) => ({ key, reference }))
        .sort((left, right) => left.key - right.key || left.reference - right.reference)
        .slice(0, capacity)
      const found = { keys: new Float64Array(heap.size), references: new Uint32Array(heap.size) }
      heap.drain(found.keys, found.references)
      expect([...found.keys].map((key, at) => ({ key, reference: found.references[at] }))).toEqual(expected)
    }),
  )
})

test('text compares as its UTF-8 bytes do', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)))
    }),
  )
})

test('keywords keep their ordinals while their chunks are joined, and there are few chunks', () => {
  const value = fc.string({ unit: 'binary', maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 30 }), (commits) => {
      const writer = createKeywordWriter([])
      const ordinals = new Map<string, number>()
      for (const values of commits) {
        for (const each of values) {
          const known = ordinals.get(each) ?? ordinals.size + 1
          expect(writer.ordinal(each)).toBe(known)
          ordinals.set(each, known)
        }
        writer.publish()
      }
      const reader = openKeywords(writer.publish())
      expect(reader.size).toBe(ordinals.size)
      for (const [each, ordinal] of ordinals) {
        expect(reader.find(each)).toBe(ordinal)
        expect(reader.text(ordinal)).toBe(each)
      }
      expect(reader.chunks.length).toBeLessThanOrEqual(2 + Math.log2(1 + ordinals.size))
      expect(reader.find('never')).toBe(0)
      expect(reader.text(0)).toBeUndefined()
    }),
  )
})

test('the documents of each tag are those that have it', () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 9 }))), (documents) => {
      const offsets = Uint32Array.from([0, ...documents.map((_, at) => documents.slice(0, at + 1).flat().length)])
      const steps = invertTags(0, offsets, Uint32Array.from(documents.flat()))
      let step = steps.next()
      while (!step.done) step = steps.next()
      const read = (name: string) => new Uint32Array(step.value![`tags.0.${name}`]!)
      const starts = read('posting-starts')
      const lists = Array.from(read('posting-ordinals'), (ordinal, at) => [
        ordinal,
        [...read('posting-documents').subarray(starts[at], starts[at + 1])],
      ])
      const expected = [...new Set(documents.flat())]
        .sort((left, right) => left - right)
        .map((tag) => [tag, [...documents.keys()].filter((document) => documents[document]!.includes(tag))])
      expect(lists).toEqual(expected)
    }),
  )
})
