import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { decideDeletion, decideUpsert, type Occasion, type Standing } from './product-change.ts'
import { canonicalProduct, contentOf } from './product-content.ts'

const now = Date.UTC(2026, 4, 17, 12)
const today = '2026-05-17T12:00:00.000Z'
const occasion: Occasion = { now, trace: '00-trace', newEventId: () => 'event' }

function upsert(fields: Partial<Product>, standing: Standing | null = null) {
  const product = canonicalProduct(aProduct({ id: 'a', ...fields }))
  return decideUpsert({ id: 'a', product, content: contentOf(product) }, standing, occasion)
}
const standingOf = (fields: Partial<Product>, version: number): Standing => {
  const { content } = upsert(fields).change!
  const { createdAt, updatedAt, active } = content!.product
  return {
    version,
    content: { hash: content!.hash, createdAt: createdAt!, updatedAt: updatedAt!, isActive: active },
  }
}

describe('a product that comes', () => {
  it('for the first time is created, with the dates of the day', () => {
    const { outcome, change } = upsert({ language: 'en', price: { amount: 5, currency: 'EUR' } })
    expect(outcome).toBe('created')
    expect(change).toMatchObject({ id: 'a', version: 1, content: { product: { createdAt: today, updatedAt: today } } })
    expect(change!.event).toEqual({
      id: 'event',
      schema: 'catalog.product-changed/1',
      key: 'a',
      version: 1,
      occurredAt: now,
      recordedAt: now,
      deleted: false,
      trace: '00-trace',
      market: { currency: 'EUR', language: 'en' },
      payload: change!.content!.product,
    })
  })

  it('keeps the dates that it brings', () => {
    const dates = { createdAt: '2020-01-01T00:00:00Z', updatedAt: '2021-01-01T00:00:00Z' }
    const { change } = upsert(dates)
    expect(change!.content!.product).toMatchObject(dates)
    expect(change!.event.occurredAt).toBe(Date.UTC(2021, 0, 1))
    expect(change!.event.recordedAt).toBe(now)
  })

  it('never happened after now or before the epoch', () => {
    expect(upsert({ updatedAt: '2099-01-01T00:00:00Z' }).change!.event.occurredAt).toBe(now)
    expect(upsert({ updatedAt: '1950-01-01T00:00:00Z' }).change!.event.occurredAt).toBe(0)
  })

  it('belongs to no market that it does not name', () => {
    expect(upsert({}).change!.event.market).toEqual({})
  })

  it('again as it was is unchanged, with its dates or without', () => {
    const dates = { createdAt: '2020-01-01T00:00:00Z', updatedAt: '2021-01-01T00:00:00Z' }
    const standing = standingOf(dates, 7)
    for (const given of [{}, dates, { createdAt: dates.createdAt }])
      expect(upsert(given, standing)).toEqual({ outcome: 'unchanged', change: null })
    expect(upsert({}, standingOf({}, 1))).toEqual({ outcome: 'unchanged', change: null })
  })

  it('with other content or another date is updated and keeps its first day', () => {
    const standing = standingOf({ createdAt: '2020-01-01T00:00:00Z', updatedAt: '2021-01-01T00:00:00Z' }, 7)
    const { outcome, change } = upsert({ title: 'New' }, standing)
    expect(outcome).toBe('updated')
    expect(change).toMatchObject({
      version: 8,
      content: { product: { createdAt: '2020-01-01T00:00:00Z', updatedAt: today } },
    })
    expect(upsert({ updatedAt: '2022-01-01T00:00:00Z' }, standing).outcome).toBe('updated')
  })

  it('after its deletion is created anew, and its version goes on', () => {
    const { outcome, change } = upsert({}, { version: 4, content: null })
    expect(outcome).toBe('created')
    expect(change).toMatchObject({ version: 5, content: { product: { createdAt: today } } })
  })
})

describe('a deletion', () => {
  it('of a product is an event with the next version and no payload', () => {
    const { outcome, change } = decideDeletion('a', standingOf({}, 2), occasion)
    expect(outcome).toBe('deleted')
    expect(change).toMatchObject({
      ...{ version: 3, content: null },
      event: { key: 'a', version: 3, deleted: true, payload: null, occurredAt: now },
    })
  })

  it('of what is not there changes nothing', () => {
    for (const standing of [null, { version: 3, content: null }])
      expect(decideDeletion('a', standing, occasion)).toEqual({ outcome: 'absent', change: null })
  })
})
