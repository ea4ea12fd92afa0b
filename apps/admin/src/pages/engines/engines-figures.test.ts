import { describe, expect, it } from 'vitest'
import { filledShare, formatBytes, poolRows } from './engines-figures.ts'

describe('the figures of engines', () => {
  it('has sizes in the unit that is read at a glance', () => {
    const sizes = [0, 999, 1_500, 23_456, 7_080_000, 5.2e9, 3e16]
    expect(sizes.map((bytes) => formatBytes(bytes, 'en'))).toEqual([
      ...['0 byte', '999 byte', '1.5 kB', '23 kB', '7.1 MB', '5.2 GB', '30,000 TB'],
    ])
  })

  it('says how much of the log a view has read', () => {
    const shares = [
      [0, 0],
      [0, 10],
      [30, 10],
      [40, 0],
    ].map(([eventsRead = 0, eventsLeft = 0]) => filledShare({ eventsRead, eventsLeft }))
    expect(shares).toEqual([1, 0, 0.75, 1])
  })

  it('lists the pools of all processes, each with where it is', () => {
    const pool = { schema: 'catalog', limit: 10, idle: 1, inUse: 2, waiting: 0 }
    const process = { services: ['catalog'], answers: true, engines: [] }
    const processes = [
      { ...process, runs: 'here', pools: [pool] },
      { ...process, runs: 'http://there', pools: [{ ...pool, schema: 'search' }] },
    ]
    expect(poolRows(processes).map(({ schema, runs }) => `${schema} ${runs}`)).toEqual([
      ...['catalog here', 'search http://there'],
    ])
  })
})
