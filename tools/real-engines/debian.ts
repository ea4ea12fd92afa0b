import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from './account.ts'
import { failure } from './failures.ts'
import { say } from './output.ts'

const script = join(import.meta.dirname, 'apt-install.sh')
const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin']

export const commandPath = (name: string): string | null =>
  folders.map((folder) => join(folder, name)).find(existsSync) ?? null

/** Installs the first of the packages that apt knows. Never starts the services that packages bring. */
export function installPackage(what: string, packages: readonly string[]): void {
  if (commandPath('apt-get') === null)
    throw failure('engines.no-apt', `There is no ${what}, and no apt-get to install it with (${packages[0]}).`)
  const root = isRoot ? [] : ['sudo', '-n']
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0)
    throw failure('engines.not-root', `There is no ${what}; it takes root to apt-get install ${packages[0]}.`)
  say(`${what} is missing: installing the package ${packages[0]}`)
  const [program = script, ...rest] = [...root, script, ...packages]
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  throw failure('engines.package-refused', `apt-get could not install ${packages.join(' or ')}.`)
}

/** Gives where the command is, after fetching it where it was missing. */
export function installCommand(name: string, packages: readonly string[]): string {
  if (commandPath(name) === null) installPackage(name, packages)
  return commandPath(name) ?? name
}

/** The version that a command says of itself; null where there is no such command. */
export function versionOf(path: string | null, flag = '--version'): string | null {
  if (path === null) return null
  const { stdout, stderr } = spawnSync(path, [flag], { encoding: 'utf8' })
  return /\d+\.\d+(\.\d+)*/.exec(`${stdout}${stderr}`)?.[0] ?? null
}
