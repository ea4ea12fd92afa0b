import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installCommand } from './debian.ts'
import { failure } from './failures.ts'
import { assertLocked, checksum, lockOf, readLock, writeLock } from './lock-file.ts'

const folder = join(import.meta.dirname, 'maven')

/** What is resolved through Maven: a pom with all versions, and the lock file with the checksums of all that it brings. */
export type Distribution = Readonly<{ name: 'kafka' | 'opensearch'; pom: string; lock: string }>

const distribution = (name: Distribution['name']): Distribution => ({
  name,
  pom: join(folder, `${name}.pom.xml`),
  lock: join(folder, `${name}.sha256`),
})

export const kafkaDistribution = distribution('kafka')
export const opensearchDistribution = distribution('opensearch')

/** `<kafka.version>4.4.0</kafka.version>` of the pom of Kafka. */
export function versionOfPom({ name, pom }: Distribution): string {
  const version = new RegExp(`<${name}\\.version>(.+)</${name}\\.version>`).exec(readFileSync(pom, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`${pom} has no property ${name}.version`)
  return version
}

/** Gives the folder of a distribution: as it lies there if it was made of the same inputs, else made anew.
 *  It is made aside and moved into place when it is whole, so that a broken install leaves nothing, and two may run at once. */
export function installDistribution(
  distribution: Distribution,
  libraries: string,
  inputs: string,
  finish: (directory: string) => void,
): void {
  const { name, pom, lock } = distribution
  const home = join(libraries, name)
  const sum = checksum(inputs + readFileSync(pom, 'utf8') + readFileSync(lock, 'utf8'))
  const stamp = `${versionOfPom(distribution)} ${sum}`
  if (stampOf(home) === stamp) return
  withStaging(libraries, (staging) => {
    resolvePom(name, pom, staging)
    assertLocked(readLock(lock), lockOf(staging))
    finish(staging)
    writeFileSync(join(staging, '.stamp'), stamp)
    chmodSync(staging, 0o755)
    rmSync(home, { recursive: true, force: true })
    renameSync(staging, home)
  })
}

/** Resolves again and writes down what came. */
export function renewLock({ name, pom, lock }: Distribution, libraries: string): number {
  return withStaging(libraries, (staging) => {
    resolvePom(name, pom, staging)
    const found = lockOf(staging)
    writeLock(lock, found)
    return found.size
  })
}

/** The version that lies there, which may be older than that of the pom; null where there is none. */
export const installedVersion = ({ name }: Distribution, libraries: string): string | null =>
  stampOf(join(libraries, name))?.split(' ')[0] ?? null

const stampOf = (home: string): string | null => {
  const file = join(home, '.stamp')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function withStaging<T>(libraries: string, work: (staging: string) => T): T {
  mkdirSync(libraries, { recursive: true })
  const staging = mkdtempSync(join(libraries, '.staging-'))
  try {
    return work(staging)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function resolvePom(name: string, pom: string, into: string): void {
  const maven = installCommand('mvn', ['maven'])
  const { status, stdout, stderr } = spawnSync(
    maven,
    ['--batch-mode', '--quiet', '--file', pom, 'package', `-Dtarget=${into}`],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (status === 0) return
  process.stderr.write(`${`${stdout}${stderr}`.split('\n').slice(-30).join('\n')}\n`)
  throw failure('engines.unresolved', `Maven could not resolve ${name}.`)
}
