import type { MigrationSet } from '@eip/database'
import type { Standing } from '../domain/product-change.ts'
import type { StandingVersion } from '../ports/product-store.port.ts'

export type ProductTables = {
  /** One row per id that ever was; hash, dates and `content` (JSON without the dates) are null once it was deleted. */
  product: {
    id: string
    version: number
    is_active: number
    content_hash: string | null
    created_at: string | null
    updated_at: string | null
    content: string | null
  }
  /** One row, kept with every change: counting a million rows would hold the thread. */
  product_tally: { id: number; products: number; active: number }
}

export const productStoreMigrations: MigrationSet = Object.freeze({
  owner: 'catalog',
  migrations: [
    {
      name: '0001-products',
      // `content` stands last: asking where an id stands does not read through it.
      sql: `
        CREATE TABLE product (
          id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          is_active INTEGER NOT NULL,
          content_hash TEXT,
          created_at TEXT,
          updated_at TEXT,
          content TEXT
        ) STRICT;
        CREATE TABLE product_tally (id INTEGER PRIMARY KEY, products INTEGER NOT NULL, active INTEGER NOT NULL) STRICT;
        INSERT INTO product_tally VALUES (1, 0, 0)`,
    },
  ],
})

export type StandingRow = Omit<ProductTables['product'], 'id' | 'content'>

export function standingOf(row: StandingRow | undefined): Standing | null {
  if (!row) return null
  const { version, content_hash, created_at, updated_at, is_active } = row
  if (content_hash === null || created_at === null || updated_at === null) return { version, content: null }
  return {
    version,
    content: { hash: content_hash, createdAt: created_at, updatedAt: updated_at, isActive: is_active === 1 },
  }
}

export const versionColumns = ['id', 'version', 'is_active', 'content_hash'] as const
type VersionRow = Pick<ProductTables['product'], (typeof versionColumns)[number]>

export const versionOf = ({ id, version, is_active, content_hash }: VersionRow): StandingVersion => ({
  ...{ id, version, hash: content_hash, isActive: is_active === 1 },
})
