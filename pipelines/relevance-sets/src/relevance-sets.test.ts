import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { isFailure } from '@eip/kernel'
import { openLake } from '@eip/lake'
import { importProducts } from '@eip/pipeline-products'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { convertCrowdflower, convertHomedepot, convertIcecat, parseJudgments, partOfQuery } from './index.ts'

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'relevance-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const fileOf = (name: string, content: string | Buffer) => {
  const file = join(directory, name)
  writeFileSync(file, content)
  return file
}
const productsIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Every converted row must go in the way a shop's own does. */
const importing = async (file: string) => {
  const lake = await openLake(join(directory, 'lake'))
  try {
    const load = async (batch: readonly unknown[]) => ({
      created: batch.length,
      updated: 0,
      unchanged: 0,
      rejected: [],
    })
    return await importProducts({ file, lake, load })
  } finally {
    await lake.close()
  }
}

describe('converting Icecat', () => {
  const kettle = {
    id: '1',
    name: 'K-9',
    title: 'Kettle K-9',
    ean: ['01', '02'],
    short_description: 'Boils',
    img_500x500: 'http://x.test/1.jpg',
    date_released: '2009-12-10T00:00:00Z',
    supplier: 'Acme',
    price: 4905,
    attr_t_product_type: 'Kettle',
    attr_n_capacity: 1.7,
    attr_t_capacity: 'large',
    attr_b_energy_star__tm_: true,
    attr_t_ports: 'USB\\nHDMI',
    attr_t_prose: 'x'.repeat(1_001),
  }
  it('turns cents, makers and prefixed attributes into our shape', async () => {
    const products = fileOf('icecat.jsonl', `${JSON.stringify(kettle)}\n{"id":"2"}\nbroken\n`)
    const ratings = fileOf('ratings.csv', 'query,docid,rating\n"kettle, red",1,3\nkettle,9,1\nkettle,1,good\n')
    const summary = await convertIcecat({ products, ratings, out: join(directory, 'out') })
    expect(summary).toMatchObject({
      products: 1,
      judgments: 1,
      queries: 1,
      setAside: {
        'product without id or title': 1,
        'product that is not a JSON object': 1,
        'rating of a product that is not in the set': 1,
        'rating that cannot be read': 1,
      },
      leftOut: { 'attribute text over 1,000 characters': 1 },
    })
    expect(productsIn(summary.productsFile)).toEqual([
      {
        id: '1',
        title: 'Kettle K-9',
        description: 'Boils',
        brand: 'Acme',
        category: ['Kettle'],
        attributes: {
          model: 'K-9',
          ean: ['01', '02'],
          'product type': 'Kettle',
          capacity: [1.7, 'large'],
          'energy star tm': true,
          ports: ['USB', 'HDMI'],
        },
        price: '49.05',
        currency: 'USD',
        images: ['http://x.test/1.jpg'],
        language: 'en',
        created_at: '2009-12-10T00:00:00Z',
      },
    ])
    expect(parseJudgments(readFileSync(summary.judgmentsFile, 'utf8'))).toEqual([
      { query: 'kettle, red', productId: '1', grade: 3 },
    ])
    expect(await importing(summary.productsFile)).toMatchObject({ read: 1, kept: 1 })
  })

  it('refuses a product file that breaks off, rather than judge on half a catalogue', async () => {
    const whole = gzipSync(`${JSON.stringify(kettle)}\n`)
    const products = fileOf('icecat.jsonl.gz', whole.subarray(0, whole.length - 20))
    const ratings = fileOf('ratings.csv', 'query,docid,rating\n')
    await expect(convertIcecat({ products, ratings, out: directory })).rejects.toThrow(/breaks at line 1/)
  })

  const real = join(data, 'icecat')
  it.skipIf(!existsSync(real))('takes the whole real set (needs ../shared/data/icecat)', async () => {
    const summary = await convertIcecat({
      products: join(real, 'icecat-products.jsonl.gz'),
      ratings: join(real, 'ratings-dev.csv'),
      out: directory,
    })
    expect(summary).toMatchObject({ products: 19_406, judgments: 1_036, queries: 46, setAside: {} })
    expect(await importing(summary.productsFile)).toMatchObject({ read: 19_406, kept: 19_406, setAside: 0 })
  })
})

