import { fileURLToPath } from 'node:url'
import { readText, recordsOf } from '../csv.ts'

/**
 * Korean fashion brands in Hangul, as shops list them, and in Latin letters, as they write themselves: korean-brands.csv,
 * written by hand from common knowledge.
 */
export async function latinBrands(): Promise<ReadonlyMap<string, string>> {
  const file = fileURLToPath(new URL('../../korean-brands.csv', import.meta.url))
  const brands = new Map<string, string>()
  for (const { values } of recordsOf(await readText(file), ['hangul', 'latin']))
    if (values) brands.set(values.hangul, values.latin)
  return brands
}
