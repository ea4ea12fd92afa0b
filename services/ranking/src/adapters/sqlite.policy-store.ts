import { type PolicyDocument, type PublishedPolicy, policyPublished } from '@eip/contracts'
import type { MigrationSet, Outbox } from '@eip/database'
import type { SqliteConnection, SqliteDatabase, SqliteOutboxTransaction } from '@eip/database/sqlite'
import type { Decision, PolicyChange, Standing } from '../domain/policy-change.ts'
import type { DraftState, StandingDraft } from '../domain/policy-draft.ts'
import type { PolicyStore } from '../ports/policy-store.port.ts'

export type PolicyTables = {
  /** `document` is JSON. */
  policy_version: {
    version: number
    note: string
    published_by: string
    published_at: string
    rolled_back_to: number | null
    document: string
  }
  /** One row at most; `document` (JSON) and `based_on` are null once it was published or discarded. */
  policy_draft: {
    id: number
    revision: number
    state: StandingDraft['state']
    touched_by: string
    touched_at: string
    based_on: number | null
    document: string | null
  }
}

export const sqlitePolicyStoreMigrations: MigrationSet = Object.freeze({
  owner: 'ranking-policies',
  migrations: [
    {
      name: '0001-policies',
      sql: `
        CREATE TABLE policy_version (
          version INTEGER PRIMARY KEY,
          note TEXT NOT NULL,
          published_by TEXT NOT NULL,
          published_at TEXT NOT NULL,
          rolled_back_to INTEGER,
          document TEXT NOT NULL
        ) STRICT;
        CREATE TABLE policy_draft (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          revision INTEGER NOT NULL,
          state TEXT NOT NULL,
          touched_by TEXT NOT NULL,
          touched_at TEXT NOT NULL,
          based_on INTEGER,
          document TEXT
        ) STRICT`,
    },
  ],
})

export type SqlitePolicyStoreOptions = Readonly<{
  /** With `sqlitePolicyStoreMigrations` and `sqliteOutboxMigrations` among its migrations. */
  database: SqliteDatabase<PolicyTables>
  outbox: Outbox<SqliteOutboxTransaction>
}>

type VersionRow = PolicyTables['policy_version']
type DraftRow = PolicyTables['policy_draft']

const documentOf = (json: string): PolicyDocument => JSON.parse(json) as PolicyDocument

const headOf = (row: Omit<VersionRow, 'document'>): Omit<PublishedPolicy, 'document'> => ({
  version: row.version,
  note: row.note,
  publishedBy: row.published_by,
  publishedAt: row.published_at,
  rolledBackTo: row.rolled_back_to,
})

const policyOf = (row: VersionRow): PublishedPolicy => ({ ...headOf(row), document: documentOf(row.document) })

function draftOf(row: DraftRow | undefined): DraftState {
  if (row === undefined) return { state: 'none', revision: 0 }
  const { state, revision, touched_by: by, touched_at: at, document, based_on: basedOn } = row
  if (state !== 'open') return { state, revision, by, at }
  const draft = { revision, document: documentOf(document!), basedOn: basedOn!, savedBy: by, savedAt: at }
  return { state, revision, draft }
}

function standingIn(connection: SqliteConnection): Standing {
  const newest = connection.statement<VersionRow>('SELECT * FROM policy_version ORDER BY version DESC LIMIT 1').get()
  const draft = connection.statement<DraftRow>('SELECT * FROM policy_draft').get()
  return { current: newest === undefined ? null : policyOf(newest), draft: draftOf(draft) }
}

function writeDraft(connection: SqliteConnection, standing: StandingDraft): void {
  const { state, revision } = standing
  const isOpen = standing.state === 'open'
  const [by, at] = isOpen ? [standing.draft.savedBy, standing.draft.savedAt] : [standing.by, standing.at]
  const [basedOn, document] = isOpen ? [standing.draft.basedOn, JSON.stringify(standing.draft.document)] : [null, null]
  connection
    .statement(
      `INSERT OR REPLACE INTO policy_draft (id, revision, state, touched_by, touched_at, based_on, document)
       VALUES (1, ?, ?, ?, ?, ?, ?)`,
    )
    .run(revision, state, by, at, basedOn, document)
}

function writeVersion(connection: SqliteConnection, policy: PublishedPolicy): void {
  const { version, note, publishedBy, publishedAt, rolledBackTo, document } = policy
  connection
    .statement(
      `INSERT INTO policy_version (version, note, published_by, published_at, rolled_back_to, document)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(version, note, publishedBy, publishedAt, rolledBackTo, JSON.stringify(document))
}

export function sqlitePolicyStore({ database, outbox }: SqlitePolicyStoreOptions): PolicyStore {
  const write = async (tx: SqliteConnection & SqliteOutboxTransaction, { published, draft }: PolicyChange) => {
    if (draft !== null) writeDraft(tx, draft)
    if (published === null) return
    writeVersion(tx, published.policy)
    await outbox.add(tx, policyPublished, [published.event])
  }
  return Object.freeze({
    change: <Answer>(decide: (standing: Standing) => Decision<Answer>) =>
      database.transaction(async (tx) => {
        const { answer, change } = decide(standingIn(tx))
        if (change !== null) await write(tx, change)
        return answer
      }),
    read: (version) =>
      database.use((connection) => {
        const row = connection.statement<VersionRow>('SELECT * FROM policy_version WHERE version = ?').get(version)
        return row === undefined ? null : policyOf(row)
      }),
    overview: (limit) =>
      database.use((connection) => {
        const heads = connection.statement<Omit<VersionRow, 'document'>>(
          `SELECT version, note, published_by, published_at, rolled_back_to FROM policy_version
           ORDER BY version DESC LIMIT ?`,
        )
        return { ...standingIn(connection), versions: heads.all(limit).map(headOf) }
      }),
  } satisfies PolicyStore)
}