describe('converting Home Depot', () => {
  const csv =
    '"id","product_uid","product_title","search_term","relevance"\n' +
    '2,100001,"Angle, 12-Gauge","angle ""L"" bracket",2.33\n' +
    '3,100001,"Angle, 12-Gauge",deck over,3\n4,,x,y,3\n5,100002,Deck,oven,none\n6,100003\n'
  it('keeps the mean of the raters less one, and every product', async () => {
    const summary = await convertHomedepot({ input: fileOf('train.csv', csv), out: directory })
    expect(summary).toMatchObject({
      products: 2,
      judgments: 2,
      setAside: {
        'row without product_uid or product_title': 1,
        'row without search_term or relevance from 1 up': 1,
        'row with another number of fields': 1,
      },
    })
    expect(parseJudgments(readFileSync(summary.judgmentsFile, 'utf8'))).toEqual([
      { query: 'angle "L" bracket', productId: '100001', grade: 1.33 },
      { query: 'deck over', productId: '100001', grade: 2 },
    ])
  })

  it('asks for the published columns by name', async () => {
    const failed = await convertHomedepot({ input: fileOf('x.csv', 'a,b\n1,2\n'), out: directory }).catch(
      (error) => error,
    )
    expect(isFailure(failed) && failed.code).toBe('convert.missing-column')
    const absent = await convertHomedepot({ input: join(directory, 'no.csv'), out: directory }).catch((error) => error)
    expect(isFailure(absent) && absent.code).toBe('convert.no-file')
  })

  const real = join(data, 'homedepot', 'homedepot_train.csv.gz')
  it.skipIf(!existsSync(real))(
    'splits the real queries into parts that add up (needs ../shared/data/homedepot)',
    async () => {
      const dev = await convertHomedepot({ input: real, out: directory, part: 'dev' })
      expect(dev).toMatchObject({ products: 54_667, judgments: 59_026, setAside: {} })
      const judgments = parseJudgments(readFileSync(dev.judgmentsFile, 'utf8'))
      expect(judgments.every(({ query }) => partOfQuery(query) === 'dev')).toBe(true)
      const grades = new Map<string, Set<number>>()
      for (const { query, grade } of judgments) grades.set(query, (grades.get(query) ?? new Set()).add(grade))
      expect([...grades.values()].filter((seen) => seen.size > 1)).toHaveLength(7_926)
      const test = await convertHomedepot({ input: real, out: directory, part: 'test' })
      expect(test).toMatchObject({ products: 54_667, judgments: 74_067 - 59_026 })
    },
  )
})

describe('converting CrowdFlower', () => {
  it('keeps descriptions as they are', async () => {
    const csv =
      'id,query,product_title,product_description,median_relevance,relevance_variance,fold\n' +
      '2,led lights,Set of 10,"<b>Multi</b>\nLED, ""AA""",4,0,10\n3,led lights,,x,4,0,1\n4,led lights,Lamp,,0,0,1\n'
    const summary = await convertCrowdflower({ input: fileOf('cf.csv.gz', gzipSync(csv)), out: directory })
    expect(productsIn(summary.productsFile)).toEqual([
      { id: '2', title: 'Set of 10', description: '<b>Multi</b>\nLED, "AA"', language: 'en' },
    ])
    expect(parseJudgments(readFileSync(summary.judgmentsFile, 'utf8'))).toEqual([
      { query: 'led lights', productId: '2', grade: 3 },
    ])
    expect(summary.setAside).toEqual({
      'row without id or product_title': 1,
      'row without query or median_relevance from 1 up': 1,
    })
  })

  const real = join(data, 'crowdflower-dev', 'crowdflower-dev.csv.gz')
  it.skipIf(!existsSync(real))('takes the whole real set (needs ../shared/data/crowdflower-dev)', async () => {
    const summary = await convertCrowdflower({ input: real, out: directory })
    expect(summary).toMatchObject({ products: 3_239, judgments: 3_239, queries: 85, setAside: {} })
    expect(await importing(summary.productsFile)).toMatchObject({ read: 3_239, kept: 3_239 })
  })
})
