import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { failures, isFailure } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Handlers, openApiDocument, openApiHandler, type Reply } from './index.ts'

const failure = failures({
  'api.bad': { kind: 'invalid', cure: 'Mend it.' },
  'api.nobody': { kind: 'unauthenticated', cure: 'Sign in.' },
  'api.nothing': { kind: 'not-found', cure: 'Look elsewhere.' },
})

const wholeNumber = z
  .union([z.int(), z.string().regex(/^\d{1,9}$/, 'must be a whole number')], { error: 'must be one whole number' })
  .transform(Number)
  .pipe(z.int().min(1, 'must be at least 1').max(10))
const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .pipe(z.array(z.string()).max(3, 'must be given at most 3 times'))
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true')

const echoed = z.object({ saw: z.unknown(), who: z.string() })
const api = {
  find: oc
    .route({ method: 'GET', path: '/things' })
    .input(
      z.object({
        q: z.string('must be given once').describe('What to look for.').optional(),
        size: wholeNumber.describe('How many.').optional(),
        filter: list.optional(),
        explain: flag.optional(),
      }),
    )
    .output(echoed),
  get: oc
    .route({ method: 'GET', path: '/things/{id}' })
    .input(z.object({ id: z.string().max(20) }))
    .output(echoed),
  add: oc
    .route({ method: 'POST', path: '/things' })
    .input(z.object({ name: z.string() }))
    .output(echoed),
  refuse: oc.route({ method: 'GET', path: '/refuse' }).input(z.object({})).output(z.object({})),
  wait: oc.route({ method: 'GET', path: '/wait' }).input(z.object({})).output(z.object({})),
}

