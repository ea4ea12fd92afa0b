import { gatewayContract, type SearchHit } from '@eip/contracts'

const patienceMs = 120_000
const answer = gatewayContract.search['~orpc'].outputSchema!

/** The hits of a search for these products, in order; undefined where it answers nothing, being too busy, or a connection was closed. */
export async function searchFor(url: string, ids: readonly string[]): Promise<readonly SearchHit[] | undefined> {
  const question = new URLSearchParams({ size: String(ids.length), facet: 'currency' })
  for (const id of ids) question.append('filter', `id:${id}`)
  const response = await fetch(`${url}/api/v1/search?${question}`, { signal: AbortSignal.timeout(patienceMs) }).catch(
    () => undefined,
  )
  if (response === undefined) return undefined
  const content: unknown = await response.json()
  return response.ok ? answer.parse(content).hits : undefined
}
