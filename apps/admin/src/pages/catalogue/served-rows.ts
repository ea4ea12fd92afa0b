import type { Gateway } from '@eip/theme'

export type ServedProduct = Awaited<ReturnType<Gateway['servedProduct']>>

/** What both speak of, by owner. */
export const servedFields = {
  catalogue: ['version', 'hash', 'isActive'],
  stock: ['version', 'atp', 'daysOfCover'],
  logistics: ['version', 'score', 'delayRate', 'returnRate', 'shortageRate', 'leadTimeDays', 'coverage'],
} as const
export type Owner = keyof typeof servedFields
export type ServedField = (typeof servedFields)[Owner][number]
export type ServedValue = number | string | boolean | null

/** null: nothing is said. */
export type ServedRow = Readonly<{
  owner: Owner
  field: ServedField
  truth: ServedValue
  view: ServedValue
  isSame: boolean
}>

/** Columns hold numbers as they were given; a rounding on the way is no difference. */
const nearly = 1e-6

function isSame(truth: ServedValue, view: ServedValue): boolean {
  if (typeof truth === 'number' && typeof view === 'number')
    return Math.abs(truth - view) <= nearly * Math.max(1, Math.abs(truth))
  // The view keeps the beginning of a hash.
  if (typeof truth === 'string' && typeof view === 'string' && view !== '')
    return truth.startsWith(view) || view.startsWith(truth)
  return truth === view
}

type Said = Readonly<Record<string, unknown>> | null

const valueIn = (said: Said, field: ServedField): ServedValue => (said?.[field] ?? null) as ServedValue

/** What the owners say of a product beside what the serving view holds of it, value by value. */
export function servedRows({ view, catalogue, stock, logistics }: ServedProduct): readonly ServedRow[] {
  const inView = view && { version: view.version, hash: view.hash, isActive: view.isFound }
  const said: Readonly<Record<Owner, readonly [truth: Said, view: Said]>> = {
    catalogue: [catalogue, inView],
    stock: [stock, view?.stock ?? null],
    logistics: [logistics, view?.logistics ?? null],
  }
  return (Object.keys(servedFields) as readonly Owner[]).flatMap((owner) =>
    servedFields[owner].map((field) => {
      const [truth, held] = said[owner].map((each) => valueIn(each, field)) as [ServedValue, ServedValue]
      return { owner, field, truth, view: held, isSame: isSame(truth, held) }
    }),
  )
}
