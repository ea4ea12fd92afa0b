import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const depcruise = join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
const { forbidden } = createRequire(import.meta.url)(join(repositoryRoot, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[]
}

/** For each rule, files that break it and nothing else: path → what it imports. */
const violations: Record<string, Record<string, string[]>> = {
  'no-circles': { 'packages/a/src/one.ts': ['./two.ts'], 'packages/a/src/two.ts': ['./one.ts'] },
  'no-unresolved': { 'packages/a/src/one.ts': ['./absent.ts'] },
  'kernel-imports-nothing': { 'packages/kernel/src/one.ts': ['../../a/src/two.ts'], 'packages/a/src/two.ts': [] },
  'contracts-import-kernel-and-schemas': {
    'packages/contracts/src/one.ts': ['../../a/src/two.ts'],
    'packages/a/src/two.ts': [],
  },
  'packages-import-packages': {
    'packages/a/src/one.ts': ['../../../services/b/src/index.ts'],
    'services/b/src/index.ts': [],
  },
  'engines-behind-adapters': {
    'packages/a/src/one.ts': ['../../../engines/b/src/index.ts'],
    'engines/b/src/index.ts': [],
  },
  'engines-import-engines-and-kernel': {
    'engines/a/src/one.ts': ['../../../packages/contracts/src/index.ts'],
    'packages/contracts/src/index.ts': [],
  },
  'services-know-no-services': {
    'services/a/src/one.ts': ['../../b/src/index.ts'],
    'services/b/src/index.ts': [],
  },
  'services-know-no-apps': { 'services/a/src/one.ts': ['../../../apps/b/src/index.ts'], 'apps/b/src/index.ts': [] },
  'domain-is-pure': { 'services/a/src/domain/one.ts': ['../ports/two.ts'], 'services/a/src/ports/two.ts': [] },
  'ports-see-domain-only': {
    'services/a/src/ports/one.ts': ['../application/two.ts'],
    'services/a/src/application/two.ts': [],
  },
  'application-sees-ports-and-domain': {
    'services/a/src/application/one.ts': ['../a.service.ts'],
    'services/a/src/a.service.ts': [],
  },
  'nobody-imports-its-adapters': {
    'services/a/src/a.service.ts': ['./adapters/two.ts'],
    'services/a/src/adapters/two.ts': [],
  },
  'pipelines-import-lake-and-contracts': {
    'pipelines/a/src/one.ts': ['../../../packages/runtime/src/index.ts'],
    'packages/runtime/src/index.ts': [],
  },
  'index-writer-for-indexer-alone': {
    'services/search/src/one.ts': ['../../../packages/product-index/src/product-index-writer.port.ts'],
    'packages/product-index/src/product-index-writer.port.ts': [],
  },
  'call-library-in-rpc-alone': { 'services/a/src/one.ts': ['@orpc/server'] },
  'network-clients-in-adapters': { 'services/a/src/one.ts': ['pg'] },
  'sqlite-in-adapters': { 'packages/a/src/one.ts': ['node:sqlite'] },
  'duckdb-in-lake-alone': { 'pipelines/a/src/one.ts': ['@duckdb/node-api'] },
}

async function brokenRules(root: string): Promise<string[]> {
  const folders = ['apps', 'services', 'engines', 'packages', 'pipelines']
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true })
  cpSync(join(repositoryRoot, '.dependency-cruiser.cjs'), join(root, '.dependency-cruiser.cjs'))
  cpSync(join(repositoryRoot, 'tsconfig.json'), join(root, 'tsconfig.json'))
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  // Violations make the command fail; what it found is on its standard output all the same.
  const { stdout } = await run(process.execPath, args, { cwd: root, maxBuffer: 1e8 }).catch(
    (error: { stdout: string }) => error,
  )
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } }
  return [...new Set(summary.violations.map((violation) => violation.rule.name))]
}

describe('the arrows between rooms', () => {
  it('has a file for every rule that breaks it', () => {
    expect(Object.keys(violations).toSorted()).toEqual(forbidden.map((rule) => rule.name).toSorted())
  })

  it.each(Object.keys(violations))('refuses what breaks %s', async (rule) => {
    using directory = temporaryDirectory()
    for (const [path, imports] of Object.entries(violations[rule] ?? {})) {
      mkdirSync(dirname(join(directory.path, path)), { recursive: true })
      const lines = imports.map(
        (name, index) => `import * as i${index} from '${name}'\nexport const e${index} = i${index}\n`,
      )
      writeFileSync(join(directory.path, path), `${lines.join('')}export const name = 1\n`)
    }
    // Packages are not installed in the temporary tree: an import by name is unresolved there, and known by its name.
    const found = (await brokenRules(directory.path)).filter((name) => name === rule || name !== 'no-unresolved')
    expect(found).toEqual([rule])
  })
})
