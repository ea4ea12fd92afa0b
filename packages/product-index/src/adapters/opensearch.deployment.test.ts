import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { expect, it } from 'vitest'
import { deploymentFiles } from './opensearch.deployment.ts'

const folder = join(repositoryRoot, 'deploy/opensearch')
const settings = { shards: 1, replicas: 1, vectorEngine: 'lucene', hasNori: true } as const
const files = deploymentFiles(settings, 'ENCODER', 384)

if (process.env.RENDER_DEPLOYMENT === '1') {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
}

it('deploy/opensearch holds what the program makes (RENDER_DEPLOYMENT=1 writes it anew)', () => {
  const written = readdirSync(folder).filter((name) => name.endsWith('.json'))
  expect(
    Object.fromEntries(written.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))])),
  ).toEqual(files)
})
