import type { GatewayContract } from '@eip/contracts'
import type { OutputOf, ParsedInputOf } from '@eip/rpc'

/** How a change reads in the audit log. Neither part may hold a secret or a whole product. */
type Change<Name extends keyof GatewayContract> = Readonly<{
  /** What it is done to; known before it is done. */
  target(input: ParsedInputOf<GatewayContract[Name]>): string
  /** What was changed, in a few words. */
  detail(input: ParsedInputOf<GatewayContract[Name]>, output: OutputOf<GatewayContract[Name]>): string
}>

const most = 20

/** The one that it is, or how many there are. */
const oneOrMany = (each: readonly string[], what: string): string =>
  each.length === 1 ? (each[0] as string) : `${each.length} ${what}`

const listed = (each: readonly string[]): string =>
  each.length <= most ? each.join(', ') : `${each.slice(0, most).join(', ')} and ${each.length - most} more`

const idOf = (product: Readonly<Record<string, unknown>>): string =>
  typeof product.id === 'string' ? product.id.slice(0, 128) : '?'

const withNote = (said: string, note: string): string => (note === '' ? said : `${said}: ${note}`)

/** Operations that the audit log records. The bytes of an import are not among them: its begin and its end by hand are. */
export const changes = Object.freeze({
  savePolicyDraft: {
    target: () => 'draft',
    detail: (_, { revision, basedOn }) => `revision ${revision}, from version ${basedOn}`,
  },
  discardPolicyDraft: { target: () => 'draft', detail: (_, { revision }) => `revision ${revision} is gone` },
  publishPolicyDraft: {
    target: () => 'draft',
    detail: ({ note }, { version }) => withNote(`version ${version}`, note),
  },
  rollBackPolicy: {
    target: ({ version }) => `version ${version}`,
    detail: ({ note }, { version }) => withNote(`as version ${version}`, note),
  },
  loadJudgments: {
    target: () => 'judgments',
    detail: (_, { judgments, queries }) => `${judgments} judgments of ${queries} queries`,
  },
  beginImport: { target: ({ fileName }) => fileName, detail: ({ bytes }, { id }) => `import ${id}, ${bytes} bytes` },
  cancelImport: { target: ({ id }) => id, detail: (_, { fileName, state }) => `${fileName}: ${state}` },
  retryParked: {
    target: ({ messages }) =>
      `${oneOrMany(
        messages.map(({ topic, partition, offset }) => `${topic}/${partition}/${offset}`),
        'messages',
      )} of ${listed([...new Set(messages.map(({ group }) => group))])}`,
    detail: (_, { retried, absent }) => `${retried} given again, ${absent} not there`,
  },
  upsertProducts: {
    target: ({ products }) => oneOrMany(products.map(idOf), 'products'),
    detail: (_, { created, updated, unchanged, rejected }) =>
      `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected.length} rejected`,
  },
  deleteProducts: {
    target: ({ ids }) => oneOrMany(ids, 'products'),
    detail: ({ ids }, { deleted, absent }) => `${deleted} deleted, ${absent} not there: ${listed(ids)}`,
  },
  rebuildIndex: {
    target: () => 'the serving view',
    detail: (_, { generations }) =>
      `generation ${generations.find(({ state }) => state === 'filling')?.name ?? generations.at(-1)?.name} is filling`,
  },
  rollBackIndex: {
    target: () => 'the serving view',
    detail: (_, { outcome, generation }) =>
      outcome === 'given-up' ? `generation ${generation} is given up` : `generation ${generation} serves again`,
  },
  republishProducts: {
    target: ({ products }) =>
      oneOrMany(
        products.map(({ id }) => id),
        'products',
      ),
    detail: ({ products }, { republished, withdrawn, changed }) =>
      `${republished} published again, ${withdrawn} withdrawn, ${changed} changed meanwhile: ${listed(products.map(({ id }) => id))}`,
  },
  receiveStock: {
    target: ({ lines }) =>
      oneOrMany(
        lines.map(({ productId }) => productId),
        'products',
      ),
    detail: ({ operationId, lines, note = '' }, { outcome }) =>
      withNote(`${lines.reduce((sum, { quantity }) => sum + quantity, 0)} units ${outcome} by ${operationId}`, note),
  },
  adjustStock: {
    target: ({ productId }) => productId,
    detail: ({ quantity, note }, { outcome, stock }) =>
      withNote(`${quantity > 0 ? '+' : ''}${quantity} ${outcome}, ${stock.onHand} on hand`, note),
  },
  countStock: {
    target: ({ rows }) => `${rows.length} counts`,
    detail: (_, { changed, unchanged, rejected }) =>
      `${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected`,
  },
  setStockThreshold: {
    target: ({ productId }) => productId,
    detail: ({ lowStockAt }) => (lowStockAt === null ? 'low by its sales' : `low at ${lowStockAt}`),
  },
  reserveStock: { target: ({ reservationId }) => reservationId, detail: (_, { outcome }) => outcome },
  confirmReservation: { target: ({ reservationId }) => reservationId, detail: (_, { outcome }) => outcome },
  releaseReservation: { target: ({ reservationId }) => reservationId, detail: (_, { outcome }) => outcome },
  restoreStock: { target: ({ reservationId }) => reservationId, detail: (_, { outcome }) => outcome },
  republishStock: {
    target: ({ products }) => `${products.length} products`,
    detail: (_, { republished }) => `${republished} published again`,
  },
  republishScores: {
    target: ({ products }) => `${products.length} products`,
    detail: (_, { republished }) => `${republished} published again`,
  },
  setCoverage: {
    target: ({ seller }) => seller,
    detail: (_, { regions }) =>
      regions === null ? 'delivers everywhere' : `delivers to ${listed(regions) || 'nowhere'}`,
  },
  placeRegions: {
    target: ({ regions }) => `${regions.length} regions`,
    detail: (_, { changed }) => `${changed} changed`,
  },
  shipOrder: { target: ({ orderId }) => orderId, detail: (_, { state }) => state },
  deliverOrder: { target: ({ orderId }) => orderId, detail: (_, { state }) => state },
  cancelOrder: { target: ({ orderId }) => orderId, detail: ({ reason = '' }, { state }) => withNote(state, reason) },
  returnOrder: { target: ({ orderId }) => orderId, detail: ({ reason = '' }, { state }) => withNote(state, reason) },
  importOrders: {
    target: ({ orders }) => `${orders.length} orders`,
    detail: (_, { created, updated, unchanged, rejected }) =>
      `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected.length} rejected`,
  },
  saveSynonym: {
    target: ({ id }) => id,
    detail: (_, { kind, from, to = [] }) =>
      [`${kind}: ${listed(from)}`, ...(to.length ? [listed(to)] : [])].join(' → '),
  },
  deleteSynonym: { target: ({ id }) => id, detail: () => 'deleted' },
  trainEncoder: { target: () => 'a new encoder', detail: () => 'training has begun' },
  useEncoder: {
    target: ({ encoder }) => encoder,
    detail: (input, { encoders }) => encoders.find(({ encoder }) => encoder === input.encoder)?.state ?? 'asked for',
  },
  saveAccount: { target: ({ name }) => name, detail: (_, { role }) => `role ${role}, password set` },
  deleteAccount: { target: ({ name }) => name, detail: () => 'deleted' },
} satisfies { readonly [Name in keyof GatewayContract]?: Change<Name> })
