import { orderStoreContract } from '../ports/order-store.contract.ts'
import { onEveryDatabase } from '../testing/sql-stores.ts'

onEveryDatabase(orderStoreContract)
