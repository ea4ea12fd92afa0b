import { failures } from '@eip/kernel'

export const importFailure = failures({
  'import.no-file': { kind: 'invalid', cure: 'Give the path of a readable file: JSON lines, plain or gzip.' },
  'import.bad-mapping': {
    kind: 'invalid',
    cure: 'Write each mapping as FIELD=SOURCE, such as title=name, price=offer.amount or attributes.colour=color.',
  },
})
