import { until } from '@eip/testkit'

/** An answer of the public API. */
export type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>

/** `shopper`: the secret of who shops; else it is the operator who asks. */
type How = Readonly<{ method?: 'PUT'; shopper?: string }>

/** Far beyond every budget: who waits so long, waits for ever. */
const hangMs = 20_000
/** Servers start again within this. */
const patienceMs = 120_000

/** The public API of a platform, as an operator's program asks it. */
export function platformClient(url: string, password: string) {
  let token: string | null = null

  async function ask(path: string, body?: object, { method, shopper }: How = {}): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(shopper !== undefined ? { 'x-shopper': shopper } : token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(hangMs),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  /** Asks until it is answered: what is temporary passes. */
  async function insist(path: string, body?: object, how?: How): Promise<Answer['body']> {
    const answered = async () => {
      const answer = await ask(path, body, how)
      const fault = faultOf(answer)
      if (fault !== null) throw new Error(`${path}: ${fault}`)
      return answer.status === 200 ? answer.body : null
    }
    return until(`${path} is answered`, answered, patienceMs)
  }
  return Object.freeze({
    ask,
    insist,
    async signIn() {
      token = String((await insist('/sign-in', { name: 'operator', password })).token)
    },
    /** Until the serving view has everything that was acknowledged. */
    async untilIndexed() {
      const isThere = async () => {
        const { lag, unpublishedEvents } = await insist('/index')
        return lag === 0 && unpublishedEvents === 0
      }
      await until('the view has everything', isThere, patienceMs)
    },
  })
}

export type PlatformClient = ReturnType<typeof platformClient>

/** Reads as a fault. */
export const noAnswer = (error: unknown): Answer => ({ status: 0, body: { error: `no answer: ${String(error)}` } })

/** Later works, and the answer says so. */
const temporary = [429, 503, 504]

/** What is wrong with an answer of a platform whose servers are away; null: it is what its user can work with. */
export function faultOf({ status, body }: Answer): string | null {
  if (status === 200) return null
  const { code, message, cure } = (body.error ?? {}) as Record<string, unknown>
  if (temporary.includes(status) && code && message && cure) return null
  return `${status} ${JSON.stringify(body).slice(0, 500)}`
}
