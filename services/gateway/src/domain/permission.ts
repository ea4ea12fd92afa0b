import type { Role } from '@eip/contracts'

/** Operations that need a sign-in, and the roles that may call them. What is not listed is open to every shopper. */
export const permissions: Readonly<Record<string, readonly Role[]>> = Object.freeze({
  upsertProducts: ['merchandiser', 'operator'],
  deleteProducts: ['merchandiser', 'operator'],
  indexStatus: ['viewer', 'merchandiser', 'operator'],
  listSynonyms: ['viewer', 'merchandiser', 'operator'],
  saveSynonym: ['merchandiser', 'operator'],
  deleteSynonym: ['merchandiser', 'operator'],
  encoderStatus: ['viewer', 'merchandiser', 'operator'],
  trainEncoder: ['operator'],
  useEncoder: ['operator'],
  listAccounts: ['operator'],
  saveAccount: ['operator'],
  deleteAccount: ['operator'],
})
