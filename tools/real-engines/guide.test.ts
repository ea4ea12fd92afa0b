import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { kafkaDistribution, opensearchDistribution, versionOfPom } from './maven.ts'
import { settingsByVariable } from './settings.ts'

const guide = readFileSync(join(repositoryRoot, 'docs/guides/real-engines.md'), 'utf8')
const shell = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('')

describe('the guide to real engines', () => {
  it('gives commands that the tool understands', () => {
    const commands = [...shell.matchAll(/tools\/engines([^#&")\n]*)/g)].map(([, args = '']) => args.trim())
    expect(commands.length).toBeGreaterThan(10)
    for (const command of commands) expect(() => readCommandLine(command.split(/\s+/).filter(Boolean))).not.toThrow()
  })

  it('lists every variable with its default, and no other', () => {
    const rows = [...guide.matchAll(/^\| `(ENGINES_\w+)` *\| ([^|]+?) *\|/gm)]
    expect(rows.map(([, variable]) => variable)).toEqual(Object.keys(settingsByVariable))
    const fixed = Object.entries(settingsByVariable).filter(([, { fallback }]) => /^\d+[mg]?$/.test(fallback))
    for (const [variable, { fallback }] of fixed) {
      expect(rows.find(([, name]) => name === variable)?.[2]).toBe(fallback)
    }
  })

  it('names the versions of the poms', () => {
    expect(guide).toMatch(new RegExp(`^\\| kafka +\\| ${versionOfPom(kafkaDistribution)} `, 'm'))
    expect(guide).toMatch(new RegExp(`^\\| opensearch +\\| ${versionOfPom(opensearchDistribution)} `, 'm'))
  })
})
