import { expect, it } from 'vitest'
import { definitions } from '../../apps/eip/src/services.ts'

/** Whom a service asks while someone waits. A new line here is a decision: see docs/decisions/0005. */
const synchronousCalls: Record<string, string[]> = {
  gateway: ['search', 'catalog', 'indexer', 'embedding', 'ranking', 'inventory', 'logistics', 'orders'],
  search: [],
  catalog: [],
  embedding: [],
  indexer: [],
  inventory: [],
  logistics: [],
  orders: ['inventory'],
  ranking: [],
}

it('no service asks another that is not on the list', () => {
  expect(Object.fromEntries(definitions.map(({ name, calls }) => [name, [...calls]]))).toEqual(synchronousCalls)
})

it('search asks neither stock nor deliveries: they are columns of its view', () => {
  expect(synchronousCalls.search).not.toEqual(expect.arrayContaining(['inventory']))
  expect(synchronousCalls.search).not.toEqual(expect.arrayContaining(['logistics']))
})

it('no chain of calls is longer than gateway → A → B', () => {
  const depth = (name: string): number => 1 + Math.max(0, ...(synchronousCalls[name] ?? []).map(depth))
  expect(Math.max(...Object.keys(synchronousCalls).map(depth))).toBeLessThanOrEqual(3)
})

it('every topic that is read has one owner who publishes it', () => {
  for (const { name, consumes, follows = [] } of definitions)
    for (const topic of [...Object.values(consumes).flat(), ...follows]) {
      const owners = definitions.filter(({ publishes }) => publishes.includes(topic))
      expect([name, topic.name, owners.length]).toEqual([name, topic.name, 1])
    }
})
