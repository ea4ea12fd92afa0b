import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { catalogContract } from './catalog.ts'
import { embeddingContract, embeddingStatusSchema } from './embedding.ts'
import { indexerContract, indexerStatusSchema, viewVersionSchema } from './indexer.ts'
import { inventoryContract, productStockSchema } from './inventory.ts'
import { logisticsContract, logisticsScoreSchema, promiseSchema } from './logistics.ts'
import {
  auditEntrySchema,
  engineProcessSchema,
  overviewSchema,
  parkedPositionSchema,
  parkedRecordSchema,
  serviceRecordSchema,
  topicRecordSchema,
} from './operations.ts'
import { cartSchema, orderSchema, orderStates, ordersContract } from './orders.ts'
import { productSchema } from './product.ts'
import { importRejectionSchema, productImportSchema } from './product-import.ts'
import { queryBoolean, queryInteger, queryList, queryText } from './query-string.ts'
import { rankingContract } from './ranking.ts'
import { roles } from './role.ts'
import {
  placementSchema,
  previewInputSchema,
  searchContract,
  searchLimits,
  searchModes,
  searchOutputSchema,
  similarOutputSchema,
  suggestOutputSchema,
  synonymRuleSchema,
} from './search.ts'

export const gatewayFailure = failures({
  'gateway.bad-request': { kind: 'invalid', cure: 'Mend the named field; the API is described at /api/docs.' },
  'gateway.not-found': { kind: 'not-found', cure: 'See /api/docs for the paths that exist.' },
  'gateway.sign-in-needed': {
    kind: 'unauthenticated',
    cure: 'Sign in at POST /api/v1/sign-in and send the token as "Authorization: Bearer TOKEN".',
  },
  'gateway.sign-in-failed': { kind: 'unauthenticated', cure: 'Check name and password.' },
  'gateway.too-many-sign-ins': { kind: 'overloaded', cure: 'Wait a minute before you try again.' },
  'gateway.forged': {
    kind: 'forbidden',
    cure: 'Send the session\'s csrf value in the header "x-csrf-token", from a page of this origin.',
  },
  'gateway.no-such-account': { kind: 'not-found', cure: 'List the accounts at GET /api/v1/accounts.' },
  'gateway.role-missing': { kind: 'forbidden', cure: 'Sign in with an account that has one of the named roles.' },
})

const searchQuerySchema = z.object({
  q: queryText(20_000).optional().describe('What the shopper typed. Empty: everything that the filters admit.'),
  filter: queryList(1_000, 50)
    .optional()
    .describe(
      'FIELD:VALUE, any number of times. Values of one field are alternatives, fields narrow each other. ' +
        'Fields: brand, category (as "A > B"), seller, language, currency, id, attributes.NAME; price and rating take ranges: 10..50, 10.., ..50.',
    ),
  facet: queryList(200, searchLimits.facets)
    .optional()
    .describe(
      'What to count: brand, category, price, rating, seller, language, currency, attributes or attributes.NAME. Default: category, brand, price, rating, attributes.',
    ),
  sort: queryText(50).optional().describe('relevance (default), price, -price, rating, popularity or newest.'),
  page: queryInteger(1, 1_000).optional().describe('From 1 on; the first 1,000 hits can be paged to.'),
  size: queryInteger(1, searchLimits.pageSize).optional().describe('Hits on a page. Default 20.'),
  region: queryText(12)
    .regex(/^[A-Z0-9-]{1,12}$/, 'must be capital letters, digits and hyphens, as SP')
    .optional()
    .describe("The shopper's region; what is not delivered there is treated as the ranking policy says."),
  language: queryText(3)
    .regex(/^[a-z]{2,3}$/, 'must be an ISO 639 code such as en, pt or ko')
    .optional()
    .describe('Language of the query; detected where absent.'),
  explain: queryBoolean().optional().describe("Each hit's score in its parts, which sum to it."),
  requestId: queryText(64)
    .optional()
    .describe('The requestId of an earlier page of the same search: no product twice, whatever changed since.'),
  mode: z
    .enum(searchModes)
    .optional()
    .describe(
      'ranked (default): words and meaning by the ranking policy. To compare: hybrid, vector (meaning alone), bm25 (words alone).',
    ),
  understand: queryBoolean().optional().describe('Read wishes, spelling and synonyms out of the query. Default true.'),
})

