import { describe, expect, it } from 'vitest'
import { startOrder } from './index.ts'

const service = (name: string, ...calls: string[]) => ({ name, calls })

describe('the start order', () => {
  it('puts callees before callers, and else keeps the order given', () => {
    const here = [
      service('gateway', 'search', 'catalog'),
      service('indexer'),
      service('search', 'ads'),
      service('catalog'),
      service('ads'),
    ]
    expect(startOrder(here, [], [])).toEqual(['ads', 'search', 'catalog', 'gateway', 'indexer'])
  })

  it('holds the services of this host alone, though others are known', () => {
    expect(startOrder([service('gateway', 'search')], [service('search', 'ads'), service('ads')], ['search'])).toEqual([
      'gateway',
    ])
  })

  it('names the members of a circle', () => {
    const here = [service('a', 'b'), service('b', 'c'), service('c', 'b')]
    expect(() => startOrder(here, [], [])).toThrow('in a circle: b → c → b')
  })

  it('finds a circle that goes through another host', () => {
    expect(() => startOrder([service('a', 'b')], [service('b', 'a')], ['b'])).toThrow('in a circle: a → b → a')
  })

  it('refuses a service that calls itself', () => {
    expect(() => startOrder([service('a', 'a')], [], [])).toThrow('in a circle: a → a')
  })

  it('names a callee that nobody describes, and one that has no address', () => {
    expect(() => startOrder([service('a', 'b')], [], ['b'])).toThrow('"a" calls "b", which no definition describes')
    expect(() => startOrder([service('a', 'b')], [service('b')], [])).toThrow(
      '"b", which is not in this host and has no address',
    )
  })

  it('refuses a name that stands twice', () => {
    expect(() => startOrder([service('a'), service('a')], [], [])).toThrow('the service "a" stands twice')
  })
})
