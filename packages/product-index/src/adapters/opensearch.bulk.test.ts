import { describe, expect, it } from 'vitest'
import { type Operation, writeInBulk } from './opensearch.bulk.ts'
import { type Call, type Connection, failure } from './opensearch.connection.ts'

type Item = { status: number; error?: { type: string; reason: string } }
const taken: Item = { status: 200 }
const full: Item = { status: 429, error: { type: 'rejected', reason: 'no room' } }

/** A cluster that answers bulk requests one after the other as told; told nothing more, it takes all. */
function clusterTelling(answers: (Item[] | Error)[]) {
  const requests: string[][] = []
  const told = answers.values()
  const connection: Connection = {
    async call<Answer>({ lines = [] }: Call) {
      requests.push(lines.filter((_, at) => at % 2 === 0))
      const answer = told.next().value ?? Array.from({ length: lines.length / 2 }, () => taken)
      if (answer instanceof Error) throw answer
      return { items: answer.map((index) => ({ index })) } as Answer
    },
    close: async () => undefined,
  }
  return { connection, requests }
}

const operation = (id: string, text = ''): Operation => ({ about: `product "${id}"`, action: { id }, body: { text } })
const none: ReadonlySet<number> = new Set()

describe('writing in bulk', () => {
  it('asks again for what the cluster had no room for, and for nothing else', async () => {
    const { connection, requests } = clusterTelling([
      [taken, full, taken, full],
      [full, taken],
    ])
    await writeInBulk(
      connection,
      ['a', 'b', 'c', 'd'].map((id) => operation(id)),
      none,
    )
    expect(requests).toEqual([
      ['{"id":"a"}', '{"id":"b"}', '{"id":"c"}', '{"id":"d"}'],
      ['{"id":"b"}', '{"id":"d"}'],
      ['{"id":"b"}'],
    ])
  })

  it('asks again where the whole request was refused for want of room', async () => {
    const refused = failure('product-index.opensearch-overloaded', 'too much at once')
    const { connection, requests } = clusterTelling([refused, [taken]])
    await writeInBulk(connection, [operation('a')], none)
    expect(requests).toEqual([['{"id":"a"}'], ['{"id":"a"}']])
  })

  it('cuts what is much into requests of bounded length and number', async () => {
    const { connection, requests } = clusterTelling([])
    await writeInBulk(
      connection,
      Array.from({ length: 1_100 }, (_, i) => operation(`${i}`)),
      none,
    )
    expect(requests.map((lines) => lines.length)).toEqual([500, 500, 100])
    const long = clusterTelling([])
    await writeInBulk(
      long.connection,
      ['a', 'b', 'c'].map((id) => operation(id, 'x'.repeat(3_000_000))),
      none,
    )
    expect(long.requests.map((lines) => lines.length)).toEqual([1, 1, 1])
  })

  it('passes over what means that there is nothing to do, and names what was refused', async () => {
    const conflict: Item = { status: 409, error: { type: 'version_conflict', reason: 'newer' } }
    const { connection } = clusterTelling([[conflict, taken], [conflict]])
    await writeInBulk(connection, [operation('a'), operation('b')], new Set([409]))
    await expect(writeInBulk(connection, [operation('a')], none)).rejects.toMatchObject({
      code: 'product-index.opensearch-failed',
      message: expect.stringMatching(/product "a".*409, version_conflict.*newer/),
    })
  })

  it('fails by the first failure, after what was under way has ended', async () => {
    const broken = failure('product-index.opensearch-unreachable', 'gone')
    const { connection } = clusterTelling([broken])
    const operations = Array.from({ length: 1_600 }, (_, i) => operation(`${i}`))
    await expect(writeInBulk(connection, operations, none)).rejects.toBe(broken)
  })
})
