import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot, until } from '@eip/testkit'
import type { Running } from './topologies.ts'

type Feature = { name: string; contribution: number }
export type Hit = {
  id: string
  title: string
  seller: string | null
  score: number
  price: { amount: number; currency: string } | null
  fulfilment: { notice: string | null; left: number | null }
  explanation?: { features: Feature[]; guard: { reason: string; action: string } | null }
}
export type Found = {
  hits: Hit[]
  total: number
  facets: { name: string; values?: { value: string; count: number }[] }[]
}
export type Ended = Readonly<{ status: number; out: string; err: string }>

const program = join(repositoryRoot, 'apps/eip/src/main.ts')

/** Runs a command to its end, beside a platform that runs. */
export const command = (variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: variables, maxBuffer: 1e8 }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })

/** What a command tells with `--json`. */
export function told<T>({ status, out, err }: Ended): T {
  const text = out.trimEnd().split('\n').at(-1) ?? ''
  if (!text.startsWith('{')) throw new Error(`ended with ${status}, and told nothing: ${err}`)
  return JSON.parse(text) as T
}

/** A shop over HTTP, as shoppers and its operator see it. */
export async function shopAt({ url, hosts, password }: Running) {
  const send = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  await until('the hosts are ready', async () => {
    const answers = await Promise.all(Object.values(hosts).map((host) => fetch(`${host}/ready`)))
    return answers.every(({ ok }) => ok)
  })
  const { token } = (await send<{ token: string }>('POST', '/sign-in', { name: 'olga', password })).body
  const find = async (query: Readonly<Record<string, string>>) => {
    const { status, body } = await send<Found>('GET', `/search?${new URLSearchParams(query)}`)
    if (status !== 200) throw new Error(`a search was answered with ${status}: ${JSON.stringify(body)}`)
    return body
  }
  return Object.freeze({
    find,
    asOperator: <T>(method: string, path: string, body?: unknown) =>
      send<T>(method, path, body, { authorization: `Bearer ${token}` }),
    shopper(name: string) {
      const headers = { 'x-shopper': `${name}-0123456789abcdef` }
      return <T>(method: string, path: string, body?: unknown) => send<T>(method, path, body, headers)
    },
  })
}
export type ShopAt = Awaited<ReturnType<typeof shopAt>>

type Rates = Readonly<{ name: string; deliveries: number; late: number }>

/** How many deliveries tell something of a seller. */
const telling = 10

/** Of two sellers of the same category, one who was late the most often and one who never was. */
export async function lateAndPunctual(shop: ShopAt) {
  const { rates } = (await shop.asOperator<{ rates: Rates[] }>('GET', '/logistics/rates?by=seller&limit=500')).body
  const share = ({ late, deliveries }: Rates) => late / deliveries
  const known = rates.filter(({ deliveries }) => deliveries >= telling).toSorted((a, b) => share(a) - share(b))
  const never = known.filter(({ late }) => late === 0).toSorted((a, b) => b.deliveries - a.deliveries)
  const sold = new Map<string, Set<string>>()
  const categoriesOf = async (seller: string) => {
    const kept = sold.get(seller)
    if (kept) return kept
    const { facets } = await shop.find({ q: '', size: '1', facet: 'category', filter: `seller:${seller}` })
    const categories = new Set(facets[0]?.values?.map(({ value }) => value))
    sold.set(seller, categories)
    return categories
  }
  for (const late of known.filter((each) => share(each) > 0.1).toReversed())
    for (const punctual of never) {
      const both = (await categoriesOf(late.name)).intersection(await categoriesOf(punctual.name))
      const [category] = both
      if (category !== undefined) return { late, punctual, category }
    }
  throw new Error('the data has no two sellers of one category, one of them late and the other punctual')
}
