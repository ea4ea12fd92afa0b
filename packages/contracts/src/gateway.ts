import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { catalogContract } from './catalog.ts'
import { embeddingContract, embeddingStatusSchema } from './embedding.ts'
import { indexerStatusSchema } from './indexer.ts'
import { productSchema } from './product.ts'
import { queryBoolean, queryInteger, queryList, queryText } from './query-string.ts'
import { roles } from './role.ts'
import {
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
const deletion = catalogContract.deleteProducts['~orpc']

const language = searchQuerySchema.shape.language

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
