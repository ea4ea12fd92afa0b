import { expect, it } from 'vitest'
import { compareVersions, isOnItsWay, type SourceVersion, type ViewVersion } from './compare-versions.ts'

const source = (fields: Partial<SourceVersion> = {}): SourceVersion => ({
  ...{ id: 'a', version: 3, hash: 'h', isActive: true },
  ...fields,
})
const view = (fields: Partial<ViewVersion> = {}): ViewVersion => ({
  ...{ id: 'a', version: 3, hash: 'h', isFound: true },
  ...fields,
})
const deleted = source({ hash: null, isActive: false })
const inactive = source({ isActive: false })

it.each([
  ['same', source(), view()],
  ['missing', source(), null],
  ['missing', source(), view({ isFound: false })],
  ['missing', inactive, null],
  ['same', inactive, view({ isFound: false })],
  ['different', inactive, view()],
  ['stale', source(), view({ version: 2 })],
  ['different', source(), view({ version: 4 })],
  ['different', source(), view({ hash: 'other' })],
  ['unknown', source(), view({ hash: null })],
  ['same', deleted, null],
  ['same', deleted, view({ isFound: false, version: 2 })],
  ['stale', deleted, view({ version: 2 })],
  ['extra', deleted, view()],
  ['extra', null, view()],
  ['same', null, view({ isFound: false })],
] as const)('%s: the catalogue has %j, the view %j', (expected, inSource, inView) => {
  expect(compareVersions(inSource, inView)).toBe(expected)
})

it('takes what the catalogue said since it was first asked for on its way, and nothing else', () => {
  const [first, now] = [source(), source({ version: 5 })]
  expect([2, 3, 4, 5, 6].map((version) => isOnItsWay(first, now, view({ version })))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
  expect(isOnItsWay(first, now, null)).toBe(false)
})
