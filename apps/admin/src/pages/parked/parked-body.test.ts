import { describe, expect, it } from 'vitest'
import { parkedBody } from './parked-body.ts'

describe("a parked message's body", () => {
  it('is indented where it is JSON', () =>
    expect(parkedBody('{"id":1}')).toEqual({ text: '{\n  "id": 1\n}', is: 'json' }))

  it('stands as it came where it is none', () =>
    expect(parkedBody('{"id": }')).toEqual({ text: '{"id": }', is: 'broken' }))

  it('is known to be cut by its length', () => expect(parkedBody('x'.repeat(20_000)).is).toBe('cut'))
})