const upsert = catalogContract.upsertProducts['~orpc']
const saveSynonym = searchContract.saveSynonym['~orpc']
const useEncoder = embeddingContract.useEncoder['~orpc']
const indexRollBack = indexerContract.rollBack['~orpc']
const viewVersions = indexerContract.listVersions['~orpc']
const productVersions = catalogContract.listVersions['~orpc']
const republish = catalogContract.republishProducts['~orpc']
const deletion = catalogContract.deleteProducts['~orpc']

const language = searchQuerySchema.shape.language

const operationsOf = <Contract extends Readonly<Record<string, Readonly<{ '~orpc': unknown }>>>>(contract: Contract) =>
  Object.fromEntries(Object.entries(contract).map(([name, operation]) => [name, operation['~orpc']])) as {
    [Name in keyof Contract]: Contract[Name]['~orpc']
  }
const policies = operationsOf(rankingContract)
const stock = operationsOf(inventoryContract)
const logistics = operationsOf(logisticsContract)
const orders = operationsOf(ordersContract)
const productId = z.string().min(1).max(512)
const orderId = z.string().min(1).max(128)
const region = searchQuerySchema.shape.region
const imports = {
  begin: catalogContract.beginImport['~orpc'],
  append: catalogContract.appendImport['~orpc'],
}

/** A browser's sign-in. The token itself is in a cookie that no script reads. */
const sessionSchema = z.object({
  name: z.string(),
  role: z.enum(roles),
  expiresAt: z.iso.datetime(),
  /** To be sent as "x-csrf-token" with whatever changes something. */
  csrf: z.string(),
})

const readers = '(viewer, merchandiser, operator)'
const changers = '(merchandiser, operator)'

const accountSchema = z.object({
  name: z.string().regex(/^[\w.@-]{1,200}$/, 'must consist of letters, digits, ".", "_", "@" and "-"'),
  role: z.enum(roles),
})

