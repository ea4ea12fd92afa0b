import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { assertLocked, lockOf, readLock, writeLock } from './lock-file.ts'
import { kafkaDistribution, opensearchDistribution } from './maven.ts'

const pomOf = (path: string): string => readFileSync(path, 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '')

/** Names of the files that a pom asks for by itself, with its properties filled in. */
function artifactsOf(pom: string): readonly string[] {
  const properties = new Map(
    [...pom.matchAll(/<([\w.-]+\.version)>(.+)<\/\1>/g)].map(([, name, value]) => [name, value]),
  )
  const pattern = /<artifactId>(.+?)<\/artifactId><version>(.+?)<\/version>(?:<type>(.+?)<\/type>)?/g
  return [...pom.matchAll(pattern)].map(([, name, version = '', type = 'jar']) => {
    const filled = version.replace(/\$\{(.+?)\}/, (_, property: string) => properties.get(property) ?? '?')
    return `${name}-${filled}.${type}`
  })
}

describe('a lock', () => {
  it('admits what was locked and names each file that is changed, missing or new', () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'a.sha256')
    mkdirSync(join(directory.path, 'lib'))
    for (const name of ['one.jar', 'two.zip']) writeFileSync(join(directory.path, 'lib', name), name)
    writeLock(path, lockOf(directory.path))
    expect(() => assertLocked(readLock(path), lockOf(directory.path))).not.toThrow()

    const changed = new Map([...lockOf(directory.path), ['lib/one.jar', 'other'], ['lib/new.jar', 'new']])
    changed.delete('lib/two.zip')
    expect(() => assertLocked(readLock(path), changed)).toThrow(
      expect.objectContaining({
        code: 'engines.bad-checksum',
        message: expect.stringMatching(
          /lib\/new\.jar is not in .*; lib\/two\.zip is missing; lib\/one\.jar has the SHA-256 other/,
        ),
      }),
    )
  })
})

describe.each([kafkaDistribution, opensearchDistribution])('the lock file of $name', ({ pom, lock }) => {
  it('has every artefact that the pom names, in its version', () => {
    const locked = new Set([...readLock(lock).keys()].map((file) => file.slice(file.lastIndexOf('/') + 1)))
    const wanted = artifactsOf(pomOf(pom)).filter((file) => !file.startsWith('maven-dependency-plugin'))
    expect(wanted.length).toBeGreaterThan(1)
    expect(wanted.filter((file) => !locked.has(file))).toEqual([])
  })

  it('holds SHA-256 sums alone, in the form of sha256sum', () => {
    const lines = readFileSync(lock, 'utf8').trimEnd().split('\n')
    expect(lines.filter((line) => !/^[0-9a-f]{64} {2}\S+\.(jar|zip)$/.test(line))).toEqual([])
  })
})

describe('the provisioning', () => {
  it('names no repository: no file holds an address besides loopback and the schema of poms', () => {
    const files = [...globSync(join(import.meta.dirname, '**/*.*')), join(import.meta.dirname, '../engines')]
    const addresses = files
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => readFileSync(file, 'utf8').match(/\b[a-z]+:\/\/[^\s'"`<>]+/g) ?? [])
      .filter((address) => !/^(http|redis|postgres):\/\/(postgres@)?127\.0\.0\.1/.test(address))
    expect(addresses.filter((address) => !address.startsWith('http://maven.apache.org/POM/'))).toEqual([])
    const poms = files.filter((file) => file.endsWith('.xml')).map((file) => readFileSync(file, 'utf8'))
    expect(poms.filter((pom) => /<(repository|pluginRepository|mirror)>/.test(pom))).toEqual([])
  })
})
