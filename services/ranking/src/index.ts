export type { JudgmentStore } from './ports/judgment-store.port.ts'
export type { PolicyStore } from './ports/policy-store.port.ts'
export { type RankingNeeds, ranking } from './ranking.service.ts'
