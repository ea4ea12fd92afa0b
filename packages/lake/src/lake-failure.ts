import { failures } from '@eip/kernel'

export const lakeFailure = failures({
  'lake.in-use': {
    kind: 'conflict',
    cure: 'Stop the other process that has this lake open, or let the running platform do the work.',
  },
  'lake.unreadable': {
    kind: 'unavailable',
    cure: 'Check that the folder exists, can be written, and was not made by a newer version.',
  },
  'lake.write-failed': { kind: 'unavailable', cure: 'Free space on the disk of the lake and start the import again.' },
  'lake.part-damaged': {
    kind: 'unavailable',
    cure: 'Import the file of this part again; its name is that of the part.',
  },
  'lake.query-failed': { kind: 'internal', cure: 'Raise the memory limit of the lake, or report the query.' },
  'lake.bad-name': {
    kind: 'invalid',
    cure: 'Use letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  },
})
