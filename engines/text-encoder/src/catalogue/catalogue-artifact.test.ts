import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFailure } from '@eip/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { syntheticCatalogue } from './catalogue-encoder.fixture.ts'
import { openCatalogueEncoder } from './open-catalogue-encoder.ts'
import { trainCatalogueEncoder } from './train-catalogue-encoder.ts'

let root: string
let whole: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'catalogue-artifact-'))
  whole = join(root, 'whole')
  trainCatalogueEncoder({ corpus: syntheticCatalogue(60), directory: whole, dimensions: 32 })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The file that opening a damaged copy complains of. */
function blamed(damage: (directory: string) => void): unknown {
  const directory = mkdtempSync(join(root, 'damaged-'))
  cpSync(whole, directory, { recursive: true })
  damage(directory)
  try {
    openCatalogueEncoder(directory)
  } catch (error) {
    if (!isFailure(error) || error.code !== 'text-encoder.bad-artifact') throw error
    expect(error.message).toContain(String(error.details.file))
    return error.details.file
  }
  return 'none'
}

function edited(directory: string, change: (content: Record<string, unknown>) => void): void {
  const path = join(directory, 'encoder.json')
  const content = JSON.parse(readFileSync(path, 'utf8'))
  change(content)
  writeFileSync(path, JSON.stringify(content))
}

test('a whole artefact opens', () => {
  expect(blamed(() => {})).toBe('none')
})

test.each(['encoder.json', 'terms.txt', 'rows.bin'])('without %s it is refused by that name', (file) => {
  expect(blamed((directory) => unlinkSync(join(directory, file)))).toBe(file)
})

test.each(['encoder.json', 'terms.txt', 'rows.bin'])('with %s cut short it is refused by that name', (file) => {
  expect(blamed((directory) => truncateSync(join(directory, file), 20))).toBe(file)
})

test('with one bit turned in the rows it is refused', () => {
  const damage = (directory: string) => {
    const path = join(directory, 'rows.bin')
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }
  expect(blamed(damage)).toBe('rows.bin')
})

test('one of a newer format or of another text analysis is refused', () => {
  expect(blamed((directory) => edited(directory, (content) => Object.assign(content, { format: 2 })))).toBe(
    'encoder.json',
  )
  expect(blamed((directory) => edited(directory, (content) => Object.assign(content, { analysis: 'x' })))).toBe(
    'encoder.json',
  )
})

test('one that says other dimensions than its rows have is refused', () => {
  expect(blamed((directory) => edited(directory, (content) => Object.assign(content, { dimensions: 48 })))).toBe(
    'rows.bin',
  )
})
