export { type QueryCountTables, sqliteQueryCountMigrations, sqliteQueryCounts } from './sqlite.query-counts.ts'
export { type SynonymTables, sqliteSynonymStore, sqliteSynonymStoreMigrations } from './sqlite.synonym-store.ts'
