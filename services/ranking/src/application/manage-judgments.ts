import { type RankingContract, rankingFailure } from '@eip/contracts'
import { timeSlice } from '@eip/database'
import { ndcg } from '@eip/engine-ranking'
import type { Handlers, ParsedInputOf } from '@eip/rpc'
import { type JudgmentSet, judgedPrefix, judgedQuery } from '../domain/judged-query.ts'
import type { JudgmentStore } from '../ports/judgment-store.port.ts'

type Needs = Readonly<{ judgments: JudgmentStore }>
type Management = Pick<Handlers<RankingContract>, 'loadJudgments' | 'judgedQueries' | 'judge'>
type Rows = ParsedInputOf<RankingContract['loadJudgments']>['judgments']

const mostQueries = 1_000
const cut = 10

export const manageJudgments = ({ judgments }: Needs): Management =>
  Object.freeze({
    async loadJudgments({ judgments: rows }) {
      const grouped = await groupByQuery(rows)
      await judgments.replace(grouped)
      const count = [...grouped.values()].reduce((sum, grades) => sum + grades.size, 0)
      return { queries: grouped.size, judgments: count }
    },
    async judgedQueries({ prefix }) {
      const { queries, total } = await judgments.queries(judgedPrefix(prefix), mostQueries)
      return { queries: [...queries], total }
    },
    async judge({ query, ids }) {
      const judged = await judgments.gradesOf(judgedQuery(query))
      // A product that is listed twice is found once.
      const list = [...new Set(ids)]
      const graded = list.flatMap((id) => (judged.has(id) ? [[id, judged.get(id)!] as const] : []))
      const ranked = list.map((id) => judged.get(id) ?? 0)
      return {
        grades: Object.fromEntries(graded),
        'ndcg@10': ndcg(ranked, [...judged.values()], cut),
        judgments: judged.size,
      }
    },
  } satisfies Management)

/** Of a product that was judged twice for a query, the last row counts. Throws `ranking.bad-judgments`. */
async function groupByQuery(rows: Rows): Promise<JudgmentSet> {
  const grouped = new Map<string, Map<string, number>>()
  const slice = timeSlice()
  for (const [row, { query, productId, grade }] of rows.entries()) {
    requireText(row, 'query', query)
    requireText(row, 'productId', productId)
    const key = judgedQuery(query)
    const grades = grouped.get(key) ?? new Map<string, number>()
    if (grades.size === 0) grouped.set(key, grades)
    grades.set(productId, grade)
    await slice.pause()
  }
  return grouped
}

/** Half a character would be stored as another one, and never be found again. */
function requireText(row: number, field: 'query' | 'productId', text: string): void {
  if (text.isWellFormed()) return
  throw rankingFailure(
    'ranking.bad-judgments',
    `judgments[${row}].${field} is not Unicode text: it holds half a character`,
    {
      ...{ row, field },
    },
  )
}
