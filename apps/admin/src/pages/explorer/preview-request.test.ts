import { describe, expect, it } from 'vitest'
import { standardSides } from './explorer-state.ts'
import { previewRequest } from './preview-request.ts'

const document = { weights: { text: 1 }, features: { text: {} } }

describe('what a side asks for', () => {
  it('is what the shop does, as long as nothing is chosen', () => {
    const request = previewRequest('kettle', '', standardSides.left, undefined)
    expect(request).toMatchObject({ query: 'kettle', mode: 'ranked', understand: true, explain: true })
    expect(request).not.toHaveProperty('encoder')
    expect(request).not.toHaveProperty('policy')
    expect(request).not.toHaveProperty('region')
  })

  it('names policy and encoder where the mode has a use for them', () => {
    const side = { ...standardSides.left, encoder: 'none', policy: 'draft' }
    expect(previewRequest('x', 'SP', side, document)).toMatchObject({ encoder: 'none', policy: document, region: 'SP' })
    expect(previewRequest('x', 'SP', { ...side, mode: 'vector' }, document)).not.toHaveProperty('policy')
    expect(previewRequest('x', 'SP', { ...side, mode: 'bm25' }, document)).not.toHaveProperty('encoder')
  })
})
