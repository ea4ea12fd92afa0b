import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { repositoryRoot, sharedData, temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'

type Ended = Readonly<{ status: number; out: string; err: string }>
const program = join(repositoryRoot, 'apps/eip/src/main.ts')

/** Runs the command to its end, in a data directory of its own. */
const eip = (directory: string, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, EIP_DATA_DIR: join(directory, 'data'), ADMIN_BUDGET_MS: '60000' }
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })

const lastLine = <T>({ out }: Ended): T => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as T
const lines = (...rows: (object | string)[]) =>
  rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')

type Summary = {
  read: number
  kept: number
  setAside: number
  duplicates: number
  created: number
  updated: number
  unchanged: number
  searchable: number
  rejectedFile: string
}

describe('the command line', () => {
  it.each([
    [['--help'], 'Commands:'],
    [['import', 'products', '--help'], '--map'],
    [['evaluate', 'search', '--help'], '--judgments'],
    [['rebuild', '--help'], '--roll-back'],
    [['verify', '--help'], '--repair'],
    [['serve', '--help'], '--check-config'],
    [['bench', '--help'], 'search'],
    [['bench', 'beside-opensearch', '--help'], 'ratios'],
  ])('helps: %j', async (args, word) => {
    using at = temporaryDirectory()
    const { status, out } = await eip(at.path, ...args)
    expect([status, out]).toEqual([0, expect.stringContaining(word)])
  })

  it.each([
    [['import', 'products', 'x.jsonl', '--curency', 'EUR'], '--curency'],
    [['improt'], 'improt'],
    [['import', 'products'], 'file'],
    [['convert', 'homedepot', '--input', 'x', '--out', 'y', '--part', 'half'], 'part'],
    [['evaluate', 'search', '--products', 'x'], '--judgments'],
    [['serve', 'surplus'], 'arguments'],
    [[], 'Usage'],
  ])('refuses wrong use with status 2: %j', async (args, word) => {
    using at = temporaryDirectory()
    const { status, err } = await eip(at.path, ...args)
    expect([status, err]).toEqual([2, expect.stringContaining(word)])
  })

  it('says in a sentence why it failed, with status 1, and as JSON when asked', async () => {
    using at = temporaryDirectory()
    const ended = await eip(at.path, 'import', 'products', join(at.path, 'absent.jsonl'), '--json')
    expect([ended.status, ended.err]).toEqual([1, expect.stringContaining('absent.jsonl')])
    expect(lastLine<{ error: { code: string } }>(ended).error.code).toBe('import.no-file')
  })

  it('lists targets and prints the configuration without secrets', async () => {
    using at = temporaryDirectory()
    expect((await eip(at.path, 'serve', '--list-targets')).out).toBe(
      'all\ncatalog\nembedding\nindexer\ninventory\nlogistics\norders\nranking\nsearch\ngateway\n',
    )
    expect((await eip(at.path, 'serve', '--print-config')).out).toContain('PORT=8080')
  })
})

