import { hash } from 'node:crypto'
import { contentText, type Product, shortHash } from '@eip/contracts'

/** The beginning of the hash by which catalog knows what a product says. */
export const contentHash = (product: Product): string => shortHash(hash('sha256', contentText(product), 'base64'))
