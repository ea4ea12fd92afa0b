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
  'database.transaction-aborted': {
    kind: 'internal',
    cure: 'Let the error of a statement leave the transaction function: nothing after it is kept.',
  },
  'database.unreachable': {
    kind: 'unavailable',
    cure: 'Ask again, as nothing of it was kept; if it stays away, start PostgreSQL, or change DATABASE_URL.',
  },
  'database.commit-unknown': {
    kind: 'unavailable',
    cure: 'Read what stands, or ask again the same: the connection of DATABASE_URL broke before PostgreSQL had answered.',
  },
  'database.refused': {
    kind: 'unavailable',
    cure: 'Change name, password or database in DATABASE_URL, or what PostgreSQL grants to that user.',
  },
  'database.behind': { kind: 'unavailable', cure: 'Run the command eip migrate, once for all processes.' },
  'database.too-many-connections': {
    kind: 'overloaded',
    cure: 'Lower DATABASE_CONNECTIONS or run fewer processes, or let PostgreSQL have more connections.',
  },
  'database.conflict': { kind: 'conflict', cure: 'Ask again: another transaction went first.' },
  'database.bad-value': { kind: 'internal', cure: 'Whole numbers lie between -(2^53 - 1) and 2^53 - 1.' },
  'database.bad-parameter': {
    kind: 'internal',
    cure: 'Bind text, finite numbers, bigints, bytes or null; write true as 1 and objects as JSON text.',
  },
  'database.unsupported': { kind: 'internal', cure: 'Use `transaction` of the database, and read large sets by key.' },
  'database.bad-event': { kind: 'internal', cure: 'Fill every field of the envelope as its schema in contracts says.' },
  'database.unknown-topic': { kind: 'internal', cure: 'Name the topic among those that the relay was given.' },
})
