import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderFace } from './adapters/folder.face.ts'
import { codeOf, type OpenGateway, openGateway } from './testing/open-gateway.ts'

const script = 'export const greeting = "hello"\n'.repeat(50)
const filesOf = (title: string): Readonly<Record<string, string | Buffer>> => ({
  'index.html': `<!doctype html><title>${title}</title>`,
  'index.html.gz': gzipSync(`<!doctype html><title>${title}</title>`),
  'assets/index-BQ3xYz01.js': script,
  'assets/index-BQ3xYz01.js.br': brotliCompressSync(script),
  'assets/index-BQ3xYz01.js.gz': gzipSync(script),
  'assets/plain.css': 'body { margin: 0 }',
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '냉장고.txt': 'cold',
  '.secret': 'not for anybody',
})

let directory: TemporaryDirectory
let shop: OpenGateway
beforeAll(async () => {
  directory = temporaryDirectory()
  const folders = ['storefront', 'admin'].map((name) => {
    for (const [path, content] of Object.entries(filesOf(name))) {
      const file = join(directory.path, name, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    return join(directory.path, name)
  }) as [string, string]
  writeFileSync(join(directory.path, 'outside.txt'), 'outside')
  symlinkSync(join(directory.path, 'outside.txt'), join(folders[0], 'link.txt'))
  shop = await openGateway({ faces: { storefront: folderFace(folders[0]), admin: folderFace(folders[1]) } })
})
afterAll(async () => {
  await shop.close()
  directory[Symbol.dispose]()
})

/** A request with its path as written, which `fetch` would tidy up, and its answer's bytes undecoded. */
const raw = (head: string): Promise<{ status: number; head: string; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(shop.address).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      const text = all.subarray(0, end).toString('latin1').toLowerCase()
      resolve({ status: Number(text.split(' ')[1]), head: text, body: all.subarray(end + 4) })
    })
    socket.write(`${head}\r\nHost: shop\r\nConnection: close\r\n\r\n`)
  })

describe('the faces', () => {
  it.each([
    ['/', 'storefront'],
    ['/?q=tv&page=2', 'storefront'],
    ['/products/p1', 'storefront'],
    ['/apiary', 'storefront'],
    ['/admin/', 'admin'],
    ['/admin/policy', 'admin'],
    ['/admin/imports/i1', 'admin'],
  ])('answer %s with the page of the %s', async (path, title) => {
    const answer = await shop.ask(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.text).toContain(`<title>${title}</title>`)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  it('lead from /admin to /admin/', async () => {
    const answer = await shop.ask('/admin')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/admin/'])
  })

  it('show the page at a place with a dot in its name, to a browser that goes there', async () => {
    expect((await shop.ask('/products/p.1', { headers: { accept: 'text/html,*/*;q=0.8' } })).status).toBe(200)
    expect((await shop.ask('/products/p.1', { headers: { accept: '*/*' } })).status).toBe(404)
  })

  it.each(['/nothing.js', '/assets/index-gone0000.js', '/assets/', '/assets/none', '/admin/assets/none.css'])(
    'answer 404 at %s',
    async (path) => {
      const answer = await shop.ask(path)
      expect([answer.status, codeOf(answer)]).toEqual([404, 'gateway.not-found'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/../../outside.txt',
    '/..\\outside.txt',
    '/%00.txt',
    '/link.txt',
    '/.secret',
    '/index.html.gz',
    '/assets/%E0%A4%A',
  ])('give nothing from elsewhere at %s', async (path) => {
    const { status, body } = await raw(`GET ${path} HTTP/1.1`)
    expect(status).toBe(404)
    expect(body.toString()).not.toMatch(/^outside|not for anybody/)
  })

  it('find files whose names are escaped', async () => {
    const answer = await shop.ask(`/${encodeURIComponent('냉장고.txt')}`)
    expect([answer.text, answer.headers.get('content-type')]).toEqual(['cold', 'text/plain; charset=utf-8'])
  })

  it('let what is named by its content be kept for good, and ask again for all else', async () => {
    const cachingOf = async (path: string) => (await shop.ask(path)).headers.get('cache-control')
    expect(await cachingOf('/assets/index-BQ3xYz01.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/assets/plain.css', '/favicon.svg', '/index.html'])
      expect(await cachingOf(path)).toBe('no-cache')
  })

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip;q=0.5, br;q=0', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
    ['br;q=0, gzip; q=0.0', null, (bytes: Buffer) => bytes],
  ])('send to who accepts %s the encoding %s', async (accepted, encoding, decode) => {
    const answer = await raw(`GET /assets/index-BQ3xYz01.js HTTP/1.1\r\nAccept-Encoding: ${accepted}`)
    expect(/content-encoding: (\w+)/.exec(answer.head)?.[1] ?? null).toBe(encoding)
    expect(answer.head).toContain('vary: accept-encoding')
    expect(answer.head).toContain(`content-length: ${answer.body.length}\r\n`)
    expect(decode(answer.body).toString()).toBe(script)
  })

  it('answer 304 to who has it, by the tag of the encoding that was sent', async () => {
    const etag = (await shop.ask('/')).headers.get('etag')!
    const again = await shop.ask('/', { headers: { 'if-none-match': `"other", W/${etag}` } })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
    expect(again.headers.get('content-security-policy')).not.toBeNull()
    const plain = await shop.ask('/', { headers: { 'if-none-match': etag, 'accept-encoding': 'identity' } })
    expect(plain.status).toBe(200)
  })

  it('answer HEAD with the head alone', async () => {
    const { status, head, body } = await raw('HEAD /assets/index-BQ3xYz01.js HTTP/1.1')
    expect([status, body.length]).toEqual([200, 0])
    expect(head).toContain(`content-length: ${script.length}\r\n`)
  })

  it('take no other method', async () => {
    expect((await shop.ask('/', { method: 'POST' })).status).toBe(404)
  })

  it('leave the API and its page what they are', async () => {
    expect((await shop.ask('/api/docs')).text).toContain('<main id="api">')
    expect(codeOf(await shop.ask('/api/nothing'))).toBe('gateway.not-found')
    expect(codeOf(await shop.ask('/api'))).toBe('gateway.not-found')
    expect((await shop.ask('/api/v1/openapi.json')).body).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
  })
})

describe('the headers of a page', () => {
  it.each(['/', '/admin/', '/api/docs'])('keep foreign scripts and frames out of %s', async (path) => {
    const { headers } = await shop.ask(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
  })

  it('say of a script that it is one', async () => {
    const { headers } = await shop.ask('/assets/index-BQ3xYz01.js')
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('without faces', () => {
  it('leads to the page of the API, and has nothing else', async () => {
    const bare = await openGateway()
    const root = await bare.ask('/')
    const rest = await Promise.all(
      ['/admin', '/admin/', '/products/p1'].map(async (path) => (await bare.ask(path)).status),
    )
    await bare.close()
    expect([root.status, root.headers.get('location'), rest]).toEqual([302, '/api/docs', [404, 404, 404]])
  })

  it('has no admin beside a storefront alone', async () => {
    const shopOnly = await openGateway({
      faces: { storefront: folderFace(join(directory.path, 'storefront')), admin: null },
    })
    const statuses = await Promise.all(
      ['/', '/admin/', '/admin/x'].map(async (path) => (await shopOnly.ask(path)).status),
    )
    await shopOnly.close()
    expect(statuses).toEqual([200, 404, 404])
  })
})
