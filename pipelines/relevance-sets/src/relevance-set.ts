import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Judgment, judgmentsCsv } from './judgments.ts'

/** A product in our own shape (see pipelines/products/README.md), as a line of products.jsonl. */
export type ProductRow = Readonly<{ id: string; title: string } & Record<string, unknown>>

export type ConversionSummary = Readonly<{
  products: number
  judgments: number
  queries: number
  /** Rows of the raw files that are in neither, by reason. */
  setAside: Readonly<Record<string, number>>
  /** Fields left out of products that went in, by reason. */
  leftOut: Readonly<Record<string, number>>
  productsFile: string
  judgmentsFile: string
}>

/** Collects a set, each product and each judged pair once: the last row counts, as in a dictionary. */
export function relevanceSet() {
  const products = new Map<string, string>()
  const judgments = new Map<string, Judgment>()
  const setAside: Record<string, number> = {}
  const leftOut: Record<string, number> = {}
  const count = (counter: Record<string, number>) => (reason: string) => {
    counter[reason] = (counter[reason] ?? 0) + 1
  }
  return Object.freeze({
    has: (productId: string) => products.has(productId),
    addProduct: (row: ProductRow) => {
      products.set(row.id, JSON.stringify(row))
    },
    addJudgment: (judgment: Judgment) => {
      const pair = `${judgment.query}\n${judgment.productId}`
      if (judgments.has(pair)) count(setAside)('pair judged twice, the last counts')
      judgments.set(pair, judgment)
    },
    setAside: count(setAside),
    leftOut: count(leftOut),
    /** Writes both files, each aside and then renamed. */
    write: async (out: string): Promise<ConversionSummary> => {
      await mkdir(out, { recursive: true })
      const judged = [...judgments.values()]
      const productsFile = await writeWhole(out, 'products.jsonl', `${[...products.values(), ''].join('\n')}`)
      const judgmentsFile = await writeWhole(out, 'judgments.csv', judgmentsCsv(judged))
      const queries = new Set(judged.map(({ query }) => query)).size
      const found = { products: products.size, judgments: judged.length, queries }
      return { ...found, setAside, leftOut, productsFile, judgmentsFile }
    },
  })
}

/** Writes aside and renames: nobody reads half a file. */
export async function writeWhole(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(`${file}.part`, text)
  await rename(`${file}.part`, file)
  return file
}

/** A rating as text less one, without the last digits of binary fractions: "2.33" is 1.33. Null if it is no number. */
export const gradeBelow = (rating: string): number | null =>
  /^\d+(\.\d+)?$/.test(rating.trim()) && Number(rating) >= 1 ? Number((Number(rating) - 1).toFixed(6)) : null
