import { type PolicyDocument, type PublishedPolicy, policyPublished } from '@eip/contracts'
import type { Database, MigrationSet, Outbox, Transaction } from '@eip/database'
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

export const policyStoreMigrations: MigrationSet = Object.freeze({
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

export type SqlPolicyStoreOptions<Tx extends Transaction<PolicyTables>> = Readonly<{
  /** With `policyStoreMigrations` and the outbox's among its migrations. */
  database: Database<PolicyTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

type Query = Transaction<PolicyTables>['query']
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

async function standingIn(query: Query): Promise<Standing> {
  const versions = query.selectFrom('policy_version').selectAll().orderBy('version', 'desc').limit(1)
  const newest = await versions.executeTakeFirst()
  const draft = await query.selectFrom('policy_draft').selectAll().executeTakeFirst()
  return { current: newest === undefined ? null : policyOf(newest), draft: draftOf(draft) }
}

async function writeDraft(query: Query, standing: StandingDraft): Promise<void> {
  const { state, revision } = standing
  const isOpen = standing.state === 'open'
  const [by, at] = isOpen ? [standing.draft.savedBy, standing.draft.savedAt] : [standing.by, standing.at]
  const [basedOn, document] = isOpen ? [standing.draft.basedOn, JSON.stringify(standing.draft.document)] : [null, null]
  const values = { revision, state, touched_by: by, touched_at: at, based_on: basedOn, document }
  const insert = query.insertInto('policy_draft').values({ id: 1, ...values })
  await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
}

async function writeVersion(query: Query, policy: PublishedPolicy): Promise<void> {
  const { version, note, publishedBy, publishedAt, rolledBackTo, document } = policy
  const head = { version, note, published_by: publishedBy, published_at: publishedAt, rolled_back_to: rolledBackTo }
  await query
    .insertInto('policy_version')
    .values({ ...head, document: JSON.stringify(document) })
    .execute()
}

export function sqlPolicyStore<Tx extends Transaction<PolicyTables>>({
  database,
  outbox,
}: SqlPolicyStoreOptions<Tx>): PolicyStore {
  const write = async (tx: Tx, { published, draft }: PolicyChange) => {
    if (draft !== null) await writeDraft(tx.query, draft)
    if (published === null) return
    await writeVersion(tx.query, published.policy)
    await outbox.add(tx, policyPublished, [published.event])
  }
  /** Of one moment: nobody changes anything meanwhile. */
  const inOneMoment = <Answer>(work: (tx: Tx) => Promise<Answer>) =>
    database.transaction(async (tx) => {
      await tx.lock('policy_draft')
      return work(tx)
    })
  return Object.freeze({
    change: <Answer>(decide: (standing: Standing) => Decision<Answer>) =>
      inOneMoment(async (tx) => {
        const { answer, change } = decide(await standingIn(tx.query))
        if (change !== null) await write(tx, change)
        return answer
      }),
    async read(version) {
      const select = database.query.selectFrom('policy_version').selectAll().where('version', '=', version)
      const row = await select.executeTakeFirst()
      return row === undefined ? null : policyOf(row)
    },
    overview: (limit) =>
      inOneMoment(async ({ query }) => {
        const heads = query
          .selectFrom('policy_version')
          .select(['version', 'note', 'published_by', 'published_at', 'rolled_back_to'])
          .orderBy('version', 'desc')
          .limit(limit)
        return { ...(await standingIn(query)), versions: (await heads.execute()).map(headOf) }
      }),
  } satisfies PolicyStore)
}
