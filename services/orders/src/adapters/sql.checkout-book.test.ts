import { checkoutBookContract } from '../ports/checkout-book.contract.ts'
import { onEveryDatabase } from '../testing/sql-stores.ts'

onEveryDatabase(checkoutBookContract)
