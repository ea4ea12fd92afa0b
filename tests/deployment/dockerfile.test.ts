import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { environmentKeys, readEnvironment } from '../../apps/eip/src/environment.ts'
import { deployFolder } from './deploy-tool.ts'

const text = readFileSync(join(deployFolder, 'Dockerfile'), 'utf8')
const json = (path: string) => JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8'))

describe('deploy/Dockerfile', () => {
  it('runs on the runtime that the repository pins, from an exact base that may be given by digest', () => {
    const base = `node:${json('package.json').dependencies.node}-bookworm-slim`
    expect(text).toContain(`ARG NODE_IMAGE=${base}\n`)
    expect(new Set([...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image))).toEqual(new Set([`\${NODE_IMAGE}`]))
  })

  it('sets only what the program knows, and what it accepts', () => {
    const pairs = /^ENV (.+)$/m
      .exec(text)![1]!
      .split(' ')
      .map((pair) => pair.split('=') as [string, string])
    const { NODE_ENV, ...settings } = Object.fromEntries(pairs)
    expect(NODE_ENV).toBe('production')
    expect(Object.keys(settings).filter((key) => !environmentKeys.some((known) => known === key))).toEqual([])
    expect(readEnvironment(settings)).toMatchObject({ HOST: '0.0.0.0', PORT: 8080, DEMO: false })
    expect(text).toContain('EXPOSE 8080')
  })

  it('ends as a user without rights, with the program as its first process', () => {
    const last = text.slice(text.lastIndexOf('FROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/^ENTRYPOINT \["node", "apps\/eip\/src\/main.ts"\]$/m)
    expect(last).not.toMatch(/^RUN .*(apt|npm|curl)/m)
  })

  it('copies what there is, and every folder of sources that the program stands on', () => {
    const last = text.slice(text.lastIndexOf('FROM '))
    const copied = [...last.matchAll(/^COPY (?!--from)(\S+) (\S+)$/gm)].map(([, from]) => from!)
    for (const path of copied) expect([path, existsSync(join(repositoryRoot, path))]).toEqual([path, true])
    const rooms = (json('package.json').workspaces as string[]).map((pattern) => pattern.split('/')[0]!)
    for (const room of rooms) expect(copied.some((path) => path.split('/')[0] === room)).toBe(true)
  })

  it('leaves settings and secrets outside the build', () => {
    const ignored = readFileSync(join(deployFolder, 'Dockerfile.dockerignore'), 'utf8').split('\n')
    expect(ignored.filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('**')
    expect(ignored).toEqual(expect.arrayContaining(['**/*.env', '**/.env*']))
  })
})
