import type { CatalogContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import { by, type GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'upsertProducts'
  | 'deleteProducts'
  | 'listImports'
  | 'beginImport'
  | 'appendImport'
  | 'cancelImport'
  | 'getImport'
  | 'rejectedRows'
>

/** Products and files of products, in the name of who is signed in. */
export const manageCatalogue = (catalog: Client<CatalogContract>): Operations =>
  Object.freeze({
    upsertProducts: (input, call) => catalog.upsertProducts(input, { call }),
    deleteProducts: (input, call) => catalog.deleteProducts(input, { call }),
    listImports: (_, call) => catalog.listImports({}, { call }),
    beginImport: (input, call) => catalog.beginImport({ ...input, ...by(call) }, { call }),
    appendImport: (input, call) => catalog.appendImport(input, { call }),
    cancelImport: (input, call) => catalog.cancelImport(input, { call }),
    getImport: (input, call) => catalog.getImport(input, { call }),
    rejectedRows: (input, call) => catalog.rejectedRows(input, { call }),
  } satisfies Operations)
