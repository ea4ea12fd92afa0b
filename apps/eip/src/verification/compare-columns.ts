import type { IndexerContract, InventoryContract, LogisticsContract } from '@eip/contracts'
import type { OutputOf } from '@eip/rpc'
import type { SourceVersion, ViewVersion } from './compare-versions.ts'

type StockSource = OutputOf<InventoryContract['listStockVersions']>['versions'][number]
type ScoreSource = OutputOf<LogisticsContract['listScoreVersions']>['versions'][number]
type View = OutputOf<IndexerContract['listVersions']>['versions'][number]

const stockNumbers = ['atp', 'daysOfCover'] as const
const scoreNumbers = ['score', 'delayRate', 'returnRate', 'shortageRate', 'leadTimeDays', 'coverage'] as const

/** Columns are few: what they say stands for itself where products have a hash. */
const said = <Name extends string>(names: readonly Name[], numbers: Readonly<Record<Name, number | null>>) =>
  JSON.stringify(names.map((name) => numbers[name]))

export const stockSource = (stock: StockSource): SourceVersion => ({
  ...{ id: stock.id, version: stock.version, hash: said(stockNumbers, stock), isActive: true },
})

export const scoreSource = (score: ScoreSource): SourceVersion => ({
  ...{ id: score.id, version: score.version, hash: said(scoreNumbers, score), isActive: true },
})

type Told<Name extends string> = Readonly<Record<Name, number | null> & { version: number }>

/** Columns that were all made absent are as good as none. */
function viewOf<Name extends string>(id: string, names: readonly Name[], told: Told<Name> | null): ViewVersion[] {
  if (told === null) return []
  const isFound = names.some((name) => told[name] !== null)
  return [{ id, version: told.version, hash: isFound ? said(names, told) : null, isFound }]
}

/** None where inventory has said nothing of the product to the view. */
export const stockInView = ({ id, stock }: View): ViewVersion[] => viewOf(id, stockNumbers, stock)
export const scoreInView = ({ id, logistics }: View): ViewVersion[] => viewOf(id, scoreNumbers, logistics)
