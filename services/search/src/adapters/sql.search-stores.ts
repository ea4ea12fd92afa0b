export { type QueryCountTables, queryCountMigrations, sqlQueryCounts } from './sql.query-counts.ts'
export { type SynonymTables, sqlSynonymStore, synonymStoreMigrations } from './sql.synonym-store.ts'
