import { expect, test } from 'vitest'
import { claimAsText, claimIn, lifeAmong } from './group-life.ts'

const begun = () => 'begun'

test('a life goes on while one of its members is there, and newcomers come into it', () => {
  expect(lifeAmong([undefined, { life: 'a', generation: 3 }, undefined], begun)).toBe('a')
})

test('an empty group begins a new one', () => {
  expect(lifeAmong([undefined, undefined], begun)).toBe('begun')
})

test('a member that was away comes into the life that began meanwhile', () => {
  const claims = [
    { life: 'a', generation: 5 },
    { life: 'b', generation: 6 },
  ]
  expect(lifeAmong(claims, begun)).toBe('b')
  expect(lifeAmong(claims.toReversed(), begun)).toBe('b')
})

test('claims come through as they were, and what is none counts as a newcomer', () => {
  const claim = { life: 'a', generation: 5 }
  expect(claimIn(claimAsText(claim))).toEqual(claim)
  for (const text of [claimAsText(undefined), 'x', 'null', '{}', '{"life":"","generation":1}'])
    expect(claimIn(text)).toBeUndefined()
})
