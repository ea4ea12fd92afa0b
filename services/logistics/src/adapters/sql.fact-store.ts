import type { Envelope, Topic } from '@eip/contracts'
import { type Database, type MigrationSet, type Outbox, oneByOne, type Transaction } from '@eip/database'
import type { Fact, FactKind, FactReads, FactStore } from '../ports/fact-store.port.ts'

/** `content` is JSON. */
export type FactTables = { logistics_fact: { kind: string; key: string; version: number; content: string } }

export const factStoreMigrations: MigrationSet = Object.freeze({
  owner: 'logistics',
  migrations: [
    {
      name: '0001-facts',
      sql: `
        CREATE TABLE logistics_fact (
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          content TEXT NOT NULL,
          PRIMARY KEY (kind, key)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

type Query = Transaction<FactTables>['query']
type Row = FactTables['logistics_fact']

/** Rows in one statement: enough that each costs little, and few enough for the variables that a statement may have. */
const rowsAtOnce = 500

function* inChunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) yield rows.slice(start, start + rowsAtOnce)
}

const factOf = <Content>({ key, version, content }: Omit<Row, 'kind'>): Fact<Content> => ({
  ...{ key, version },
  content: JSON.parse(content) as Content,
})

const columns = ['key', 'version', 'content'] as const

const readsOf = (query: Query): FactReads => ({
  async get<Content>(kind: FactKind, keys: readonly string[]) {
    const found = new Map<string, Fact<Content>>()
    for (const some of inChunks([...new Set(keys)])) {
      const rows = query.selectFrom('logistics_fact').select(columns).where('kind', '=', kind).where('key', 'in', some)
      for (const row of await rows.execute()) found.set(row.key, factOf<Content>(row))
    }
    return found
  },
  async page<Content>(kind: FactKind, after: string | null, limit: number, prefix = '') {
    const rows = query.selectFrom('logistics_fact').select(columns).where('kind', '=', kind)
    const from = after === null ? rows.where('key', '>=', prefix) : rows.where('key', '>', after)
    // No key holds the last code point of all.
    const within = prefix === '' ? from : from.where('key', '<', `${prefix}\u{10FFFF}`)
    return (await within.orderBy('key').limit(limit).execute()).map((row) => factOf<Content>(row))
  },
  async count(kind: FactKind) {
    const counted = query.selectFrom('logistics_fact').select(({ fn }) => fn.countAll<number>().as('count'))
    return Number((await counted.where('kind', '=', kind).executeTakeFirstOrThrow()).count)
  },
})

async function put(query: Query, kind: FactKind, facts: readonly Fact<unknown>[]): Promise<void> {
  const newest = new Map(facts.map((fact) => [fact.key, fact]))
  for (const some of inChunks([...newest.values()])) {
    const rows = some.map(({ key, version, content }) => ({ kind, key, version, content: JSON.stringify(content) }))
    const insert = query.insertInto('logistics_fact').values(rows)
    const write = insert.onConflict((conflict) =>
      conflict.columns(['kind', 'key']).doUpdateSet(({ ref }) => ({
        version: ref('excluded.version'),
        content: ref('excluded.content'),
      })),
    )
    await write.execute()
  }
}

export type SqlFactStoreOptions<Tx extends Transaction<FactTables>> = Readonly<{
  /** With `factStoreMigrations` and the outbox's among its migrations. */
  database: Database<FactTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

export function sqlFactStore<Tx extends Transaction<FactTables>>({
  database,
  outbox,
}: SqlFactStoreOptions<Tx>): FactStore {
  const inTurn = oneByOne('the facts of logistics')
  return Object.freeze({
    ...readsOf(database.query),
    change: (work) =>
      inTurn(() =>
        database.transaction(async (tx) => {
          await tx.lock('logistics_fact')
          return work({
            ...readsOf(tx.query),
            put: (kind, facts) => put(tx.query, kind, facts),
            publish: (topic: Topic, events: readonly Envelope[]) => outbox.add(tx, topic, events),
          })
        }),
      ),
  } satisfies FactStore)
}
