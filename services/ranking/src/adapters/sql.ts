export { type JudgmentTables, judgmentStoreMigrations, sqlJudgmentStore } from './sql.judgment-store.ts'
export { type PolicyTables, policyStoreMigrations, sqlPolicyStore } from './sql.policy-store.ts'
