import { buildIntentLexicon, type IntentLexicon, readIntents } from '@eip/engine-query-understanding'
import {
  type AnnotatedQuery,
  annotatedQueries,
  marketProducts,
  type SlotScore,
  scoreSlots,
  vocabularyOf,
} from '@eip/engine-query-understanding/annotated-queries'
import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { type Answer, table } from '../output.ts'

const protocol =
  'Annotated queries over the demo shop and a small market of two languages and currencies; a slot is right if kind and ' +
  'value (of a price or measure: the range) are. Languages read: en, ko, pt.'

/** How well slots are read in our own annotated queries: in all, and by language. */
export function evaluateUnderstanding(): Answer {
  const lexicons = {
    'demo-shop': lexiconOf(vocabularyOf(generateDemoShop())),
    market: lexiconOf(vocabularyOf(marketProducts())),
  }
  const scoreOf = (queries: readonly AnnotatedQuery[]) =>
    scoreSlots(
      queries.map(({ catalogue, query, slots }) => ({
        expected: slots,
        found: readIntents(query, lexicons[catalogue], { languages: ['en', 'ko', 'pt'] }),
      })),
    )
  const ofLanguage = (language: string) => annotatedQueries.filter((each) => each.language === language)
  const parts: Readonly<Record<string, readonly AnnotatedQuery[]>> = {
    all: annotatedQueries,
    English: ofLanguage('en'),
    Korean: ofLanguage('ko'),
    Portuguese: ofLanguage('pt'),
  }
  const models = Object.fromEntries(
    Object.entries(parts).map(([name, queries]) => [name, { queries: queries.length, ...figuresOf(scoreOf(queries)) }]),
  )
  const rows = Object.entries(models).map(([name, each]) => [
    name,
    String(each.queries),
    each.precision.toFixed(3),
    each.recall.toFixed(3),
    each.f1.toFixed(3),
  ])
  const text = `${table(['queries', 'number', 'precision', 'recall', 'F1'], rows)}\n\n${protocol}`
  return { json: { data: { queries: annotatedQueries.length }, protocol, models }, text }
}

function lexiconOf(vocabulary: ReturnType<typeof vocabularyOf>): IntentLexicon {
  const building = buildIntentLexicon(vocabulary)
  for (;;) {
    const step = building.next()
    if (step.done) return step.value
  }
}

const figuresOf = ({ precision, recall, f1 }: SlotScore) => ({ precision, recall, f1 })
