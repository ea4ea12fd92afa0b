import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoProduct, generateDemoShop, writeDemoShop } from './index.ts'

const shop = [...generateDemoShop()]
const of = (language: string): DemoProduct[] => shop.filter((product) => product.language === language)

describe('the demo shop', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'demo-shop-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('is the same for the same seed, byte by byte, and another for another', async () => {
    const files = ['one', 'two', 'three'].map((name) => join(directory, `${name}.jsonl`)) as [string, string, string]
    expect(await writeDemoShop(files[0], { products: 2_500 })).toBe(2_500)
    await writeDemoShop(files[1], { products: 2_500 })
    await writeDemoShop(files[2], { products: 2_500, seed: 7 })
    const [one, two, three] = files.map((file) => readFileSync(file, 'utf8'))
    expect(one?.split('\n')).toHaveLength(2_501)
    expect(two).toBe(one)
    expect(three).not.toBe(one)
    expect(readdirSync(directory).sort()).toEqual(['one.jsonl', 'three.jsonl', 'two.jsonl'])
  })

  it('has 5,000 products with ids and titles of their own', () => {
    expect(shop).toHaveLength(5_000)
    expect(new Set(shop.map(({ id }) => id)).size).toBe(5_000)
    expect(new Set(shop.map(({ title }) => title)).size).toBe(5_000)
  })

  it('speaks English, Korean and Portuguese in about 60, 25 and 15 of a hundred', () => {
    expect(of('en').length / 5_000).toBeCloseTo(0.6, 1)
    expect(of('ko').length / 5_000).toBeCloseTo(0.25, 1)
    expect(of('pt').length / 5_000).toBeCloseTo(0.15, 1)
    expect(
      of('ko').every(({ title, description }) => /\p{Script=Hangul}/u.test(title) && /니다\.|세요\./.test(description)),
    ).toBe(true)
    expect(of('en').some(({ title, description }) => /\p{Script=Hangul}|[ãçõ]/u.test(title + description))).toBe(false)
  })

  it('leaves no word of the templates untranslated', () => {
    expect(shop.filter(({ title, description }) => /[|@]|undefined|null| {2}|,,/.test(title + description))).toEqual([])
  })

  it('makes Portuguese colours agree with the product', () => {
    const black = of('pt').filter(({ attributes }) => attributes.colour === 'Black')
    const titled = (start: string) => black.filter(({ title }) => title.startsWith(start)).map(({ title }) => title)
    expect(titled('Fone de Ouvido').length + titled('Fritadeira').length).toBeGreaterThan(0)
    expect(titled('Fone de Ouvido').every((title) => title.endsWith('Preto'))).toBe(true)
    expect(titled('Fritadeira').every((title) => title.endsWith('Preta'))).toBe(true)
  })

  it('fills eight departments, each with categories and at least five makers', () => {
    const departments = Map.groupBy(shop, ({ category }) => category[0] as string)
    expect(departments.size).toBe(8)
    for (const products of departments.values()) {
      expect(new Set(products.map(({ category }) => category.join(' > '))).size).toBeGreaterThanOrEqual(5)
      expect(new Set(products.map(({ brand }) => brand)).size).toBeGreaterThanOrEqual(5)
    }
  })

  it('has believable prices, ratings and dates', () => {
    for (const { price, rating, created_at, updated_at } of shop) {
      expect(price).toMatch(/^\d{1,4}\.\d\d$/)
      if (rating) expect(rating.average >= 3 && rating.average <= 5 && rating.count > 0).toBe(true)
      expect(created_at >= '2024-01-02' && created_at < '2026-01-01' && created_at <= updated_at).toBe(true)
      expect(updated_at < '2026-01-01').toBe(true)
    }
    expect(shop.some(({ rating }) => rating === undefined)).toBe(true)
  })

  it('finds new titles for fifty thousand products, and refuses more', () => {
    expect([...generateDemoShop({ products: 50_000 })]).toHaveLength(50_000)
    for (const products of [0, -1, 1.5, 50_001])
      expect(() => generateDemoShop({ products }).next()).toThrow(/products is/)
  })
})
