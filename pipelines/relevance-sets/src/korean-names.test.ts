import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLake } from '@eip/lake'
import { importProducts } from '@eip/pipeline-products'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { convertKoreanNames, parseJudgments } from './index.ts'
import { latinBrands } from './known-items/brand-table.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'korean-names-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const convert = (csv: string) => {
  const input = join(directory, 'ranking.csv')
  writeFileSync(input, csv)
  return convertKoreanNames({ input, out: join(directory, 'out') })
}
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n')

describe('converting Korean names', () => {
  const csv =
    ',Rank,Good,brand,price,like\n' +
    '0,1위,RDS 롱 다운 파카 블랙,커버낫,"1,223,200원",21031\n' +
    '1,2위,RDS 롱 다운 파카 [블랙],커버낫,"223,200원",31\n' +
    '2,3위,"눕시 ""에코"" 자켓, 블랙",노스페이스,"339,000원",29850\n' +
    '3,4위,베이직 푸퍼 네이비,스파오,품절,1\n4,4위,,스파오,"1,000원",1\n5,5위,x,스파오\n6,1위,y,스파오,900원,1\n'

  it('takes the place as id, prices in whole won, and names as they are', async () => {
    const summary = await convert(csv)
    expect(summary).toMatchObject({
      products: 3,
      items: 2,
      setAside: {
        'row without a price in whole won': 1,
        'row without rank, name or brand': 1,
        'row with another number of fields': 1,
        'row of a rank that was there before': 1,
      },
    })
    expect(linesOf(summary.productsFile).map((line) => JSON.parse(line))).toEqual([
      { id: '1', title: 'RDS 롱 다운 파카 블랙', brand: '커버낫', price: '1223200', currency: 'KRW', language: 'ko' },
      { id: '2', title: 'RDS 롱 다운 파카 [블랙]', brand: '커버낫', price: '223200', currency: 'KRW', language: 'ko' },
      {
        id: '3',
        title: '눕시 "에코" 자켓, 블랙',
        brand: '노스페이스',
        price: '339000',
        currency: 'KRW',
        language: 'ko',
      },
    ])
  })

  it('judges all products of an item that a query asks for', async () => {
    const { queries } = await convert(csv)
    for (const kind of ['spacing', 'typo', 'brand'] as const) {
      const judgments = parseJudgments(readFileSync(queries[kind].judgmentsFile, 'utf8'))
      const ids = Map.groupBy(judgments, ({ query }) => query)
      expect([...ids.values()].map((judged) => judged.map(({ productId }) => productId).join()).sort()).toEqual([
        '1,2',
        '3',
      ])
      expect(judgments.every(({ grade }) => grade === 1)).toBe(true)
    }
  })

  it('has brands in Hangul, each once, and in Latin letters', async () => {
    const brands = [...(await latinBrands())]
    expect(brands.length).toBeGreaterThan(400)
    for (const [hangul, latin] of brands) {
      expect(hangul).toMatch(/\p{sc=Hangul}/u)
      expect(latin).toMatch(/^[a-z0-9&.' -]+$/)
    }
    const rows = linesOf(fileURLToPath(new URL('../korean-brands.csv', import.meta.url)))
    expect(rows).toHaveLength(brands.length + 1)
  })

  const real = fileURLToPath(
    new URL('../../../../shared/data/korean-names/musinsa_ranking_20230110.csv.gz', import.meta.url),
  )
  it.skipIf(!existsSync(real))('takes the whole real ranking (needs ../shared/data/korean-names)', async () => {
    const out = join(directory, 'out')
    const summary = await convertKoreanNames({ input: real, out })
    expect(summary).toMatchObject({ products: 9_000, items: 8_990, setAside: {} })
    const files = Object.values(summary.queries).map(({ judgmentsFile }) => readFileSync(judgmentsFile, 'utf8'))
    for (const file of files) expect(new Set(parseJudgments(file).map(({ query }) => query)).size).toBe(300)
    const spacing = parseJudgments(files[0] as string)
    expect(spacing.filter(({ query }) => /\s/.test(query))).toEqual([])

    await convertKoreanNames({ input: real, out })
    const again = Object.values(summary.queries).map(({ judgmentsFile }) => readFileSync(judgmentsFile, 'utf8'))
    expect(again).toEqual(files)

    const lake = await openLake(join(directory, 'lake'))
    const load = async (batch: readonly unknown[]) => ({
      created: batch.length,
      updated: 0,
      unchanged: 0,
      rejected: [],
    })
    const imported = await importProducts({ file: summary.productsFile, lake, load }).finally(() => lake.close())
    expect(imported).toMatchObject({ read: 9_000, kept: 9_000, setAside: 0 })
  })
})
