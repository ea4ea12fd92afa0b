import { readFileSync } from 'node:fs'
import { convertIcecat } from '@eip/pipeline-relevance-sets'
import { sharedData, temporaryDirectory } from '@eip/testkit'

export type Row = Readonly<Record<string, unknown>>

const products = sharedData('icecat/icecat-products.jsonl.gz')
const ratings = sharedData('icecat/ratings-dev.csv')
const kinds = ['laser printer', 'usb cable', 'hp notebook', 'toner', 'monitor']

/** What finds some of them, and one with a typing mistake. */
export const queries = [...kinds, 'prnter']

/** Products of Icecat where its files are there; else some that we make. */
export async function manyProducts(count: number): Promise<readonly Row[]> {
  if (!products.isThere || !ratings.isThere)
    return Array.from({ length: count }, (_, n) => ({ id: `p${n}`, title: `${kinds[n % kinds.length]} ${n}` }))
  using at = temporaryDirectory()
  const { productsFile } = await convertIcecat({ products: products.path, ratings: ratings.path, out: at.path })
  const lines = readFileSync(productsFile, 'utf8').trimEnd().split('\n')
  return lines.slice(0, count).map((line) => productOf(JSON.parse(line) as Row))
}

/** Of a row as an import has it, what the API takes as it is. */
const productOf = ({ id, title, description, brand, language }: Row): Row =>
  JSON.parse(JSON.stringify({ id, title, description, brand, language })) as Row