/** The public HTTP API. Paths stand under /api/v1. */
export const gatewayContract = {
  search: oc
    .route({ method: 'GET', path: '/search', tags: ['Shop'], summary: 'Search products' })
    .input(searchQuerySchema)
    .output(searchOutputSchema),
  getProduct: oc
    .route({ method: 'GET', path: '/products/{id}', tags: ['Shop'], summary: 'One product' })
    .input(z.object({ id: z.string().min(1).max(512) }))
    .output(z.object({ product: productSchema, version: z.int() })),
  similarProducts: oc
    .route({ method: 'GET', path: '/products/{id}/similar', tags: ['Shop'], summary: 'Products like this one' })
    .input(
      z.object({
        id: z.string().min(1).max(512),
        size: queryInteger(1, searchLimits.pageSize).optional().describe('How many. Default 12.'),
        region: searchQuerySchema.shape.region,
      }),
    )
    .output(similarOutputSchema),
  suggest: oc
    .route({ method: 'GET', path: '/suggest', tags: ['Shop'], summary: 'How a typed beginning may go on' })
    .input(
      z.object({
        q: queryText(20_000).optional().describe('What was typed so far.'),
        size: queryInteger(1, 20).optional().describe('How many suggestions. Default 8.'),
        language,
      }),
    )
    .output(suggestOutputSchema),
  signIn: oc
    .route({
      method: 'POST',
      path: '/sign-in',
      tags: ['Sign-in'],
      summary: 'A signed, short-lived token for name and password',
    })
    .input(z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1_000) }))
    .output(z.object({ token: z.string(), role: z.enum(roles), expiresAt: z.iso.datetime() })),
  openSession: oc
    .route({
      method: 'POST',
      path: '/session',
      tags: ['Sign-in'],
      summary: 'Sign in from a browser: the token goes into a cookie that scripts cannot read',
    })
    .input(z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1_000) }))
    .output(sessionSchema),
  readSession: oc
    .route({ method: 'GET', path: '/session', tags: ['Sign-in'], summary: 'Who is signed in; null: nobody' })
    .input(z.object({}))
    .output(z.object({ session: sessionSchema.nullable() })),
  renewSession: oc
    .route({ method: 'POST', path: '/session/renew', tags: ['Sign-in'], summary: 'Stay signed in' })
    .input(z.object({}))
    .output(sessionSchema),
  closeSession: oc
    .route({ method: 'DELETE', path: '/session', tags: ['Sign-in'], summary: 'Sign out' })
    .input(z.object({}))
    .output(z.object({ session: z.null() })),
  previewSearch: oc
    .route({
      method: 'POST',
      path: '/search/preview',
      tags: ['Admin'],
      summary: `A search by an unpublished policy or another encoder ${readers}`,
    })
    .input(previewInputSchema)
    .output(searchOutputSchema),
  placement: oc
    .route({
      method: 'POST',
      path: '/search/placement',
      tags: ['Admin'],
      summary: `Where a product stands in a search, or why it does not ${readers}`,
    })
    .input(previewInputSchema.extend({ product: z.string().min(1).max(512) }))
    .output(placementSchema),
  listPolicies: oc
    .route({ method: 'GET', path: '/policies', tags: ['Admin'], summary: `Ranking policies and the draft ${readers}` })
    .input(z.object({}))
    .output(policies.listPolicies.outputSchema!),
  policySchema: oc
    .route({
      method: 'GET',
      path: '/policies/schema',
      tags: ['Admin'],
      summary: `What a policy's document may hold, as JSON Schema ${readers}`,
    })
    .input(z.object({}))
    .output(policies.schema.outputSchema!),
  getPolicy: oc
    .route({ method: 'GET', path: '/policies/{version}', tags: ['Admin'], summary: `One version ${readers}` })
    .input(z.object({ version: queryInteger(1, 999_999_999) }))
    .output(policies.getPolicy.outputSchema!),
  savePolicyDraft: oc
    .route({
      method: 'PUT',
      path: '/policies/draft',
      tags: ['Admin'],
      summary: `Keep the draft; who saves over somebody else's is told ${changers}`,
    })
    .input(policies.saveDraft.inputSchema!.omit({ by: true }))
    .output(policies.saveDraft.outputSchema!),
  discardPolicyDraft: oc
    .route({ method: 'DELETE', path: '/policies/draft', tags: ['Admin'], summary: `Discard the draft ${changers}` })
    .input(z.object({ revision: queryInteger(1, 999_999_999) }))
    .output(policies.discardDraft.outputSchema!),
  publishPolicyDraft: oc
    .route({
      method: 'POST',
      path: '/policies/draft/publish',
      tags: ['Admin'],
      summary: `Rank by the draft from now on ${changers}`,
    })
    .input(policies.publishDraft.inputSchema!.omit({ by: true }))
    .output(policies.publishDraft.outputSchema!),
  rollBackPolicy: oc
    .route({
      method: 'POST',
      path: '/policies/{version}/roll-back',
      tags: ['Admin'],
      summary: `Rank as an earlier version did ${changers}`,
    })
    .input(z.object({ version: queryInteger(1, 999_999_999), note: z.string().trim().max(500) }))
    .output(policies.rollBackPolicy.outputSchema!),
  loadJudgments: oc
    .route({ method: 'PUT', path: '/judgments', tags: ['Admin'], summary: `Replace the judgments ${changers}` })
    .input(policies.loadJudgments.inputSchema!.omit({ by: true }))
    .output(policies.loadJudgments.outputSchema!),
  judgedQueries: oc
    .route({ method: 'GET', path: '/judgments', tags: ['Admin'], summary: `Judged queries ${readers}` })
    .input(z.object({ prefix: queryText(1_000).optional() }))
    .output(policies.judgedQueries.outputSchema!),
  judge: oc
    .route({
      method: 'POST',
      path: '/judgments/judge',
      tags: ['Admin'],
      summary: `Grades and nDCG@10 of a list of products ${readers}`,
    })
    .input(policies.judge.inputSchema!)
    .output(policies.judge.outputSchema!),
  listImports: oc
    .route({ method: 'GET', path: '/imports', tags: ['Admin'], summary: `Imports of products ${readers}` })
    .input(z.object({}))
    .output(z.object({ imports: z.array(productImportSchema) })),
  beginImport: oc
    .route({
      method: 'POST',
      path: '/imports',
      tags: ['Admin'],
      summary: `Begin to send a file of products, JSON lines, plain or gzip ${changers}`,
    })
    .input(imports.begin.inputSchema!.omit({ by: true }))
    .output(productImportSchema),
  appendImport: oc
    .route({
      method: 'POST',
      path: '/imports/{id}/data',
      tags: ['Admin'],
      summary: `The next bytes of the file, as base64; the last ones start the import ${changers}`,
    })
    .input(imports.append.inputSchema!)
    .output(productImportSchema),
  cancelImport: oc
    .route({
      method: 'POST',
      path: '/imports/{id}/cancel',
      tags: ['Admin'],
      summary: `Stop an import; what was loaded stays ${changers}`,
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(productImportSchema),
  getImport: oc
    .route({ method: 'GET', path: '/imports/{id}', tags: ['Admin'], summary: `One import and its progress ${readers}` })
    .input(z.object({ id: z.string().max(64) }))
    .output(productImportSchema),
  rejectedRows: oc
    .route({
      method: 'GET',
      path: '/imports/{id}/rejected',
      tags: ['Admin'],
      summary: `Rows that did not go in, each with its reason ${readers}`,
    })
    .input(
      z.object({
        id: z.string().max(64),
        offset: queryInteger(0, 999_999_999).optional(),
        size: queryInteger(1, 1_000).optional(),
      }),
    )
    .output(z.object({ rows: z.array(importRejectionSchema), total: z.int() })),
  overview: oc
    .route({
      method: 'GET',
      path: '/operations/overview',
      tags: ['Admin'],
      summary: `How the platform is doing ${readers}`,
    })
    .input(z.object({}))
    .output(overviewSchema),
  listServices: oc
    .route({
      method: 'GET',
      path: '/operations/services',
      tags: ['Admin'],
      summary: `Services and their state ${readers}`,
    })
    .input(z.object({}))
    .output(z.object({ services: z.array(serviceRecordSchema) })),
  listEngines: oc
    .route({
      method: 'GET',
      path: '/operations/engines',
      tags: ['Admin'],
      summary: `What each process stands on ${readers}`,
    })
    .input(z.object({}))
    .output(z.object({ processes: z.array(engineProcessSchema) })),
  listTopics: oc
    .route({
      method: 'GET',
      path: '/operations/topics',
      tags: ['Admin'],
      summary: `Topics, readers and lag ${readers}`,
    })
    .input(z.object({}))
    .output(z.object({ topics: z.array(topicRecordSchema) })),
  listParked: oc
    .route({
      method: 'GET',
      path: '/operations/parked',
      tags: ['Admin'],
      summary: `Messages that were set aside, the newest thousand of each group ${readers}`,
    })
    .input(z.object({}))
    .output(z.object({ messages: z.array(parkedRecordSchema) })),
  retryParked: oc
    .route({
      method: 'POST',
      path: '/operations/parked/retry',
      tags: ['Admin'],
      summary: 'Give parked messages to their readers again (operator)',
    })
    .input(z.object({ messages: z.array(parkedPositionSchema).min(1).max(1_000) }))
    .output(z.object({ retried: z.int(), absent: z.int() })),
  auditLog: oc
    .route({ method: 'GET', path: '/operations/audit', tags: ['Admin'], summary: `Who changed what ${readers}` })
    .input(
      z.object({
        before: queryInteger(1, 999_999_999).optional().describe('Entries older than this id.'),
        size: queryInteger(1, 200).optional().describe('Default 50.'),
        by: queryText(200).optional(),
        operation: queryText(100).optional(),
      }),
    )
    .output(z.object({ entries: z.array(auditEntrySchema) })),
  upsertProducts: oc
    .route({
      method: 'POST',
      path: '/products',
      tags: ['Admin'],
      summary: 'Add or replace products (operator, merchandiser)',
    })
    .input(upsert.inputSchema!)
    .output(upsert.outputSchema!),
  deleteProducts: oc
    .route({
      method: 'POST',
      path: '/products/delete',
      tags: ['Admin'],
      summary: 'Delete products (operator, merchandiser)',
    })
    .input(deletion.inputSchema!)
    .output(deletion.outputSchema!),
  indexStatus: oc
    .route({
      method: 'GET',
      path: '/index',
      tags: ['Admin'],
      summary: 'How far the serving view is (viewer, merchandiser, operator)',
    })
    .input(z.object({}))
    .output(indexerStatusSchema.extend({ unpublishedEvents: z.int() })),
  rebuildIndex: oc
    .route({
      method: 'POST',
      path: '/index/rebuild',
      tags: ['Admin'],
      summary: 'Build the serving view anew from the log while the one there is goes on serving (operator)',
    })
    .input(z.object({}))
    .output(indexerStatusSchema),
  rollBackIndex: oc
    .route({
      method: 'POST',
      path: '/index/roll-back',
      tags: ['Admin'],
      summary: 'Give up the rebuild that runs; else go back to the serving view before (operator)',
    })
    .input(z.object({}))
    .output(indexRollBack.outputSchema!),
  listViewVersions: oc
    .route({
      method: 'POST',
      path: '/index/versions',
      tags: ['Admin'],
      summary: 'What the serving view was given of products, to be compared with the catalogue (operator)',
    })
    .input(viewVersions.inputSchema!)
    .output(viewVersions.outputSchema!),
  listProductVersions: oc
    .route({
      method: 'POST',
      path: '/products/versions',
      tags: ['Admin'],
      summary: 'Where product ids stand in the catalogue, deleted ones too (operator)',
    })
    .input(productVersions.inputSchema!)
    .output(productVersions.outputSchema!),
  republishProducts: oc
    .route({
      method: 'POST',
      path: '/products/republish',
      tags: ['Admin'],
      summary:
        'Publish products once more as they are, and of ids that there are none of that there are none (operator)',
    })
    .input(republish.inputSchema!)
    .output(republish.outputSchema!),
  delivery: oc
    .route({
      method: 'GET',
      path: '/products/{id}/delivery',
      tags: ['Shop'],
      summary: 'Whether a product is in stock, and when it would be delivered',
    })
    .input(z.object({ id: productId, region }))
    .output(
      z.object({
        /** `left`: units, where there are few. `unknown`: the shop keeps no stock of it. null: see `degraded`. */
        stock: z
          .object({ notice: z.enum(['in-stock', 'low-stock', 'out-of-stock', 'unknown']), left: z.int().nullable() })
          .nullable(),
        promise: promiseSchema.nullable(),
        degraded: z.array(z.object({ part: z.string(), reason: z.string() })),
      }),
    ),
  listRegions: oc
    .route({ method: 'GET', path: '/regions', tags: ['Shop'], summary: 'Regions that the shop tells apart' })
    .input(z.object({}))
    .output(logistics.listRegions.outputSchema!),
  getCart: oc
    .route({
      method: 'GET',
      path: '/cart',
      tags: ['Shop'],
      summary:
        'What is in the cart. A shopper is known by a cookie, or by the header x-shopper (16 characters or more)',
    })
    .input(z.object({}))
    .output(cartSchema.omit({ cartId: true })),
  setCartLine: oc
    .route({
      method: 'PUT',
      path: '/cart/lines/{productId}',
      tags: ['Shop'],
      summary: 'How many of a product; 0: none',
    })
    .input(orders.setCartLine.inputSchema!.omit({ cartId: true }))
    .output(cartSchema.omit({ cartId: true })),
  checkout: oc
    .route({ method: 'POST', path: '/checkout', tags: ['Shop'], summary: 'Buy what is in the cart' })
    .input(orders.checkout.inputSchema!.omit({ cartId: true, customer: true, promisedAt: true }))
    .output(orders.checkout.outputSchema!),
  listMyOrders: oc
    .route({ method: 'GET', path: '/orders', tags: ['Shop'], summary: "The shopper's own orders, newest first" })
    .input(z.object({ before: queryText(200).optional(), limit: queryInteger(1, 200).optional() }))
    .output(orders.listOrders.outputSchema!),
  getMyOrder: oc
    .route({ method: 'GET', path: '/orders/{orderId}', tags: ['Shop'], summary: "One of the shopper's own orders" })
    .input(z.object({ orderId }))
    .output(orderSchema),
  cancelMyOrder: oc
    .route({
      method: 'POST',
      path: '/orders/{orderId}/cancel',
      tags: ['Shop'],
      summary: 'Cancel what is not shipped yet',
    })
    .input(orders.cancelOrder.inputSchema!.omit({ at: true }))
    .output(orderSchema),
  returnMyOrder: oc
    .route({
      method: 'POST',
      path: '/orders/{orderId}/return',
      tags: ['Shop'],
      summary: 'Send back what was delivered',
    })
    .input(orders.returnOrder.inputSchema!.omit({ at: true }))
    .output(orderSchema),
  reviewMyOrder: oc
    .route({ method: 'POST', path: '/orders/{orderId}/review', tags: ['Shop'], summary: 'One to five stars' })
    .input(orders.reviewOrder.inputSchema!.omit({ at: true, customer: true }))
    .output(orderSchema),
  listStock: oc
    .route({ method: 'GET', path: '/stock', tags: ['Stock'], summary: `Stock by product id ${readers}` })
    .input(
      z.object({
        after: queryText(512).optional(),
        limit: queryInteger(1, 1_000).optional(),
        onlyLow: queryBoolean().optional(),
      }),
    )
    .output(stock.listStock.outputSchema!),
  getStock: oc
    .route({ method: 'GET', path: '/stock/{productId}', tags: ['Stock'], summary: `Stock of one product ${readers}` })
    .input(z.object({ productId }))
    .output(productStockSchema),
  listLedger: oc
    .route({
      method: 'GET',
      path: '/stock/{productId}/ledger',
      tags: ['Stock'],
      summary: `What changed a product's stock, newest first ${readers}`,
    })
    .input(
      z.object({
        productId,
        before: queryInteger(1, 999_999_999).optional(),
        limit: queryInteger(1, 500).optional(),
      }),
    )
    .output(stock.listLedger.outputSchema!),
  receiveStock: oc
    .route({ method: 'POST', path: '/stock/receipts', tags: ['Stock'], summary: `Goods came in ${changers}` })
    .input(stock.receive.inputSchema!.omit({ by: true }))
    .output(stock.receive.outputSchema!),
  adjustStock: oc
    .route({
      method: 'POST',
      path: '/stock/adjustments',
      tags: ['Stock'],
      summary: `Add or take away, with a reason ${changers}`,
    })
    .input(stock.adjust.inputSchema!.omit({ by: true }))
    .output(stock.adjust.outputSchema!),
  countStock: oc
    .route({
      method: 'POST',
      path: '/stock/counts',
      tags: ['Stock'],
      summary: `What was counted on the shelves, up to 1,000 rows ${changers}`,
    })
    .input(stock.countStock.inputSchema!.omit({ by: true }))
    .output(stock.countStock.outputSchema!),
  setStockThreshold: oc
    .route({
      method: 'PUT',
      path: '/stock/{productId}/threshold',
      tags: ['Stock'],
      summary: `When a product is low ${changers}`,
    })
    .input(stock.setThreshold.inputSchema!)
    .output(productStockSchema),
  reserveStock: oc
    .route({
      method: 'POST',
      path: '/stock/reservations',
      tags: ['Stock'],
      summary: `Hold goods for a while, all or none ${changers}`,
    })
    .input(stock.reserve.inputSchema!)
    .output(stock.reserve.outputSchema!),
  confirmReservation: oc
    .route({
      method: 'POST',
      path: '/stock/reservations/{reservationId}/confirm',
      tags: ['Stock'],
      summary: `The goods leave ${changers}`,
    })
    .input(stock.confirm.inputSchema!)
    .output(stock.confirm.outputSchema!),
  releaseReservation: oc
    .route({
      method: 'POST',
      path: '/stock/reservations/{reservationId}/release',
      tags: ['Stock'],
      summary: `The goods are free again ${changers}`,
    })
    .input(stock.release.inputSchema!)
    .output(stock.release.outputSchema!),
  restoreStock: oc
    .route({
      method: 'POST',
      path: '/stock/reservations/{reservationId}/restore',
      tags: ['Stock'],
      summary: `Goods that left come back ${changers}`,
    })
    .input(stock.restore.inputSchema!.omit({ by: true }))
    .output(stock.restore.outputSchema!),
  stockStatistics: oc
    .route({ method: 'GET', path: '/operations/stock', tags: ['Stock'], summary: `Stock in figures ${readers}` })
    .input(z.object({}))
    .output(stock.statistics.outputSchema!),
  listStockVersions: oc
    .route({
      method: 'POST',
      path: '/stock/versions',
      tags: ['Stock'],
      summary: 'Versions of the stock of products (operator)',
    })
    .input(stock.listStockVersions.inputSchema!)
    .output(stock.listStockVersions.outputSchema!),
  republishStock: oc
    .route({
      method: 'POST',
      path: '/stock/republish',
      tags: ['Stock'],
      summary: 'Publish stock once more as it is (operator)',
    })
    .input(stock.republishStock.inputSchema!)
    .output(stock.republishStock.outputSchema!),
  listRates: oc
    .route({
      method: 'GET',
      path: '/logistics/rates',
      tags: ['Deliveries'],
      summary: `Rates beside their raw counts, by product, seller, category, region, route or distance ${readers}`,
    })
    .input(
      z.object({
        by: z.enum(['product', 'seller', 'category', 'region', 'route', 'distance']),
        contains: queryText(200).optional(),
        limit: queryInteger(1, 500).optional(),
      }),
    )
    .output(logistics.listRates.outputSchema!),
  deliveryCalibration: oc
    .route({
      method: 'GET',
      path: '/logistics/calibration',
      tags: ['Deliveries'],
      summary: `How well deliveries were foretold ${readers}`,
    })
    .input(z.object({}))
    .output(logistics.calibration.outputSchema!),
  setCoverage: oc
    .route({
      method: 'PUT',
      path: '/logistics/coverage',
      tags: ['Deliveries'],
      summary: `Where a seller delivers to ${changers}`,
    })
    .input(logistics.setCoverage.inputSchema!)
    .output(logistics.setCoverage.outputSchema!),
  placeRegions: oc
    .route({
      method: 'POST',
      path: '/logistics/regions',
      tags: ['Deliveries'],
      summary: `Where regions lie, so that promises go by distance ${changers}`,
    })
    .input(logistics.placeRegions.inputSchema!)
    .output(logistics.placeRegions.outputSchema!),
  logisticsStatistics: oc
    .route({
      method: 'GET',
      path: '/operations/logistics',
      tags: ['Deliveries'],
      summary: `Deliveries in figures ${readers}`,
    })
    .input(z.object({}))
    .output(logistics.statistics.outputSchema!),
  listScoreVersions: oc
    .route({
      method: 'POST',
      path: '/logistics/versions',
      tags: ['Deliveries'],
      summary: 'Versions of logistics scores (operator)',
    })
    .input(logistics.listScoreVersions.inputSchema!)
    .output(logistics.listScoreVersions.outputSchema!),
  republishScores: oc
    .route({
      method: 'POST',
      path: '/logistics/republish',
      tags: ['Deliveries'],
      summary: 'Publish scores once more as they are (operator)',
    })
    .input(logistics.republishScores.inputSchema!)
    .output(logistics.republishScores.outputSchema!),
  servedProduct: oc
    .route({
      method: 'GET',
      path: '/products/{id}/served',
      tags: ['Admin'],
      summary: `What the serving view holds of a product beside what its owners say ${readers}`,
    })
    .input(z.object({ id: productId }))
    .output(
      z.object({
        view: viewVersionSchema.nullable(),
        catalogue: z.object({ version: z.int(), hash: z.string().nullable(), isActive: z.boolean() }).nullable(),
        stock: z.object({ version: z.int(), atp: z.int(), daysOfCover: z.number().nullable() }).nullable(),
        logistics: logisticsScoreSchema.omit({ productId: true }).extend({ version: z.int() }).nullable(),
      }),
    ),
  listOrders: oc
    .route({ method: 'GET', path: '/operations/orders', tags: ['Orders'], summary: `Orders, newest first ${readers}` })
    .input(
      z.object({
        customer: queryText(128).optional(),
        state: z.enum(orderStates).optional(),
        before: queryText(200).optional(),
        limit: queryInteger(1, 200).optional(),
      }),
    )
    .output(orders.listOrders.outputSchema!),
  getOrder: oc
    .route({ method: 'GET', path: '/operations/orders/{orderId}', tags: ['Orders'], summary: `One order ${readers}` })
    .input(z.object({ orderId }))
    .output(orderSchema),
  shipOrder: oc
    .route({
      method: 'POST',
      path: '/operations/orders/{orderId}/ship',
      tags: ['Orders'],
      summary: `It was handed over ${changers}`,
    })
    .input(orders.shipOrder.inputSchema!)
    .output(orderSchema),
  deliverOrder: oc
    .route({
      method: 'POST',
      path: '/operations/orders/{orderId}/deliver',
      tags: ['Orders'],
      summary: `It arrived ${changers}`,
    })
    .input(orders.deliverOrder.inputSchema!)
    .output(orderSchema),
  cancelOrder: oc
    .route({
      method: 'POST',
      path: '/operations/orders/{orderId}/cancel',
      tags: ['Orders'],
      summary: `It is not shipped ${changers}`,
    })
    .input(orders.cancelOrder.inputSchema!)
    .output(orderSchema),
  returnOrder: oc
    .route({
      method: 'POST',
      path: '/operations/orders/{orderId}/return',
      tags: ['Orders'],
      summary: `Goods came back ${changers}`,
    })
    .input(orders.returnOrder.inputSchema!)
    .output(orderSchema),
  importOrders: oc
    .route({
      method: 'POST',
      path: '/operations/orders/import',
      tags: ['Orders'],
      summary: `Orders of another system, up to 500 ${changers}`,
    })
    .input(orders.importOrders.inputSchema!)
    .output(orders.importOrders.outputSchema!),
  repurchaseFacts: oc
    .route({
      method: 'GET',
      path: '/operations/repurchases',
      tags: ['Orders'],
      summary: `Days between two purchases of the same ${readers}`,
    })
    .input(z.object({ productId: queryText(128).optional(), category: queryText(3_000).optional() }))
    .output(orders.repurchaseFacts.outputSchema!),
  orderStatistics: oc
    .route({
      method: 'GET',
      path: '/operations/order-statistics',
      tags: ['Orders'],
      summary: `Orders in figures ${readers}`,
    })
    .input(z.object({}))
    .output(orders.statistics.outputSchema!),
  listSynonyms: oc
    .route({ method: 'GET', path: '/synonyms', tags: ['Admin'], summary: 'Synonyms (viewer, merchandiser, operator)' })
    .input(z.object({}))
    .output(z.object({ rules: z.array(synonymRuleSchema) })),
  saveSynonym: oc
    .route({
      method: 'PUT',
      path: '/synonyms/{id}',
      tags: ['Admin'],
      summary: 'Add or replace a rule of synonyms; it holds at once (merchandiser, operator)',
    })
    .input(saveSynonym.inputSchema!)
    .output(synonymRuleSchema),
  deleteSynonym: oc
    .route({
      method: 'DELETE',
      path: '/synonyms/{id}',
      tags: ['Admin'],
      summary: 'Delete a rule of synonyms (merchandiser, operator)',
    })
    .input(z.object({ id: z.string().min(1).max(100) }))
    .output(z.object({ id: z.string() })),
  encoderStatus: oc
    .route({
      method: 'GET',
      path: '/encoders',
      tags: ['Admin'],
      summary: 'Encoders, their vectors and the training (viewer, merchandiser, operator)',
    })
    .input(z.object({}))
    .output(embeddingStatusSchema),
  trainEncoder: oc
    .route({
      method: 'POST',
      path: '/encoders/train',
      tags: ['Admin'],
      summary: 'Train an encoder on the catalogue; it takes over when every product has its vector (operator)',
    })
    .input(z.object({}))
    .output(embeddingStatusSchema),
  useEncoder: oc
    .route({
      method: 'POST',
      path: '/encoders/{encoder}/use',
      tags: ['Admin'],
      summary: 'Let an encoder take over, or go back to the one before (operator)',
    })
    .input(useEncoder.inputSchema!)
    .output(embeddingStatusSchema),
  listAccounts: oc
    .route({ method: 'GET', path: '/accounts', tags: ['Admin'], summary: 'Accounts and their roles (operator)' })
    .input(z.object({}))
    .output(z.object({ accounts: z.array(accountSchema) })),
  saveAccount: oc
    .route({
      method: 'PUT',
      path: '/accounts/{name}',
      tags: ['Admin'],
      summary: 'Add an account or change its role and password (operator)',
    })
    .input(accountSchema.extend({ password: z.string().min(12, 'must have at least 12 characters').max(1_000) }))
    .output(accountSchema),
  deleteAccount: oc
    .route({ method: 'DELETE', path: '/accounts/{name}', tags: ['Admin'], summary: 'Delete an account (operator)' })
    .input(z.object({ name: z.string().min(1).max(200) }))
    .output(z.object({ name: z.string() })),
}

export type GatewayContract = typeof gatewayContract
