import { createHash } from 'node:crypto'
import { readText, recordsOf } from './csv.ts'
import { type ConversionSummary, gradeBelow, relevanceSet } from './relevance-set.ts'

/** Queries are split by their text, so that tuning on `dev` never sees a query of `test`. */
export type Part = 'dev' | 'test' | 'all'

/** A fifth of the queries: those whose SHA-1 begins with a byte divisible by five. */
export const partOfQuery = (query: string): 'dev' | 'test' =>
  (createHash('sha1').update(query).digest()[0] as number) % 5 === 0 ? 'test' : 'dev'

/**
 * Home Depot Product Search Relevance (Kaggle 2016), train.csv: titles only; the grade is the raters' mean, 1–3, less
 * one, kept as a fraction. Every product goes in, whatever part of the judgments is asked for.
 */
export async function convertHomedepot(
  options: Readonly<{ input: string; out: string; part?: Part }>,
): Promise<ConversionSummary> {
  const { part = 'all' } = options
  const set = relevanceSet()
  const columns = ['product_uid', 'product_title', 'search_term', 'relevance'] as const
  for (const { values } of recordsOf(await readText(options.input), columns)) {
    const grade = values ? gradeBelow(values.relevance) : null
    if (!values) set.setAside('row with another number of fields')
    else if (values.product_uid.trim() === '' || values.product_title.trim() === '')
      set.setAside('row without product_uid or product_title')
    else {
      set.addProduct({ id: values.product_uid, title: values.product_title, language: 'en' })
      if (values.search_term.trim() === '' || grade === null)
        set.setAside('row without search_term or relevance from 1 up')
      else if (part === 'all' || part === partOfQuery(values.search_term))
        set.addJudgment({ query: values.search_term, productId: values.product_uid, grade })
    }
  }
  return set.write(options.out)
}
