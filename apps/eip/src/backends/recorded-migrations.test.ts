import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase } from '@eip/database/sqlite'
import { importBookMigrations, productStoreMigrations } from '@eip/service-catalog/sql'
import { embeddingLedgerMigrations } from '@eip/service-embedding/sql'
import { accountStoreMigrations, auditLogMigrations } from '@eip/service-gateway/sql'
import { stockLedgerMigrations } from '@eip/service-inventory/sql'
import { factStoreMigrations } from '@eip/service-logistics/sql'
import { ordersMigrations } from '@eip/service-orders/sql'
import { judgmentStoreMigrations, policyStoreMigrations } from '@eip/service-ranking/sql'
import { queryCountMigrations, synonymStoreMigrations } from '@eip/service-search/sql'
import { describe, expect, it } from 'vitest'

/** What files remember that were written by versions up to now: by owner, name and checksum in order. Only ever appended to. */
const recorded: Readonly<Record<string, readonly (readonly [name: string, checksum: string])[]>> = {
  catalog: [['0001-products', 'b1e06aa96008e59e6f44b4b1f9a891a0edd94ca3b5d6dd54ec31f323af0cc0d9']],
  'catalog-imports': [['0001-imports', '3a72a5c476537a8de2cd4177fae8c1b31c62ee6616e8f2923d42940ca8dcb670']],
  outbox: [['0001-events', 'f7dd5c1edb1470a14036f35979867f24d136fb0ce5be0be375541ff102b53871']],
  embedding: [['0001-encoders-and-embeddings', '9757500ee98ca145811381b9baff5079d9979bbb272403bcd6c14a55384c7f17']],
  gateway: [['0001-accounts', '0e49cf11b0f8b4da0ca50417647dfa825ec110c2214152a5e1f7ccba480fc406']],
  'gateway-audit': [['0001-audit-entries', '27f6a55d4f4eb50f6dab9501e6c11c255502eab78bd756eec255f82e6426239d']],
  'ranking-policies': [['0001-policies', '09a2b34b0bee46df77831696dcbc3a093214943b4b745f903182dd83e873b34e']],
  'ranking-judgments': [['0001-judgments', 'e2ce2d1f203a4d7cd5e0940dac24c5b9f4ecb8c8a120723f25289fb8f87ce56b']],
  'search-synonyms': [['0001-synonyms', '0a4f1b307724dd7005fd986d2a52e57880e10f1198db051e31c9e8bc685ea255']],
  inventory: [['0001-stock', '4303c18e28e1308f4db04f6bfdfe7115d02b102c984b55018620533185acd374']],
  logistics: [['0001-facts', 'ec2360b24ce533017513688af7201f19c37f3465b85c3440ac2cbc4194294b81']],
  orders: [['0001-orders', 'fb0934b17078d3b8adc628543b8f5c81fd87f79bb4a2653c1717e3febd137966']],
  'orders-carts': [['0001-carts', '36cd18dd48f217eef4b557c1f521aae88dead0456e8597cadd6775633c9c1053']],
  'orders-checkouts': [['0001-checkouts', 'fd9d460c9353062a2f898eba326e31d9db8b3e8625f4d9034a72044f207fce1e']],
  'orders-prices': [['0001-prices', 'bdb3e2ca24652177ad83419d8551c3a115bc5f6a651d79fc26e6adf17e709625']],
  'orders-stub-payment': [['0001-payments', 'b6938e24b4c304d93dd400b069082fa159e63158fbc4e9205d8eba97e41ca15b']],
  'search-queries': [['0001-query-counts', '9dc09da0ac9f1aa094076448461aa4cf154f4ec6b4a0d982eb0a0846256f092e']],
}

const sets = [
  outboxMigrations,
  ...[productStoreMigrations, importBookMigrations, embeddingLedgerMigrations],
  ...[accountStoreMigrations, auditLogMigrations, policyStoreMigrations, judgmentStoreMigrations],
  ...[synonymStoreMigrations, queryCountMigrations],
  ...[stockLedgerMigrations, factStoreMigrations, ...ordersMigrations],
]

describe('a file of an earlier version', () => {
  it('has no migrations of owners that are gone', () => {
    expect(sets.map(({ owner }) => owner).sort()).toEqual(Object.keys(recorded).sort())
  })

  it.each(sets)('still opens: the migrations of $owner read as they did', async (set) => {
    const database = await openSqliteDatabase({ file: ':memory:', migrations: [set] })
    const rows = await database.use((connection) =>
      connection.statement('SELECT name, checksum FROM schema_migration ORDER BY position').all(),
    )
    await database.close()
    const past = recorded[set.owner]!
    expect(rows.slice(0, past.length).map(({ name, checksum }) => [name, checksum])).toEqual(past)
  })
})
