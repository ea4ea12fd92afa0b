import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBelow, marksTo, reachOf, reliabilityPoints } from './reliability.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const bin = fc.record({
  ...{ from: share, to: share, said: fc.option(share), came: fc.option(share) },
  deliveries: fc.nat(10_000),
})

describe('the picture of reliability', () => {
  it('has a point for every step that holds deliveries, inside of the axes', () => {
    fc.assert(
      fc.property(fc.array(bin, { maxLength: 10 }), (bins) => {
        const points = reliabilityPoints(bins)
        const held = bins.filter(({ said, came, deliveries }) => said !== null && came !== null && deliveries > 0)
        expect(points.map(({ deliveries }) => deliveries)).toEqual(held.map(({ deliveries }) => deliveries))
        const reach = reachOf(points)
        expect(reach).toBeLessThanOrEqual(1)
        for (const { said, came } of points) expect(Math.max(said, came)).toBeLessThanOrEqual(reach + 1e-9)
      }),
    )
  })

  it('draws more deliveries larger, by area, and none too small to be seen', () => {
    const of = (deliveries: number) => ({ from: 0, to: 0.1, said: 0.05, came: 0.04, deliveries })
    const [most, quarter, least] = reliabilityPoints([of(10_000), of(2_500), of(1)])
    expect(most!.radius / quarter!.radius).toBeCloseTo(2)
    expect(least!.radius).toBeGreaterThanOrEqual(4)
  })

  it('marks its axes by round shares', () => {
    expect(marksTo(0.3)).toEqual([0, 0.1, 0.2, 0.3])
    expect(marksTo(0.7)).toEqual([0, 0.2, 0.4, 0.6])
    expect(marksTo(1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  })

  it('compares what is known', () => {
    expect([isBelow(1, 2), isBelow(2, 2), isBelow(null, 2)]).toEqual([true, false, undefined])
  })
})
