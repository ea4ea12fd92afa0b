import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  draftFaults,
  emptyDraft,
  ruleLike,
  ruleOf,
  rulesSharing,
  rulesWith,
  ruleText,
  suggestedId,
} from './synonym-draft.ts'

const draft = { ...emptyDraft, id: 'sofa', from: ['sofa', 'couch'] }

describe('a rule that is written', () => {
  it('may be saved where every field is right', () => {
    expect(draftFaults(draft, ['tv'])).toEqual({})
    expect(draftFaults({ ...draft, kind: 'one-way', from: ['tv'], to: ['television'] }, [])).toEqual({})
  })

  it('is like another that has the same words, in whatever order and case', () => {
    const other = { id: 'seats', kind: 'two-way', from: ['Couch', 'sofa'], to: [] } as const
    const rules = [{ ...other, from: [...other.from], to: [] }]
    expect(ruleLike(draft, rules)?.id).toBe('seats')
    expect(ruleLike({ ...draft, id: 'seats' }, rules)).toBeUndefined()
    expect(ruleLike({ ...draft, from: ['sofa', 'settee'] }, rules)).toBeUndefined()
    expect(ruleLike({ ...draft, kind: 'one-way', to: ['seat'] }, rules)).toBeUndefined()
  })

  it('is told what each side lacks', () => {
    expect(draftFaults({ ...draft, from: ['sofa'] }, [])).toEqual({ from: { key: 'needTwoWords' } })
    expect(draftFaults({ ...draft, kind: 'one-way', from: [], to: [] }, [])).toEqual({
      from: { key: 'needWord' },
      to: { key: 'needWord' },
    })
  })

  it('takes words that differ in case or spaces for one', () => {
    expect(draftFaults({ ...draft, from: ['Sofa', ' sofa '] }, []).from).toEqual({
      key: 'repeatedWord',
      word: ' sofa ',
    })
    expect(draftFaults({ ...draft, kind: 'one-way', from: ['TV'], to: ['tv'] }, []).to).toEqual({
      key: 'meansItself',
      word: 'tv',
    })
  })

  it('has words of at most 100 characters, at most 20 on a side', () => {
    const long = draftFaults({ ...draft, from: ['x'.repeat(101), 'y'] }, []).from
    expect(long).toEqual({ key: 'longWord', word: `${'x'.repeat(30)}…` })
    const many = Array.from({ length: 21 }, (_, at) => `word ${at}`)
    expect(draftFaults({ ...draft, from: many }, []).from).toEqual({ key: 'tooManyWords' })
  })

  it('does not silently replace another by its name', () => {
    expect(draftFaults(draft, ['sofa'])).toEqual({ id: { key: 'takenName' } })
    expect(draftFaults({ ...draft, id: 'Sofa!' }, [])).toEqual({ id: { key: 'badName' } })
  })

  it('leaves the right side out where it is two-way', () => {
    expect(ruleOf({ ...draft, from: [' sofa', 'couch'], to: ['left over'] })).toEqual({
      ...{ id: 'sofa', kind: 'two-way', from: ['sofa', 'couch'], to: [] },
    })
  })
})

describe('a name for a rule', () => {
  it('is its first Latin word', () => {
    expect(suggestedId(['소파', 'Café Table'], [])).toBe('cafe-table')
    expect(suggestedId(['소파'], [])).toBe('rule-1')
    expect(suggestedId(['sofa'], ['sofa', 'sofa-2'])).toBe('sofa-3')
  })

  it('is always right and never taken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.array(fc.constantFrom('a', 'b', 'rule-1', 'a-2')),
        (words, taken) => {
          expect(draftFaults({ ...draft, id: suggestedId(words, taken) }, taken)).toEqual({})
        },
      ),
    )
  })
})

describe('rules', () => {
  const rules = [
    { ...{ id: 'tv', kind: 'one-way' as const }, from: ['TV'], to: ['television'] },
    { ...{ id: 'sofa', kind: 'two-way' as const }, from: ['sofa', '소파'], to: [] },
  ]

  it('are found by any of their words, or by name', () => {
    expect(rulesWith(rules, ' 소파 ').map(({ id }) => id)).toEqual(['sofa'])
    expect(rulesWith(rules, 'TELE').map(({ id }) => id)).toEqual(['tv'])
    expect(rulesWith(rules, '')).toEqual(rules)
  })

  it('are told that a loop may lead through', () => {
    const shared = rulesSharing({ ...draft, id: 'new', from: ['Television', 'screen'] }, rules)
    expect(shared.map(({ id }) => id)).toEqual(['tv'])
    expect(rulesSharing(draft, rules)).toEqual([])
  })

  it('are written in one line', () => {
    expect(rules.map(ruleText)).toEqual(['TV → television', 'sofa = 소파'])
  })
})
