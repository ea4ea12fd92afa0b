import { expect, it } from 'vitest'
import { type MigrationSet, planMigrations, type RecordedMigration } from './migration.ts'

const notes: MigrationSet = {
  owner: 'notes',
  migrations: [
    { name: '0001-notes', sql: 'CREATE TABLE note (id)' },
    { name: '0002-titles', sql: 'ALTER TABLE note ADD title' },
  ],
}
const tags: MigrationSet = { owner: 'tags', migrations: [{ name: '0001-tags', sql: 'CREATE TABLE tag (id)' }] }

const recordOf = (sets: readonly MigrationSet[]): RecordedMigration[] =>
  planMigrations('f', sets, []).map(({ owner, position, name, checksum }) => ({ owner, position, name, checksum }))
const namesOf = (pending: readonly RecordedMigration[]) => pending.map(({ owner, name }) => `${owner}/${name}`)

it('runs everything on an empty file, in the order listed', () => {
  expect(namesOf(planMigrations('f', [notes, tags], []))).toEqual([
    'notes/0001-notes',
    'notes/0002-titles',
    'tags/0001-tags',
  ])
})

it('runs only what the file has not seen, whichever owner grew', () => {
  const first = { owner: 'notes', migrations: notes.migrations.slice(0, 1) }
  expect(namesOf(planMigrations('f', [notes, tags], recordOf([first, tags])))).toEqual(['notes/0002-titles'])
  expect(planMigrations('f', [notes, tags], recordOf([notes, tags]))).toEqual([])
})

it('refuses a file that knows more, by its name', () => {
  const first = { owner: 'notes', migrations: notes.migrations.slice(0, 1) }
  expect(() => planMigrations('catalog.sqlite', [first], recordOf([notes]))).toThrow(
    /^catalog\.sqlite was written by a newer version: it holds the migration "notes\/0002-titles"/,
  )
  expect(() => planMigrations('catalog.sqlite', [notes], recordOf([notes, tags]))).toThrow(
    expect.objectContaining({ code: 'database.newer-version' }),
  )
})

it('refuses a migration that was edited after it ran', () => {
  const edited = { owner: 'tags', migrations: [{ name: '0001-tags', sql: 'CREATE TABLE tag (id, name)' }] }
  expect(() => planMigrations('f', [edited], recordOf([tags]))).toThrow(
    expect.objectContaining({ code: 'database.changed-migration' }),
  )
})