type Caller = { who: string; reply: Reply }
const handlers: Handlers<typeof api, Caller> = {
  find: async (input, { who }) => ({ saw: input, who }),
  get: async (input, { who }) => ({ saw: input, who }),
  add: async (input, { who, reply }) => {
    reply.header('Location', '/things/new')
    return { saw: input, who }
  },
  refuse: async (_input, { reply }) => {
    reply.header('Location', '/nowhere')
    throw failure('api.nothing', 'there is no such thing', { id: 7 })
  },
  wait: (_input, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function open() {
  const defects: unknown[] = []
  const handle = openApiHandler<typeof api, Caller>(api, handlers, {
    prefix: '/api/v1',
    extra: ({ headers }, _operation, reply) => {
      if (headers.authorization === 'bad') throw failure('api.nobody', 'the token is not valid')
      return { who: headers.authorization ?? 'nobody', reply }
    },
    budgetMs: (operation) => (operation === 'wait' ? 20 : 10_000),
    bodyBytes: 1_000,
    badRequest: (message, details) => failure('api.bad', message, details),
    notFound: (message) => failure('api.nothing', message),
    watch: { failed: (error) => defects.push(error) },
  })
  const server = createServer(async (request, response) => {
    if (!(await handle(request, response))) response.writeHead(418).end()
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }
  return { ask, port, defects }
}

const json = { 'content-type': 'application/json' }

describe('the public HTTP of a contract', () => {
  it('reads query, path and body into one input, and adds who asks', async () => {
    const { ask } = await open()
    const found = await ask('/api/v1/things?q=two+words%21&size=3&filter=a&filter=b&explain=true', {
      headers: { authorization: 'Kim' },
    })
    expect(found).toMatchObject({
      status: 200,
      body: { saw: { q: 'two words!', size: 3, filter: ['a', 'b'], explain: true }, who: 'Kim' },
    })
    expect((await ask('/api/v1/things?filter=one')).body.saw).toEqual({ filter: ['one'] })
    expect((await ask('/api/v1/things')).body.saw).toEqual({})
    expect((await ask('/api/v1/things/a%2Fb%20c?id=other')).body.saw).toEqual({ id: 'a/b c' })
    const added = await ask('/api/v1/things', { method: 'POST', headers: json, body: '{"name":"x"}' })
    expect(added.body.saw).toEqual({ name: 'x' })
  })

  it('leaves paths outside its prefix to others', async () => {
    const { ask } = await open()
    expect((await ask('/api/v11/things').catch(() => ({ status: 418 }))).status).toBe(418)
  })

  it.each([
    ['a field out of range, by its name', '/things?size=0', {}, 400, 'api.bad', '"size" must be at least 1'],
    ['an empty number', '/things?size=', {}, 400, 'api.bad', '"size" must be a whole number'],
    ['a field given twice', '/things?q=a&q=b', {}, 400, 'api.bad', '"q" must be given once'],
    [
      'too many of a field',
      '/things?filter=a&filter=b&filter=c&filter=d',
      {},
      400,
      'api.bad',
      '"filter" must be given',
    ],
    ['nested fields', '/things?q[__proto__][x]=1', {}, 400, 'api.bad', '"q" must be given once'],
    ['a malformed escape in the path', '/things/%E0%A4%A', {}, 400, 'api.bad', 'malformed percent escape'],
    ['a malformed escape in the query', '/things?q=%zz', {}, 400, 'api.bad', 'malformed percent escape'],
    ['an escape that is not UTF-8', '/things?q=%ff', {}, 400, 'api.bad', 'malformed percent escape'],
    ['a missing field', '/things', { method: 'POST', headers: json, body: '{}' }, 400, 'api.bad', '"name" is missing'],
    ['no body', '/things', { method: 'POST', headers: json }, 400, 'api.bad', '"name" is missing'],
    [
      'a list for a body',
      '/things',
      { method: 'POST', headers: json, body: '[1]' },
      400,
      'api.bad',
      'the input must be object',
    ],
    [
      'broken JSON',
      '/things',
      { method: 'POST', headers: json, body: '{"name"' },
      400,
      'api.bad',
      'not well-formed JSON',
    ],
    [
      'bytes that are no UTF-8',
      '/things',
      { method: 'POST', headers: json, body: new Uint8Array([34, 255, 34]) },
      400,
      'api.bad',
      'UTF-8',
    ],
    [
      'another content type',
      '/things',
      { method: 'POST', body: new URLSearchParams({ name: 'x' }) },
      400,
      'api.bad',
      'application/json',
    ],
    [
      'a body too large',
      '/things',
      { method: 'POST', headers: json, body: ' '.repeat(1_001) },
      413,
      'rpc.too-large',
      '1000 bytes',
    ],
    ['an unknown path', '/nothing', {}, 404, 'api.nothing', '/api/v1/nothing'],
    ['the prefix alone', '', {}, 404, 'api.nothing', '/api/v1'],
    ['a handler that refuses', '/refuse', {}, 404, 'api.nothing', 'no such thing'],
    ['an edge that refuses', '/things', { headers: { authorization: 'bad' } }, 401, 'api.nobody', 'not valid'],
    ['a handler that is late', '/wait', {}, 504, 'rpc.deadline', 'wait did not answer'],
    ['another method', '/things', { method: 'DELETE' }, 405, 'rpc.bad-method', 'GET, HEAD, POST'],
  ] as [string, string, RequestInit, number, string, string][])(
    'answers %s',
    async (_what, path, init, status, code, said) => {
      const { ask, defects } = await open()
      const answer = await ask(`/api/v1${path}`, init)
      expect(answer).toMatchObject({ status, body: { error: { code } } })
      expect(answer.body.error.message).toContain(said)
      expect(answer.body.error.cure).not.toBe('')
      expect(defects).toEqual([])
    },
  )

  it('sends the headers that a handler set, and none of a handler that failed', async () => {
    const { ask } = await open()
    const added = await ask('/api/v1/things', { method: 'POST', headers: json, body: '{"name":"x"}' })
    expect(added.headers.get('location')).toBe('/things/new')
    expect(added.headers.get('content-type')).toContain('application/json')
    expect((await ask('/api/v1/refuse')).headers.get('location')).toBeNull()
    expect((await ask('/api/v1/things')).headers.get('location')).toBeNull()
  })

  it('keeps the details of a failure', async () => {
    const { ask } = await open()
    expect((await ask('/api/v1/refuse')).body.error.details).toEqual({ id: 7 })
  })

  it('answers HEAD as GET without a body, and OPTIONS with the methods', async () => {
    const { ask, port } = await open()
    const head = await new Promise<{ status: number | undefined; length: string | undefined; bytes: number }>(
      (resolve) => {
        const request = httpRequest({ port, method: 'HEAD', path: '/api/v1/things' }, (response) => {
          let bytes = 0
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          response.on('end', () =>
            resolve({ status: response.statusCode, length: response.headers['content-length'], bytes }),
          )
        })
        request.end()
      },
    )
    expect(head).toMatchObject({ status: 200, bytes: 0 })
    expect(Number(head.length)).toBeGreaterThan(0)
    const options = await ask('/api/v1/things', { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST'])
    expect((await ask('/api/v1/nothing', { method: 'OPTIONS' })).status).toBe(404)
  })

  it('survives a client that goes away in the middle of its body', async () => {
    const { ask, port, defects } = await open()
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve) => {
      socket.write(
        'POST /api/v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"n',
        () => resolve(),
      )
    })
    socket.destroy()
    expect((await ask('/api/v1/things')).status).toBe(200)
    expect(defects.filter((error) => !isFailure(error))).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  const document = () =>
    openApiDocument(api, {
      title: 'Things',
      version: '1',
      prefix: '/api/v1',
      isSecured: (operation) => operation === 'add',
    })

  it('shows query parameters as the values they stand for', async () => {
    const { paths } = await document()
    expect(paths?.['/things']?.get?.parameters).toEqual([
      { name: 'q', in: 'query', required: false, description: 'What to look for.', schema: { type: 'string' } },
      {
        name: 'size',
        in: 'query',
        required: false,
        description: 'How many.',
        schema: { type: 'integer', minimum: 1, maximum: 10 },
      },
      {
        name: 'filter',
        in: 'query',
        required: false,
        schema: { type: 'array', items: { type: 'string' }, maxItems: 3 },
        style: 'form',
        explode: true,
      },
      { name: 'explain', in: 'query', required: false, schema: { type: 'boolean' } },
    ])
  })

  it('says how each operation fails, and who may call it', async () => {
    const { openapi, paths, servers, components } = await document()
    expect(openapi).toMatch(/^3\.1/)
    expect(servers).toEqual([{ url: '/api/v1' }])
    const statuses = (operation: { responses?: object } | undefined) => Object.keys(operation?.responses ?? {})
    expect(statuses(paths?.['/things']?.get)).toEqual(['200', '400', '429', '500', '503', '504'])
    expect(statuses(paths?.['/things/{id}']?.get)).toContain('404')
    expect(statuses(paths?.['/things']?.post)).toEqual(expect.arrayContaining(['401', '403', '413']))
    expect(paths?.['/things']?.post?.security).toEqual([{ bearer: [] }])
    expect(paths?.['/things']?.get?.security).toBeUndefined()
    expect(components?.schemas?.Error).toBeDefined()
  })
})
