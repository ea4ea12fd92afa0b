import { readText, recordsOf } from './csv.ts'
import { type ConversionSummary, gradeBelow, relevanceSet } from './relevance-set.ts'

/**
 * CrowdFlower Search Results Relevance (Kaggle 2015): every row is a product of its own, judged for one query; the
 * grade is the median of the raters, 1–4, less one. Descriptions go through as they are, HTML and all.
 */
export async function convertCrowdflower(
  options: Readonly<{ input: string; out: string }>,
): Promise<ConversionSummary> {
  const set = relevanceSet()
  const columns = ['id', 'query', 'product_title', 'product_description', 'median_relevance'] as const
  for (const { values } of recordsOf(await readText(options.input), columns)) {
    const grade = values ? gradeBelow(values.median_relevance) : null
    if (!values) set.setAside('row with another number of fields')
    else if (values.id.trim() === '' || values.product_title.trim() === '')
      set.setAside('row without id or product_title')
    else if (values.query.trim() === '' || grade === null)
      set.setAside('row without query or median_relevance from 1 up')
    else {
      const description = values.product_description
      set.addProduct({ id: values.id, title: values.product_title, description, language: 'en' })
      set.addJudgment({ query: values.query, productId: values.id, grade })
    }
  }
  return set.write(options.out)
}
