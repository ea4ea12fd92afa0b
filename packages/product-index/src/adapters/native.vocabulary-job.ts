import { createIndexReader, type IndexWriter } from '@eip/engine-text-index'
import { indexSchema } from '../product-document.ts'
import type { VocabularyPart } from './native.messages.ts'
import { makeVocabulary } from './native.vocabulary.ts'
import { vocabularyParts } from './native.vocabulary-parts.ts'

type Told = Readonly<{ done: (part: VocabularyPart) => void; failed: (error: unknown) => void }>

/** The vocabulary in the making, in slices between the writer's other work. One at a time. */
export interface VocabularyJob {
  /** Part 0 begins it anew, over the products of the last commit; whoever asks is told when the part stands. */
  ask(index: IndexWriter, part: number, told: Told): void
  /** Goes on for about `budgetMs`; answers whether there is more to do. */
  run(budgetMs: number): boolean
}

export function createVocabularyJob(): VocabularyJob {
  let steps: Generator<void, VocabularyPart> | null = null
  let parts: Generator<VocabularyPart, void> | null = null
  let told: Told | null = null

  function* begin(index: IndexWriter): Generator<void, VocabularyPart> {
    const reader = createIndexReader(indexSchema)
    reader.apply(index.publication())
    const vocabulary = yield* makeVocabulary(reader.view())
    parts = vocabularyParts(vocabulary)
    return nextPart()
  }
  function nextPart(): VocabularyPart {
    const next = parts?.next()
    if (next === undefined || next.done === true) throw new RangeError('there is no such part of a vocabulary')
    // Nobody asks for more after the last one: nothing of it is kept.
    if (next.value.isLast) parts = null
    return next.value
  }
  function settle(how: (one: Told) => void): void {
    const one = told
    steps = null
    told = null
    if (one !== null) how(one)
  }

  return Object.freeze({
    ask(index: IndexWriter, part: number, whom: Told) {
      if (part === 0) {
        parts = null
        told = whom
        steps = begin(index)
        return
      }
      try {
        whom.done(nextPart())
      } catch (error) {
        whom.failed(error)
      }
    },
    run(budgetMs: number) {
      const deadline = performance.now() + budgetMs
      try {
        while (steps !== null && performance.now() < deadline) {
          const { done, value } = steps.next()
          if (done === true) settle((one) => one.done(value))
        }
      } catch (error) {
        settle((one) => one.failed(error))
      }
      return steps !== null
    },
  })
}
