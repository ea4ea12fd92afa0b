import { failures } from '@eip/kernel'

export const convertFailure = failures({
  'convert.no-file': { kind: 'invalid', cure: 'Give the path of a readable file, plain or gzip.' },
  'convert.bad-csv': {
    kind: 'invalid',
    cure: 'Write CSV as RFC 4180 has it: commas, and quotes doubled within quotes.',
  },
  'convert.missing-column': {
    kind: 'invalid',
    cure: 'Give the file as it is published, with its line of column names.',
  },
  'convert.bad-judgment': {
    kind: 'invalid',
    cure: 'Write judgments as CSV with the columns query, product_id and grade; a grade is a number from 0 up.',
  },
})
