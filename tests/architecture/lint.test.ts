import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome')

async function complaints(source: string): Promise<string> {
  using directory = temporaryDirectory()
  const configuration = JSON.parse(readFileSync(join(repositoryRoot, 'biome.json'), 'utf8'))
  // The temporary tree is no git checkout.
  writeFileSync(
    join(directory.path, 'biome.json'),
    JSON.stringify({ ...configuration, $schema: undefined, vcs: { enabled: false } }),
  )
  cpSync(join(repositoryRoot, 'tools'), join(directory.path, 'tools'), { recursive: true })
  writeFileSync(join(directory.path, 'file.ts'), source)
  return await run(process.execPath, [biome, 'lint', 'file.ts'], { cwd: directory.path }).then(
    () => '',
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  )
}

it.each([
  ['["b"].sort((x, y) => x.localeCompare(y))', "host's locale"],
  ['(5).toLocaleString()', "host's locale"],
  ['"I".toLocaleLowerCase()', "host's locale"],
  ['new Intl.Collator("en")', "host's locale"],
  ['process.env.PORT', 'noProcessEnv'],
  ['(5 as any)', 'noExplicitAny'],
  ['console.log(5)', 'noConsole'],
])('the lint refuses %s', async (expression, complaint) => {
  expect(await complaints(`export const value = ${expression}\n`)).toContain(complaint)
})

it('the lint accepts what breaks no rule', async () => {
  expect(await complaints('export const value = [3, 1].toSorted((x, y) => x - y)\n')).toBe('')
})
