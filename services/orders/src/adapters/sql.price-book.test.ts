import { priceBookContract } from '../ports/price-book.contract.ts'
import { onEveryDatabase } from '../testing/sql-stores.ts'

onEveryDatabase(priceBookContract)
