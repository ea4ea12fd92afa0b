import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertIcecat, convertKoreanNames, type Judgment, parseJudgments } from '@eip/pipeline-relevance-sets'
import { sharedData } from '@eip/testkit'

export const icecat = sharedData('icecat/icecat-products.jsonl.gz')
const ratings = sharedData('icecat/ratings-dev.csv')
export const koreanNames = sharedData('korean-names/musinsa_ranking_20230110.csv.gz')

/** A part of a catalogue, and what people judged in it. */
export type RealFiles = Readonly<{
  products: string
  rows: number
  judgments: readonly Judgment[]
  judgmentsFile: string
}>

/** The judged products of a set, and others until there are enough. */
function partOf(folder: string, productsFile: string, judgmentsFile: string, most: number): RealFiles {
  const all = parseJudgments(readFileSync(judgmentsFile, 'utf8'))
  const judged = new Set(all.map(({ productId }) => productId))
  const idOf = (line: string) => (JSON.parse(line) as { id: string }).id
  const lines = readFileSync(productsFile, 'utf8').trimEnd().split('\n')
  const wanted = lines.filter((line) => judged.has(idOf(line))).slice(0, most)
  const kept = [...wanted, ...lines.filter((line) => !judged.has(idOf(line))).slice(0, most - wanted.length)]
  const products = join(folder, 'part.jsonl')
  writeFileSync(products, kept.join('\n'))
  const ids = new Set(kept.map(idOf))
  return { products, rows: kept.length, judgments: all.filter(({ productId }) => ids.has(productId)), judgmentsFile }
}

export async function icecatFiles(folder: string, most: number): Promise<RealFiles> {
  const set = await convertIcecat({ products: icecat.path, ratings: ratings.path, out: folder })
  return partOf(folder, set.productsFile, set.judgmentsFile, most)
}

/** Queries are names of single items, written without their spaces. */
export async function koreanFiles(folder: string, most: number): Promise<RealFiles> {
  const set = await convertKoreanNames({ input: koreanNames.path, out: folder, most: 20 })
  return partOf(folder, set.productsFile, set.queries.spacing.judgmentsFile, most)
}
