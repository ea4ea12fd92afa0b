import { failures } from '@eip/kernel'

export const olistFailure = failures({
  'olist.no-folder': {
    kind: 'invalid',
    cure: 'Give the folder that holds the tables of Olist, each a file such as olist_orders_dataset.csv or .csv.gz.',
  },
  'olist.missing-table': {
    kind: 'invalid',
    cure: 'Give the folder of the Olist data set; each table is a file such as olist_orders_dataset.csv or .csv.gz.',
  },
  'olist.missing-column': {
    kind: 'invalid',
    cure: 'Take the files as Olist published them, with their line of column names.',
  },
  'olist.broken-file': { kind: 'invalid', cure: 'Copy the file again; nothing of it was sent.' },
})
