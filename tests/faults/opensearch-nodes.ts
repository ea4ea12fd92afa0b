import { until } from '@eip/testkit'
import { type EngineSet, engineSet } from './engine-set.ts'

type Answer = Readonly<Record<string, unknown>>

/** Three OpenSearch nodes of a test alone. */
export type OpenSearchNodes = AsyncDisposable &
  Readonly<{
    urls: readonly string[]
    /** `tools/engines kill`, `stop` or `start` of one node. */
    node(verb: 'kill' | 'stop' | 'start', node: number): Promise<unknown>
    /** Asks whichever node answers. A refusal rejects with what the cluster said. */
    call(method: string, path: string, body?: object): Promise<Answer>
    /** A node that holds a shard of these indexes. */
    holderOf(indexes: string): Promise<number>
    /** All three are there, and every shard has its copies. */
    green(): Promise<unknown>
  }>

export const nodes = [1, 2, 3] as const
const greenLimitMs = 180_000

export async function openSearchNodes(): Promise<OpenSearchNodes> {
  const set = engineSet()
  const urls = nodes.map((node) => `http://127.0.0.1:${set.opensearchPort + node - 1}`)
  const call = callOf(urls)
  const green = () =>
    until(
      'all nodes are there and every shard has its copies',
      async () => {
        const { status, number_of_nodes } = await call('GET', '/_cluster/health').catch((): Answer => ({}))
        return status === 'green' && number_of_nodes === nodes.length
      },
      greenLimitMs,
    )
  await started(set)
  await green()
  return Object.freeze({
    urls,
    node: (verb: 'kill' | 'stop' | 'start', node: number) => set.engines(verb, 'opensearch', '--node', String(node)),
    call,
    async holderOf(indexes: string) {
      const [shard] = Object.values(await call('GET', `/_cat/shards/${indexes}?format=json`)) as { node: string }[]
      return Number(shard!.node.replace('node-', ''))
    },
    green,
    [Symbol.asyncDispose]: () => set[Symbol.asyncDispose](),
  })
}

async function started(set: EngineSet): Promise<void> {
  try {
    await set.engines('start', 'opensearch', '--nodes', String(nodes.length))
  } catch (error) {
    await set[Symbol.asyncDispose]()
    throw error
  }
}

const callOf =
  (urls: readonly string[]) =>
  async (method: string, path: string, body?: object): Promise<Answer> => {
    for (const url of urls) {
      const headers = { 'content-type': 'application/json' }
      const request = { method, headers, ...(body && { body: JSON.stringify(body) }) }
      const response = await fetch(url + path, request).catch(() => null)
      if (response === null) continue
      const answer = (await response.json()) as Answer
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
      return answer
    }
    throw new Error(`no node answers "${method} ${path}"`)
  }
