import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'

const page = (name: string) => readFileSync(join(repositoryRoot, name), 'utf8')
const english = page('README.md')
const korean = page('README.ko.md')

const commandsOf = (text: string) =>
  [...text.matchAll(/```(?:sh|console)\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')),
  )
const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '')
const headingLevels = (text: string) =>
  [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length)
const picturesAndLinks = (text: string) =>
  [...withoutCode(text).matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target)
const figuresOf = (text: string) =>
  [...withoutCode(text).matchAll(/^\|.*\|$/gm)].flatMap(([row]) => row.match(/\d+(?:[.,]\d+)*/g) ?? [])

describe('the two README pages', () => {
  it('show the same commands in the same order', () => {
    expect(commandsOf(korean)).toEqual(commandsOf(english))
    expect(commandsOf(english).length).toBeGreaterThan(5)
  })

  it('have the same headings, level by level', () => {
    expect(headingLevels(korean)).toEqual(headingLevels(english))
  })

  it('quote the same figures in their tables', () => {
    expect(figuresOf(korean)).toEqual(figuresOf(english))
  })

  it('link to the same files, which exist', () => {
    const local = (text: string) => picturesAndLinks(text).filter((target) => !/^(https?:|README)/.test(target ?? ''))
    expect(local(korean)).toEqual(local(english))
    for (const target of local(english)) expect(() => page(target as string)).not.toThrow()
  })

  it('name the two commands for a fresh machine', () => {
    expect(commandsOf(english)).toContain('npm ci && npm start')
    expect(commandsOf(english)).toContain('npm ci && npm test')
  })
})