describe('importing products', () => {
  it('takes the good rows in and sets the bad ones aside, each with its line and reason', async () => {
    using at = temporaryDirectory()
    const file = join(at.path, 'shop.jsonl')
    const rows = [
      { id: 'a', title: 'Red shoe', price: '19.90', currency: 'EUR' },
      '{"id": "b", "title": ',
      { title: 'No id' },
      { id: 'c', title: 'Priced in words', price: 'twelve', currency: 'EUR' },
      { id: 'd', title: 'Cycle', category: ['Shoes', 'Red', 'Shoes'] },
      { id: 'e', title: 'Blue <b>shoe</b>', description: '<p>Soft &amp; warm</p><script>alert(1)</script>' },
      { id: 'a', title: 'Redder shoe', price: '18.90', currency: 'EUR' },
    ]
    writeFileSync(file, lines(...rows))
    const first = await eip(at.path, 'import', 'products', file, '--json')
    const summary = lastLine<Summary>(first)
    expect(first.status).toBe(0)
    expect(summary).toMatchObject({ read: 7, kept: 2, created: 2, duplicates: 1, setAside: 4, searchable: 2 })
    const rejected = readFileSync(summary.rejectedFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; field: string; reason: string })
    expect(rejected.map(({ line }) => line).toSorted()).toEqual([2, 3, 4, 5])
    expect(rejected.find(({ line }) => line === 4)).toMatchObject({
      field: 'price',
      reason: expect.stringContaining('price'),
    })
    expect(rejected.find(({ line }) => line === 5)?.reason).toContain('cycle')
    const again = lastLine<Summary>(await eip(at.path, 'import', 'products', file, '--json'))
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2, searchable: 2 })
  })

  it('keeps what stood before the break of a truncated file, and fails', async () => {
    using at = temporaryDirectory()
    const file = join(at.path, 'shop.jsonl.gz')
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ id: `p${i}`, title: `Product ${i} ${(i * 7919) % 4999}` }))
    const whole = gzipSync(lines(...rows))
    writeFileSync(file, whole.subarray(0, whole.length / 2))
    const ended = await eip(at.path, 'import', 'products', file, '--json')
    const { kept, searchable } = lastLine<Summary>(ended)
    expect(ended.status).toBe(1)
    expect(ended.err).toMatch(/error: .*what stood before is in/)
    expect(kept).toBeGreaterThan(100)
    expect(searchable).toBe(kept)
  })

  const icecat = sharedData('icecat/icecat-products.jsonl.gz')
  it.skipIf(!icecat.isThere)(`evaluates the real Icecat catalogue ${icecat.skipReason}`, async () => {
    using at = temporaryDirectory()
    const ratings = sharedData('icecat/ratings-dev.csv').path
    const out = join(at.path, 'icecat')
    const converted = await eip(
      at.path,
      'convert',
      'icecat',
      '--products',
      icecat.path,
      '--ratings',
      ratings,
      '--out',
      out,
      '--json',
    )
    expect(lastLine(converted)).toMatchObject({ products: 19_406, judgments: 1_036, queries: 46 })
    const files = ['--products', join(out, 'products.jsonl'), '--judgments', join(out, 'judgments.csv')]
    const evaluated = lastLine<{ models: Record<string, Record<string, number>> }>(
      await eip(at.path, 'evaluate', 'search', ...files, '--encoder', 'none', '--json'),
    )
    expect(evaluated.models.bm25?.['ndcg@10']).toBeGreaterThan(0.8)
    expect(evaluated.models.ranked?.['ndcg@10']).toBeGreaterThan(0.8)
    expect(evaluated.models['ranked+understanding']?.['ndcg@10']).toBeGreaterThan(0.8)
  })

  const crowd = sharedData('crowdflower-dev/crowdflower-dev.csv.gz')
  it.skipIf(!crowd.isThere)(`evaluates meaning by an encoder of its own ${crowd.skipReason}`, async () => {
    using at = temporaryDirectory()
    const out = join(at.path, 'crowd')
    await eip(at.path, 'convert', 'crowdflower', '--input', crowd.path, '--out', out)
    const files = ['--products', join(out, 'products.jsonl'), '--judgments', join(out, 'judgments.csv')]
    const { data, models } = lastLine<{
      data: { encoder: string }
      models: Record<string, { 'ndcg@10': number; cross_validated?: { weights: number[] } }>
    }>(await eip(at.path, 'evaluate', 'search', ...files, '--understanding', 'off', '--json'))
    expect(data.encoder).toMatch(/^catalogue-[0-9a-f]{12}$/)
    expect(Object.keys(models)).toEqual(['bm25', 'vector', 'hybrid', 'ranked'])
    expect(models.vector?.['ndcg@10']).toBeGreaterThan(0.8)
    expect(models.hybrid?.cross_validated?.weights).toHaveLength(5)
  })

  it('measures how queries are understood', async () => {
    using at = temporaryDirectory()
    const { models } = lastLine<{ models: Record<string, { f1: number }> }>(
      await eip(at.path, 'evaluate', 'understanding', '--json'),
    )
    expect(models.all?.f1).toBeGreaterThan(0.85)
  })

  it('says what is wrong with a model folder, and keeps nothing of it', async () => {
    using at = temporaryDirectory()
    const ended = await eip(at.path, 'models', 'add', join(at.path, 'none'), '--json')
    expect([ended.status, lastLine<{ error: { code: string } }>(ended).error.code]).toEqual([
      1,
      'text-encoder.bad-model',
    ])
    expect(lastLine(await eip(at.path, 'models', 'list', '--json'))).toMatchObject({ encoders: [], training: null })
  })

  const giftCards = sharedData('amazon2018-giftcards/meta_Gift_Cards.json.gz')
  it.skipIf(!giftCards.isThere)(
    `takes Amazon's published files in, and their ratings ${giftCards.skipReason}`,
    async () => {
      using at = temporaryDirectory()
      const reviews = sharedData('amazon2018-giftcards/Gift_Cards_5.json.gz').path
      const ended = await eip(at.path, 'import', 'amazon', giftCards.path, reviews, '--json')
      const summary = lastLine<Summary>(ended)
      expect(ended.status).toBe(0)
      expect(summary.read).toBe(1_547)
      expect(summary.kept + summary.setAside + summary.duplicates).toBe(1_547)
      expect(summary.searchable).toBe(summary.kept)
      expect(summary.kept).toBeGreaterThan(1_400)
    },
  )
})

describe('keeping the serving view', () => {
  it('builds it anew and goes back, verifies it, and says where it has nothing to go back to', async () => {
    using at = temporaryDirectory()
    const file = join(at.path, 'shop.jsonl')
    writeFileSync(file, lines({ id: 'a', title: 'Red shoe' }, { id: 'b', title: 'Blue shoe' }))
    await eip(at.path, 'import', 'products', file)
    const nowhere = await eip(at.path, 'rebuild', '--roll-back', '--json')
    expect([nowhere.status, lastLine(nowhere)]).toMatchObject([1, { error: { code: 'indexer.nothing-to-roll-back' } }])

    const rebuilt = await eip(at.path, 'rebuild', '--json')
    expect([rebuilt.status, rebuilt.err]).toEqual([0, expect.stringContaining('npx eip rebuild --roll-back')])
    expect(lastLine(rebuilt)).toMatchObject({
      generation: 'g2',
      documents: 2,
      previous: { generation: 'g1', documents: 2 },
    })
    const back = await eip(at.path, 'rebuild', '--roll-back', '--json')
    expect(lastLine(back)).toEqual({ outcome: 'rolled-back', generation: 'g1', documents: 2 })
    expect(lastLine(await eip(at.path, 'rebuild', '--status', '--json'))).toMatchObject({
      generations: [
        { name: 'g1', state: 'serving' },
        { name: 'g2', state: 'previous' },
      ],
    })

    const verified = await eip(at.path, 'verify', '--json')
    expect(verified.status).toBe(0)
    expect(lastLine(verified)).toMatchObject({ isGood: true, compared: 2, unknown: 0, first: [], vectors: [] })
  })
})
