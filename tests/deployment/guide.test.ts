import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesFailure } from '@eip/file-store'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { environmentKeys } from '../../apps/eip/src/environment.ts'

const guide = readFileSync(join(repositoryRoot, 'docs/guides/deployment.md'), 'utf8')
const all = (pattern: RegExp) => [...guide.matchAll(pattern)].map(([, found]) => found!)

describe('docs/guides/deployment.md', () => {
  it('names files that there are', () => {
    const paths = all(/\b((?:deploy|config)\/[\w./-]*\w)/g).filter((path) => path !== 'deploy/.env')
    expect(paths.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([])
  })

  it('names settings that the program reads', () => {
    const keys = all(/`([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])\b/g)
    expect(keys.filter((key) => !environmentKeys.some((known) => known === key))).toEqual([])
    expect(keys).toContain('FILES_URL')
  })

  it('names failures that there are', () => {
    const codes = all(/`(files\.[a-z-]+)`/g)
    expect(codes.filter((code) => !(code in filesFailure.codes))).toEqual([])
  })
})
