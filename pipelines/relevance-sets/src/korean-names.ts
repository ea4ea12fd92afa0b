import { mkdir } from 'node:fs/promises'
import { type Random, seededRandom } from '@eip/kernel'
import { readText, recordsOf } from './csv.ts'
import { type Judgment, judgmentsCsv } from './judgments.ts'
import { latinBrands } from './known-items/brand-table.ts'
import { type Item, itemFinder, itemsOf } from './known-items/item-finder.ts'
import { type WriteQuery, withBrandInOtherScript, withoutSpaces, withTypo } from './known-items/known-item-query.ts'
import { type ProductRow, writeWhole } from './relevance-set.ts'

export type KnownItemKind = 'spacing' | 'typo' | 'brand'

export type KnownItemsSummary = Readonly<{
  products: number
  /** Products of one brand whose names have the same words are one item. */
  items: number
  setAside: Readonly<Record<string, number>>
  productsFile: string
  queries: Readonly<
    Record<
      KnownItemKind,
      Readonly<{
        queries: number
        judgments: number
        /** Items that were drawn, but cannot be asked for in this way without asking for others too. */
        passedOver: number
        judgmentsFile: string
      }>
    >
  >
}>

const seeds: Readonly<Record<KnownItemKind, number>> = { spacing: 1, typo: 2, brand: 3 }
const queriesOfAKind = 300

/**
 * A ranking of Korean fashion products (rank, name, brand, price), and for a sample of its items queries as shoppers
 * would type them: without spaces, with a slip of the keyboard, with the brand in Latin letters. Each query names one
 * item (see `known-items/`); its products have grade 1. The same file gives the same queries.
 */
export async function convertKoreanNames(
  options: Readonly<{ input: string; out: string; most?: number }>,
): Promise<KnownItemsSummary> {
  const { input, out, most = queriesOfAKind } = options
  const { products, setAside } = productsOf(await readText(input))
  const items = itemsOf(products)
  const finder = itemFinder(items)
  const write: Readonly<Record<KnownItemKind, WriteQuery>> = {
    spacing: withoutSpaces(finder),
    typo: withTypo(finder),
    brand: withBrandInOtherScript(finder, await latinBrands()),
  }
  await mkdir(out, { recursive: true })
  const lines = products.map((product) => `${JSON.stringify(product)}\n`).join('')
  const productsFile = await writeWhole(out, 'products.jsonl', lines)
  const asked = async (kind: KnownItemKind) => {
    const { judgments, queries, passedOver } = sampled(items, write[kind], seededRandom(seeds[kind]), most)
    const judgmentsFile = await writeWhole(out, `judgments-${kind}.csv`, judgmentsCsv(judgments))
    return { queries, judgments: judgments.length, passedOver, judgmentsFile }
  }
  const queries = { spacing: await asked('spacing'), typo: await asked('typo'), brand: await asked('brand') }
  return { products: products.length, items: items.length, setAside, productsFile, queries }
}

type Named = ProductRow & Readonly<{ brand: string }>

function productsOf(csv: string) {
  const products = new Map<string, Named>()
  const setAside: Record<string, number> = {}
  const count = (reason: string) => {
    setAside[reason] = (setAside[reason] ?? 0) + 1
  }
  for (const { values } of recordsOf(csv, ['Rank', 'Good', 'brand', 'price'])) {
    // "12위" is the twelfth place, "119,925원" a price in won.
    const rank = /^(\d+)위$/.exec(values?.Rank.trim() ?? '')?.[1]
    const price = /^\d{1,3}(,?\d{3})*원$/.test(values?.price.trim() ?? '') ? values?.price.replaceAll(/\D/g, '') : null
    const [title, brand] = [values?.Good.trim(), values?.brand.trim()]
    if (!values) count('row with another number of fields')
    else if (rank === undefined || !title || !brand) count('row without rank, name or brand')
    else if (!price) count('row without a price in whole won')
    else if (products.has(rank)) count('row of a rank that was there before')
    else products.set(rank, { id: rank, title, brand, price, currency: 'KRW', language: 'ko' })
  }
  return { products: [...products.values()], setAside }
}

/** Draws items without putting them back (Fisher and Yates), until enough queries are written. */
function sampled(items: readonly Item[], write: WriteQuery, random: Random, most: number) {
  const left = [...items]
  const judgments: Judgment[] = []
  const queries = new Set<string>()
  let passedOver = 0
  while (queries.size < most && left.length > 0) {
    const drawn = random.integer(left.length)
    const item = left[drawn] as Item
    left[drawn] = left.at(-1) as Item
    left.pop()
    const query = write(item, random)
    if (query === null || queries.has(query)) passedOver++
    else {
      queries.add(query)
      for (const productId of item.productIds) judgments.push({ query, productId, grade: 1 })
    }
  }
  return { judgments, queries: queries.size, passedOver }
}
