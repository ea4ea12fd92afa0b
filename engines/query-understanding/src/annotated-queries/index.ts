import type { AnnotatedQuery } from './annotated-query.ts'
import { englishQueries } from './english-queries.ts'
import { koreanQueries } from './korean-queries.ts'
import { portugueseQueries } from './portuguese-queries.ts'

export type { AnnotatedQuery, ExpectedSlot } from './annotated-query.ts'
export { type CountedProduct, marketProducts } from './market-products.ts'
export { compareSlots, type SlotScore, scoreSlots } from './slot-scorer.ts'
export { vocabularyOf } from './vocabulary-of.ts'

/** The measured set: 60 English and 40 Korean queries, and 10 Portuguese ones beside them. */
export const annotatedQueries: readonly AnnotatedQuery[] = [...englishQueries, ...koreanQueries, ...portugueseQueries]
