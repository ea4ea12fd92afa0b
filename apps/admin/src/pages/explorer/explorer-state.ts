import type { SearchMode } from '@eip/contracts'

/** How one side of the explorer lists. */
export type Side = Readonly<{
  mode: SearchMode
  /** `serving`: the one that queries are read by now; `none`: words alone; else the id of one. */
  encoder: string
  /** `published`, `draft`, or a version as `v3`. */
  policy: string
  /** Whether wishes, spelling and synonyms are read out of the query. */
  understand: boolean
  /** `field:value`, as the gateway takes it. */
  filters: readonly string[]
}>

export type SideName = 'left' | 'right'

/** What is compared. It stands in the address, whole. */
export type ExplorerState = Readonly<{
  q: string
  /** The product that is looked for in both lists; empty: none. */
  product: string
  /** Where the shopper is; empty: not known. */
  region: string
  left: Side
  right: Side
}>

/** The names of modes, as the contract has them: this page does not load the contract's code, only its types. */
export const modes: readonly SearchMode[] = ['ranked', 'hybrid', 'vector', 'bm25']

const standard: Side = Object.freeze({
  ...{ mode: 'ranked', encoder: 'serving', policy: 'published', understand: true },
  filters: Object.freeze([]),
})

/** At first, what shoppers see beside what words alone would find. */
export const standardSides: Readonly<Record<SideName, Side>> = Object.freeze({
  left: standard,
  right: Object.freeze({ ...standard, mode: 'bm25' }),
})

const longestQuery = 1_000
const longestProduct = 512
const mostFilters = 50
const longestFilter = 1_000

type Params = Readonly<Record<string, unknown>>

const one = (value: unknown): string => String([value].flat().at(-1) ?? '').toWellFormed()

/** Whether a text has the form of a filter; whether its field exists is told by the gateway. */
export const isFilter = (text: string): boolean => /^[^:\s]+:.*\S/s.test(text) && text.length <= longestFilter

function sideOf(name: SideName, params: Params): Side {
  const base = standardSides[name]
  const encoder = one(params[`${name}Encoder`])
  const policy = one(params[`${name}Policy`])
  return {
    mode: modes.find((mode) => mode === one(params[name])) ?? base.mode,
    encoder: /^[a-z0-9.-]{1,80}$/.test(encoder) ? encoder : base.encoder,
    policy: /^(draft|v[1-9]\d{0,8})$/.test(policy) ? policy : base.policy,
    understand: one(params[`${name}Reading`]) !== 'off',
    filters: [...new Set([params[`${name}Filter`]].flat().map(one).filter(isFilter))].slice(0, mostFilters),
  }
}

/** What an address asks for; what cannot be meant falls back to the beginning. */
export const explorerStateOf = (params: Params): ExplorerState => ({
  q: one(params.q).slice(0, longestQuery).toWellFormed(),
  product: one(params.product).slice(0, longestProduct).toWellFormed(),
  region: /^[A-Z0-9-]{1,12}$/.test(one(params.region)) ? one(params.region) : '',
  left: sideOf('left', params),
  right: sideOf('right', params),
})

function sideParams(name: SideName, { mode, encoder, policy, understand, filters }: Side): Params {
  const base = standardSides[name]
  return {
    ...(mode === base.mode ? {} : { [name]: mode }),
    ...(encoder === base.encoder ? {} : { [`${name}Encoder`]: encoder }),
    ...(policy === base.policy ? {} : { [`${name}Policy`]: policy }),
    ...(understand ? {} : { [`${name}Reading`]: 'off' }),
    ...(filters.length === 0 ? {} : { [`${name}Filter`]: filters.length === 1 ? filters[0] : [...filters] }),
  }
}

/** The parameters of an address; what stands for itself is left out. */
export const paramsOf = ({ q, product, region, left, right }: ExplorerState): Params => ({
  ...(q === '' ? {} : { q }),
  ...(product === '' ? {} : { product }),
  ...(region === '' ? {} : { region }),
  ...sideParams('left', left),
  ...sideParams('right', right),
})

/** Whether nothing is asked for yet. */
export const isEntrance = ({ q, left, right }: ExplorerState): boolean =>
  q.trim() === '' && left.filters.length === 0 && right.filters.length === 0
