import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { catalogueNames } from '../../apps/eip/src/parity/asked-catalogue.ts'
import { portModels } from '../../apps/eip/src/parity/parity-requests.ts'

const page = readFileSync(join(repositoryRoot, 'docs/parity.md'), 'utf8')
const printed = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n')

describe('the page on parity', () => {
  it('explains every model, and shows what was printed of it', () => {
    for (const model of [...portModels, 'opensearch-hybrid']) {
      expect(page).toContain(`| \`${model}\``)
      expect(printed).toMatch(new RegExp(`^${model} +all `, 'm'))
    }
  })

  it('shows every catalogue', () => {
    for (const name of catalogueNames) expect(printed).toMatch(new RegExp(`^${name} `, 'm'))
  })
})
