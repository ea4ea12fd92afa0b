import type { GatewayContract, Role } from '@eip/contracts'

/**
 * Who may call an operation: one of the roles, or else
 *  - `open`: everybody; nobody is asked who they are.
 *  - `optional`: everybody; who is signed in is looked at.
 *  - `shopper`: everybody, for what is theirs: known by the shopper's cookie or header.
 */
export type Permission = readonly Role[] | 'open' | 'optional' | 'shopper'

const operators: readonly Role[] = ['operator']
const changers: readonly Role[] = ['merchandiser', 'operator']
const readers: readonly Role[] = ['viewer', 'merchandiser', 'operator']
const everyRole: readonly Role[] = ['shopper', 'viewer', 'merchandiser', 'advertiser', 'operator']

/** Every operation there is: one that is missing here does not compile. */
const permissions: Readonly<Record<keyof GatewayContract, Permission>> = Object.freeze({
  search: 'open',
  getProduct: 'open',
  similarProducts: 'open',
  suggest: 'open',
  delivery: 'open',
  listRegions: 'open',
  getCart: 'shopper',
  setCartLine: 'shopper',
  checkout: 'shopper',
  listMyOrders: 'shopper',
  getMyOrder: 'shopper',
  cancelMyOrder: 'shopper',
  returnMyOrder: 'shopper',
  reviewMyOrder: 'shopper',
  signIn: 'open',
  openSession: 'open',
  readSession: 'optional',
  renewSession: everyRole,
  closeSession: 'optional',
  previewSearch: readers,
  placement: readers,
  listPolicies: readers,
  policySchema: readers,
  getPolicy: readers,
  savePolicyDraft: changers,
  discardPolicyDraft: changers,
  publishPolicyDraft: changers,
  rollBackPolicy: changers,
  loadJudgments: changers,
  judgedQueries: readers,
  judge: readers,
  listImports: readers,
  beginImport: changers,
  appendImport: changers,
  cancelImport: changers,
  getImport: readers,
  rejectedRows: readers,
  overview: readers,
  listServices: readers,
  listTopics: readers,
  listEngines: readers,
  listParked: readers,
  retryParked: operators,
  auditLog: readers,
  upsertProducts: changers,
  deleteProducts: changers,
  indexStatus: readers,
  rebuildIndex: operators,
  rollBackIndex: operators,
  listViewVersions: operators,
  listProductVersions: operators,
  republishProducts: operators,
  listStock: readers,
  getStock: readers,
  listLedger: readers,
  receiveStock: changers,
  adjustStock: changers,
  countStock: changers,
  setStockThreshold: changers,
  reserveStock: changers,
  confirmReservation: changers,
  releaseReservation: changers,
  restoreStock: changers,
  stockStatistics: readers,
  listStockVersions: operators,
  republishStock: operators,
  listRates: readers,
  deliveryCalibration: readers,
  setCoverage: changers,
  placeRegions: changers,
  logisticsStatistics: readers,
  listScoreVersions: operators,
  republishScores: operators,
  servedProduct: readers,
  listOrders: readers,
  getOrder: readers,
  shipOrder: changers,
  deliverOrder: changers,
  cancelOrder: changers,
  returnOrder: changers,
  importOrders: changers,
  repurchaseFacts: readers,
  orderStatistics: readers,
  listSynonyms: readers,
  saveSynonym: changers,
  deleteSynonym: changers,
  encoderStatus: readers,
  trainEncoder: operators,
  useEncoder: operators,
  listAccounts: operators,
  saveAccount: operators,
  deleteAccount: operators,
})

export const permissionOf = (operation: string): Permission | undefined =>
  Object.hasOwn(permissions, operation) ? permissions[operation as keyof GatewayContract] : undefined

/** True where a sign-in is needed. What is not known is not open. */
export const isSecured = (operation: string): boolean => {
  const permission = permissionOf(operation)
  return permission !== 'open' && permission !== 'optional' && permission !== 'shopper'
}

/** True for what a shopper does with a cart and orders of his own. */
export const isShopping = (operation: string): boolean => permissionOf(operation) === 'shopper'
