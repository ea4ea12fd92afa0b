import { failures } from '@eip/kernel'

/** What goes wrong with a database; `rpc` answers with it as it stands. */
export const databaseFailure = failures({
  'database.newer-version': {
    kind: 'unavailable',
    cure: 'Start the version that wrote this file or a later one; older programs do not open newer data.',
  },
  'database.changed-migration': {
    kind: 'internal',
    cure: 'A migration that has run is never edited: restore its text and add a new one after it.',
  },
  'database.already-open': {
    kind: 'internal',
    cure: 'Share the handle that is open: two connections to one file in one thread wait for each other.',
  },
  'database.cannot-open': { kind: 'unavailable', cure: 'Check that its folder exists and may be written to.' },
  'database.damaged': { kind: 'internal', cure: 'Restore the file from a backup.' },
  'database.disk-full': { kind: 'unavailable', cure: 'Free disk space; what was acknowledged before is kept.' },
  'database.locked': { kind: 'unavailable', cure: 'Another process writes to this file: let one of them go.' },
  'database.closed': { kind: 'unavailable', cure: 'Ask before the program stops, or after it has started again.' },
  'database.turn-timeout': {
    kind: 'overloaded',
    cure: 'Inside a transaction use its own handle; otherwise ask less at once, or keep transactions short.',
  },
  'database.transaction-over': { kind: 'internal', cure: 'Await every query before the transaction function returns.' },
  'database.bad-parameter': {
    kind: 'internal',
    cure: 'Bind text, finite numbers, bigints, bytes or null; write true as 1 and objects as JSON text.',
  },
  'database.unsupported': { kind: 'internal', cure: 'Use `transaction` of the database, and read large sets by key.' },
  'database.bad-event': { kind: 'internal', cure: 'Fill every field of the envelope as its schema in contracts says.' },
  'database.unknown-topic': { kind: 'internal', cure: 'Name the topic among those that the relay was given.' },
})
