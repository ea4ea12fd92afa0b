import { categoryPathSeparator } from '@eip/contracts'
import type { Filter } from '@eip/product-index'

/** A filter as one would write it: `brand: Acme or Bolt`, `price: 10..50`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'keyword':
      return `${filter.column}: ${filter.anyOf.join(' or ')}`
    case 'category':
      return `category: ${filter.anyOf.map((path) => path.join(categoryPathSeparator)).join(' or ')}`
    case 'attribute':
      return `attributes.${filter.name}: ${filter.anyOf.join(' or ')}`
    case 'range':
      return `${filter.column}: ${filter.minimum ?? ''}..${filter.maximum ?? ''}`
    case 'available':
      return 'in stock'
    case 'delivered':
      return "delivered to the shopper's region"
    case 'ids':
      return `id: ${filter.anyOf.slice(0, 5).join(' or ')}${filter.anyOf.length > 5 ? ' …' : ''}`
  }
}
