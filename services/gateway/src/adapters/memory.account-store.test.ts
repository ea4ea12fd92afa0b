import { describe } from 'vitest'
import { accountStoreContract } from '../ports/account-store.contract.ts'
import { memoryAccountStore } from './memory.account-store.ts'

describe('memory account store', () => accountStoreContract(async () => memoryAccountStore()))
