import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { announcedPlatform, knownSigningKey, openDataDirectory, signingKey } from './data-directory.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

describe('a data directory', () => {
  it('is made at its first opening and remembers what it holds', () => {
    using at = temporaryDirectory()
    const path = join(at.path, 'deep', 'data')
    const first = openDataDirectory(path, 'filling')
    expect([first.isNew, first.demo()]).toEqual([true, 'filling'])
    first.setDemo('filled')
    first.close()
    const second = openDataDirectory(path, 'none')
    expect([second.isNew, second.demo()]).toEqual([false, 'filled'])
    second.close()
  })

  it('has the key of a platform that runs elsewhere only where one was made or given', () => {
    using at = temporaryDirectory()
    expect(codeOf(() => knownSigningKey(join(at.path, 'absent'), undefined))).toBe('data-directory.no-key')
    expect(knownSigningKey(at.path, 'given')).toEqual(new TextEncoder().encode('given'))
    const made = signingKey(at.path, undefined)
    expect(knownSigningKey(at.path, undefined)).toEqual(made)
  })

  it('says that a file is no directory', () => {
    using at = temporaryDirectory()
    const file = join(at.path, 'file')
    writeFileSync(file, '')
    for (const path of [file, join(file, 'below')])
      expect(codeOf(() => openDataDirectory(path, 'none'))).toBe('data-directory.unreadable')
  })

  it('is for one opener at a time', () => {
    using at = temporaryDirectory()
    const first = openDataDirectory(at.path, 'none')
    expect(codeOf(() => openDataDirectory(at.path, 'none'))).toBe('data-directory.in-use')
    first.close()
    openDataDirectory(at.path, 'none').close()
  })

  it('is free again after its process was killed', async () => {
    using at = temporaryDirectory()
    const script = `import { openDataDirectory } from '${import.meta.resolve('./data-directory.ts')}'
      openDataDirectory(process.argv[1], 'none'); console.log('open'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, at.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(codeOf(() => openDataDirectory(at.path, 'none'))).toBe('data-directory.in-use')
    child.kill('SIGKILL')
    await once(child, 'exit')
    await until('the lock is free', () => codeOf(() => openDataDirectory(at.path, 'none').close()) === 'none')
  })

  it('of a newer version is refused and left as it is', () => {
    using at = temporaryDirectory()
    writeFileSync(join(at.path, 'format.json'), '{"format":2,"novelty":true}')
    expect(codeOf(() => openDataDirectory(at.path, 'none'))).toBe('data-directory.newer-version')
    expect(readFileSync(join(at.path, 'format.json'), 'utf8')).toBe('{"format":2,"novelty":true}')
  })

  it('with a broken format file is refused', () => {
    using at = temporaryDirectory()
    writeFileSync(join(at.path, 'format.json'), '{')
    expect(codeOf(() => openDataDirectory(at.path, 'none'))).toBe('data-directory.unreadable')
  })

  it('says where its platform answers, until it is closed', () => {
    using at = temporaryDirectory()
    const directory = openDataDirectory(at.path, 'none')
    expect(announcedPlatform(at.path)).toBeNull()
    directory.announce('http://127.0.0.1:8080')
    expect(announcedPlatform(at.path)).toBe('http://127.0.0.1:8080')
    directory.close()
    expect(announcedPlatform(at.path)).toBeNull()
  })

  it('keeps one signing key, readable by its owner alone', () => {
    using at = temporaryDirectory()
    const key = signingKey(at.path, undefined)
    expect(Buffer.from(new TextDecoder().decode(key), 'base64')).toHaveLength(32)
    expect(signingKey(at.path, undefined)).toEqual(key)
    expect(signingKey(at.path, new TextDecoder().decode(key))).toEqual(key)
    expect(statSync(join(at.path, 'signing.key')).mode & 0o077).toBe(0)
    expect(signingKey(at.path, 'x'.repeat(40))).toEqual(new TextEncoder().encode('x'.repeat(40)))
  })
})
