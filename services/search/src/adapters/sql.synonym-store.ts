import { type SynonymRule, synonymChanged } from '@eip/contracts'
import type { Database, MigrationSet, Outbox, Transaction } from '@eip/database'
import type { SynonymStore } from '../ports/synonym-store.port.ts'

/** `rule` is JSON; null once the rule was deleted. */
export type SynonymTables = { synonym: { id: string; version: number; rule: string | null } }

export const synonymStoreMigrations: MigrationSet = Object.freeze({
  owner: 'search-synonyms',
  migrations: [
    {
      name: '0001-synonyms',
      sql: 'CREATE TABLE synonym (id TEXT PRIMARY KEY, version INTEGER NOT NULL, rule TEXT) STRICT',
    },
  ],
})

export type SqlSynonymStoreOptions<Tx extends Transaction<SynonymTables>> = Readonly<{
  /** With `synonymStoreMigrations` and the outbox's among its migrations. */
  database: Database<SynonymTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

const ruleOf = (json: string): SynonymRule => JSON.parse(json) as SynonymRule

export function sqlSynonymStore<Tx extends Transaction<SynonymTables>>({
  database,
  outbox,
}: SqlSynonymStoreOptions<Tx>): SynonymStore {
  return Object.freeze({
    change: (id, decide) =>
      database.transaction(async (tx) => {
        await tx.lock('synonym')
        const rows = await tx.query.selectFrom('synonym').selectAll().orderBy('id').execute()
        const row = rows.find((each) => each.id === id)
        const standing = row ? { version: row.version, rule: row.rule === null ? null : ruleOf(row.rule) } : null
        const rules = rows.flatMap((each) => (each.rule === null ? [] : [ruleOf(each.rule)]))
        const { version, rule, event } = decide(standing, rules)
        const values = { version, rule: rule === null ? null : JSON.stringify(rule) }
        const insert = tx.query.insertInto('synonym').values({ id, ...values })
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
        await outbox.add(tx, synonymChanged, [event])
      }),
    async list() {
      const rows = await database.query.selectFrom('synonym').select('rule').orderBy('id').execute()
      return rows.flatMap(({ rule }) => (rule === null ? [] : [ruleOf(rule)]))
    },
  } satisfies SynonymStore)
}
