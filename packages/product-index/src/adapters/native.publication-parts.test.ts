import { createIndexReader, createIndexWriter, type Publication } from '@eip/engine-text-index'
import { describe, expect, it } from 'vitest'
import { publicationReceiver, publicationSender } from './native.publication-parts.ts'

const schema = { fields: [{ name: 'title', weight: 1 }], numbers: ['price'], keywords: ['brand'], tags: ['category'] }
const document = (number: number) => ({
  id: `p${number}`,
  terms: [[`word${number % 7}`]],
  numbers: { price: number },
  keywords: { brand: `brand ${number}` },
  tags: { category: [`category ${number % 3}`] },
  stored: new Uint8Array(0),
})

describe('a publication sent in parts', () => {
  it('is whole again at the other end after every batch, deletion and merge', () => {
    const writer = createIndexWriter(schema)
    const [send, receive] = [publicationSender(), publicationReceiver()]
    const reader = createIndexReader(schema)
    const arrives = (publication: Publication | null) => {
      const received = receive(structuredClone(send(publication!)))
      reader.apply(received)
      expect(received.segments.map(({ buffers }) => buffers.key)).toEqual(
        publication!.segments.map(({ buffers }) => buffers.key),
      )
    }
    for (let batch = 0; batch < 20; batch++) {
      for (let at = 0; at < 10; at++) writer.add(document(batch * 10 + at))
      writer.delete(`p${batch * 5}`)
      arrives(writer.commit())
      while (writer.mergeSome(1_000) === 'working');
      const merged = writer.commit()
      if (merged !== null) arrives(merged)
    }
    expect(reader.statistics()).toMatchObject({ documents: 180, segments: writer.publication().segments.length })
    for (const number of [1, 99, 199]) {
      const ref = reader.find(`p${number}`)!
      expect([reader.number(ref, 'price'), reader.tags(ref, 'category')]).toEqual([number, [`category ${number % 3}`]])
    }
    expect(reader.find('p5')).toBeUndefined()
  })

  it('names what was sent before, and sends it no second time', () => {
    const writer = createIndexWriter(schema)
    const send = publicationSender()
    const newOf = (publication: Publication | null) =>
      send(publication!).segments.map(({ part }) => part.value !== null)
    writer.add(document(1))
    expect(newOf(writer.commit())).toEqual([true])
    writer.add(document(2))
    expect(newOf(writer.commit())).toEqual([false, true])
    writer.delete('p1')
    expect(newOf(writer.commit())).toEqual([false])
  })
})
