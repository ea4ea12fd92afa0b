import { readdirSync, writeFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { openEncoder } from '@eip/engine-text-encoder'
import { aProduct, temporaryDirectory, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { encoderTextOf } from '../domain/encoder-text.ts'
import { childEncoderTrainer } from './child.encoder-trainer.ts'

const script = new URL('./child.encoder-trainer.fixture.ts', import.meta.url)
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A training whose child does what the wish says; `pid` is the child's, once it has said so. */
function training(folder: string, wish: string) {
  const corpus = join(folder, 'corpus.jsonl')
  writeFileSync(corpus, wish)
  const stopping = new AbortController()
  const steps: { phase: string; share: number }[] = []
  const onProgress = (phase: string, share: number) => steps.push({ phase, share })
  const options = { corpus, directory: join(folder, 'artifact'), onProgress, signal: stopping.signal }
  const ended = childEncoderTrainer({ script }).train(options)
  ended.catch(() => {})
  const pid = async () => Number((await until('the child speaks', () => steps[0])).phase.split(' by ')[1])
  return { ended, steps, stopping, pid }
}

describe('a training in a child process', () => {
  it('says its steps, and whose artefact it wrote', async () => {
    using folder = temporaryDirectory()
    const { ended, steps } = training(folder.path, 'train')
    expect(await ended).toMatchObject({ encoder: 'a', dimensions: 2 })
    expect(steps.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75])
  })

  it('says what the child died of', async () => {
    using folder = temporaryDirectory()
    await expect(training(folder.path, 'die').ended).rejects.toMatchObject({
      ...{ code: 'embedding.training-failed', message: expect.stringContaining('not enough memory') },
    })
  })

  it('runs at low priority, and is gone when it is told to stop', async () => {
    using folder = temporaryDirectory()
    const { ended, stopping, pid } = training(folder.path, 'wait')
    const child = await pid()
    await until('its priority is low', () => getPriority(child) === constants.priority.PRIORITY_LOW)
    stopping.abort()
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
    expect(isAlive(child)).toBe(false)
  })

  it('that is killed says so', async () => {
    using folder = temporaryDirectory()
    const { ended, pid } = training(folder.path, 'wait')
    process.kill(await pid(), 'SIGKILL')
    await expect(ended).rejects.toThrow(/SIGKILL/)
  })
})

describe('the training of the catalogue encoder', () => {
  const titleOf = (i: number) =>
    `${['red', 'blue', 'green'][i % 3]} ${['shoe', 'bag', 'coat', 'hat'][i % 4]} number ${i}`
  const train = async (folder: string, products: number) => {
    const texts = Array.from({ length: products }, (_, i) => {
      return JSON.stringify(encoderTextOf(aProduct({ id: `p${i}`, title: titleOf(i), language: 'en' })))
    })
    const corpus = join(folder, 'corpus.jsonl')
    writeFileSync(corpus, `${texts.join('\n')}\n`)
    const directory = join(folder, 'artifact')
    const steps: number[] = []
    const onProgress = (_: string, share: number) => steps.push(share)
    const { signal } = new AbortController()
    const description = await childEncoderTrainer().train({ corpus, directory, onProgress, signal })
    return { description, directory, steps }
  }

  it('writes an artefact that opens and reads products', async () => {
    using folder = temporaryDirectory()
    const { description, directory, steps } = await train(folder.path, 120)
    expect(readdirSync(directory)).toContain('encoder.json')
    expect(steps.length).toBeGreaterThan(0)
    const encoder = await openEncoder(directory)
    expect(encoder.description).toEqual(description)
    expect(await encoder.encodeQueries(['red shoe'])).toHaveLength(description.dimensions)
    await encoder.close()
  })

  it('fails with a sentence on too few products', async () => {
    using folder = temporaryDirectory()
    await expect(train(folder.path, 2)).rejects.toMatchObject({
      ...{ code: 'embedding.training-failed', message: expect.stringMatching(/2/) },
    })
  })
})
