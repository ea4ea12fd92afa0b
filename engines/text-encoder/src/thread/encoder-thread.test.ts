import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openEncoder } from '../open-encoder.ts'
import { cosine, product, realModel, row, smallModel, smallWidth } from '../transformer/model-folder.fixture.ts'
import { openEncoderThread } from './encoder-thread.ts'
import { threadClient } from './thread-client.ts'

const products = (count: number) =>
  Array.from({ length: count }, (_, at) => product('red shoe', 'lamp '.repeat(at % 20)))

/** A thread that says it has opened, takes a request, and dies of it. */
const dyingThread = (death: string) => {
  const description = { encoder: 'dying', kind: 'catalogue', name: 'Dying', dimensions: 1, languages: null }
  const source = `const { parentPort } = require('node:worker_threads')
    parentPort.on('message', () => { ${death} })
    parentPort.postMessage({ kind: 'opened', description: ${JSON.stringify(description)} })`
  return new Worker(source, { eval: true, execArgv: [] })
}

describe('an encoder in a thread', () => {
  it('answers what the encoder itself answers', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path)
    const [here, there] = await Promise.all([openEncoder(folder), openEncoderThread(folder)])
    expect(there.description).toEqual(here.description)
    expect(await there.encodeQueries(['red', '', 'blue boot'])).toEqual(
      await here.encodeQueries(['red', '', 'blue boot']),
    )
    const [ours, theirs] = await Promise.all([here.encodeProducts(products(50)), there.encodeProducts(products(50))])
    for (let at = 0; at < 50; at++) expect(cosine(row(ours, at), row(theirs, at))).toBeCloseTo(1, 5)
    expect(await there.encodeProducts([])).toEqual(new Float32Array())
    await Promise.all([here.close(), there.close()])
  })

  it('answers queries while products wait', async () => {
    using directory = temporaryDirectory()
    const encoder = await openEncoderThread(smallModel(directory.path))
    const answered: string[] = []
    const catalogue = encoder.encodeProducts(products(2_000)).then(() => answered.push('products'))
    for (let query = 0; query < 5; query++) {
      await encoder.encodeQueries([`red ${query}`])
      answered.push('query')
    }
    await catalogue
    expect(answered).toEqual(['query', 'query', 'query', 'query', 'query', 'products'])
    await encoder.close()
  })

  it('refuses more requests than may wait, of each kind for itself', async () => {
    using directory = temporaryDirectory()
    const encoder = await openEncoderThread(smallModel(directory.path), { mostWaiting: 2 })
    const catalogue = [encoder.encodeProducts(products(500)), encoder.encodeProducts(products(500))]
    await expect(encoder.encodeProducts(products(1))).rejects.toMatchObject({ code: 'text-encoder.overloaded' })
    expect((await encoder.encodeQueries(['red'])).length).toBe(smallWidth)
    await Promise.all(catalogue)
    expect((await encoder.encodeProducts(products(1))).length).toBe(smallWidth)
    await encoder.close()
  })

  it('answers what was asked before it is closed, and refuses what comes later', async () => {
    using directory = temporaryDirectory()
    const encoder = await openEncoderThread(smallModel(directory.path))
    const busy = Promise.all([encoder.encodeProducts(products(300)), encoder.encodeQueries(['red'])])
    const closed = encoder.close()
    await expect(encoder.encodeQueries(['late'])).rejects.toMatchObject({ code: 'text-encoder.stopped' })
    expect((await busy).map((vectors) => vectors.length)).toEqual([300 * smallWidth, smallWidth])
    await closed
    await encoder.close()
    await expect(encoder.encodeQueries(['later'])).rejects.toMatchObject({ code: 'text-encoder.stopped' })
  })

  it.each([
    ['ends', 'process.exit(3)', 'code 3'],
    ['throws', "throw new Error('out of memory')", 'out of memory'],
  ])('fails all that wait and all that come when its thread %s', async (_, death, reason) => {
    const encoder = await threadClient(dyingThread(death), 'dying', 64)
    const stopped = { code: 'text-encoder.stopped', message: expect.stringContaining(reason) }
    const waiting = await Promise.allSettled([encoder.encodeQueries(['a']), encoder.encodeProducts(products(3))])
    for (const outcome of waiting) expect(outcome).toMatchObject({ status: 'rejected', reason: stopped })
    await expect(encoder.encodeQueries(['b'])).rejects.toMatchObject(stopped)
    await encoder.close()
  })

  it('is refused as the encoder itself is, by the name of the file', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path)
    rmSync(join(folder, 'tokenizer.json'))
    await expect(openEncoderThread(folder)).rejects.toMatchObject({
      code: 'text-encoder.bad-model',
      kind: 'invalid',
      message: expect.stringContaining('tokenizer.json'),
    })
  })
})

describe.skipIf(!realModel.isThere)(`all-MiniLM-L6-v2 in a thread${realModel.skipReason}`, () => {
  it('answers queries while products wait, and leaves this thread free', async () => {
    const encoder = await openEncoderThread(realModel.path)
    const before = performance.eventLoopUtilization()
    const answered: string[] = []
    const long = Array.from({ length: 16 }, (_, at) =>
      product(`HP ${at} notebook`, 'with a bright display '.repeat(20)),
    )
    const catalogue = encoder.encodeProducts(long).then(() => answered.push('products'))
    for (const query of ['laptop', 'screen']) {
      const vector = await encoder.encodeQueries([query])
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
      answered.push('query')
    }
    await catalogue
    expect(answered).toEqual(['query', 'query', 'products'])
    // Encoding in this thread would keep it busy all the time.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
    await encoder.close()
  })
})
