import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { productLineConverter } from './json-line.ts'
import { productFields } from './product-fields.ts'

// The formatter pads the columns of tables.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ {2,}\|/g, ' |')

describe('the page on importing products', () => {
  it('lists every field as the code describes it', () => {
    for (const [field, description] of Object.entries(productFields))
      expect(readme).toContain(`| \`${field}\` | ${description} |`)
  })

  it('shows a row that is taken and has every field', () => {
    const example = JSON.stringify(JSON.parse(/```json\n(.+?)\n```/s.exec(readme)?.[1] ?? ''))
    expect(productLineConverter()(example)).toMatchObject({ outcome: 'product', repairs: [] })
    expect(Object.keys(JSON.parse(example) as object).sort()).toEqual(Object.keys(productFields).sort())
  })
})
