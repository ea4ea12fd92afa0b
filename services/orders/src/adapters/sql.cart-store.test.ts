import { cartStoreContract } from '../ports/cart-store.contract.ts'
import { onEveryDatabase } from '../testing/sql-stores.ts'

onEveryDatabase(cartStoreContract)
