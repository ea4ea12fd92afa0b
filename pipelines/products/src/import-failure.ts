import { failures } from '@eip/kernel'

export const importFailure = failures({
  'import.no-file': {
    kind: 'invalid',
    cure: 'Give the path of a readable file, plain or gzip: JSON lines of products, CSV of tables and of stock.',
  },
  'import.bad-mapping': {
    kind: 'invalid',
    cure: 'Write each mapping as FIELD=SOURCE, such as title=name, price=offer.amount or attributes.colour=color.',
  },
})
