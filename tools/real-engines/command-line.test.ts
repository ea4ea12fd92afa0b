import { describe, expect, it } from 'vitest'
import { help, readCommandLine } from './command-line.ts'
import { settingsByVariable } from './settings.ts'

const read = (text: string) => readCommandLine(text.split(' ').filter(Boolean))

describe('the command line', () => {
  it('means all engines where none is named', () => {
    expect(read('install').engines).toEqual(['kafka', 'opensearch', 'redis', 'postgres', 'promtool'])
    expect(read('start').engines).toEqual(['kafka', 'opensearch', 'redis', 'postgres'])
    expect(read('start all')).toEqual(read('start'))
  })

  it('takes several names, each once', () => {
    expect(read('stop redis kafka redis').engines).toEqual(['kafka', 'redis'])
  })

  it('takes a number of nodes to start, and one node to stop, kill, start or restart', () => {
    expect(read('start opensearch --nodes 3')).toMatchObject({ verb: 'start', nodes: 3 })
    for (const verb of ['start', 'stop', 'kill', 'restart']) {
      expect(read(`${verb} opensearch --node 2`)).toMatchObject({ verb, node: 2 })
    }
  })

  it.each([
    ['begin', 'There is no command begin.'],
    ['toString', 'There is no command toString.'],
    ['start cassandra', 'start does not know cassandra; it knows kafka, opensearch, redis, postgres and all.'],
    ['start promtool', 'start does not know promtool; it knows kafka, opensearch, redis, postgres and all.'],
    ['wipe', 'wipe needs names: kafka, opensearch, redis, postgres, or all.'],
    ['kill', 'kill needs names: kafka, opensearch, redis, postgres, or all.'],
    ['env redis', 'env takes no names.'],
    ['start redis --nodes 3', '--nodes is for start opensearch.'],
    ['start --nodes 3', '--nodes is for start opensearch.'],
    ['wipe opensearch --node 1', '--node is for start, stop, restart, kill opensearch.'],
    ['start opensearch --nodes 0', '--nodes must be from 1 to 9 (it is "0").'],
    ['start opensearch --node two', '--node must be from 1 to 9 (it is "two").'],
    ['start opensearch --nodes 3 --node 2', 'Give either --nodes or --node.'],
    ['env --json', '--json is for status.'],
  ])('refuses "%s"', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'engines.wrong-use', message }))
  })

  it('refuses an unknown option by name', () => {
    expect(() => read('status --verbose')).toThrow(/--verbose/)
  })

  it('helps with every variable', () => {
    for (const variable of Object.keys(settingsByVariable)) expect(help()).toContain(variable)
    expect(read('').verb).toBe('help')
    expect(read('start --help').verb).toBe('help')
  })
})
