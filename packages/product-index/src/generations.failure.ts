import { failures } from '@eip/kernel'
import { type Book, stateOf } from './generation-book.ts'

export const generationFailure = failures({
  'product-index.generation-filling': {
    kind: 'conflict',
    cure: 'Wait until the rebuild that runs has ended, or give it up: npx eip rebuild --roll-back.',
  },
  'product-index.generation-serves': { kind: 'conflict', cure: 'Let another generation serve first.' },
  'product-index.no-such-generation': { kind: 'not-found', cure: 'List the generations: npx eip rebuild --status.' },
  'product-index.generations-unreadable': {
    kind: 'invalid',
    cure: 'A newer program may have made it: start that one. Else remove the index folder, or give OPENSEARCH_INDEX_PREFIX another value: the view is then built anew from the events.',
  },
})

/** Refuses a second one while one fills. */
export function requireNoneFilling(book: Book): void {
  const filling = book.generations.find((entry) => stateOf(book, entry) === 'filling')
  if (filling === undefined) return
  const message = `generation "${filling.name}" is still filling`
  throw generationFailure('product-index.generation-filling', message, { name: filling.name })
}

/** Refuses a name that there is not. */
export function requireKnown(book: Book, name: string): void {
  if (book.generations.some((entry) => entry.name === name)) return
  throw generationFailure('product-index.no-such-generation', `there is no generation "${name}"`, { name })
}

/** Refuses to let go of the one that serves, and of one that there is not. */
export function requireDroppable(book: Book, name: string): void {
  requireKnown(book, name)
  if (name !== book.serving) return
  throw generationFailure('product-index.generation-serves', `generation "${name}" is the one that serves`, { name })
}
