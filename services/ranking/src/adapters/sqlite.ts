export { type JudgmentTables, sqliteJudgmentStore, sqliteJudgmentStoreMigrations } from './sqlite.judgment-store.ts'
export { type PolicyTables, sqlitePolicyStore, sqlitePolicyStoreMigrations } from './sqlite.policy-store.ts'
