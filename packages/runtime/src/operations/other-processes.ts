import type { ServiceRecord } from '@eip/contracts'
import { parseFailure } from '@eip/rpc'
import { type MetricsRegistry, scrapedSnapshot } from '@eip/telemetry'
import { processHeader } from '../operations-pages.ts'
import { runtimeFailure } from '../runtime-failure.ts'
import type { PlatformMetrics } from './metric-history.ts'

/** A page is answered at once or its process is not well. */
const patienceMs = 2_000

type Addresses = Readonly<Record<string, URL>>

const ask = (address: URL, page: string): Promise<Response> =>
  fetch(new URL(page, address), { signal: AbortSignal.timeout(patienceMs) })

/**
 * The metrics of this process and of those where the other services run. One that does not answer is left out, and told.
 */
export function platformMetrics(
  own: Pick<MetricsRegistry, 'snapshot'>,
  addresses: Addresses,
  failed: (error: unknown) => void = () => {},
): PlatformMetrics {
  const origins = [...new Set(Object.values(addresses).map(({ origin }) => origin))]
  const scraped = async (origin: string) => {
    const response = await ask(new URL(origin), '/metrics')
    const page = await response.text()
    if (!response.ok) throw runtimeFailure('runtime.peer-unwell', `${origin}/metrics answered ${response.status}`)
    return { process: response.headers.get(processHeader) ?? origin, runs: origin, snapshot: scrapedSnapshot(page) }
  }
  return async (names) => {
    const [here, ...others] = await Promise.all([
      own.snapshot(names).then((snapshot) => ({ process: 'here', runs: 'here', snapshot })),
      ...origins.map((origin) => scraped(origin).catch((error) => void failed(error))),
    ])
    return [here, ...others.filter((each) => each !== undefined)]
  }
}

/** Adds to services elsewhere what their own `/ready` says that they lack. */
export async function withReadiness(
  services: readonly ServiceRecord[],
  addresses: Addresses,
): Promise<readonly ServiceRecord[]> {
  return Promise.all(
    services.map(async (service) => {
      const address = service.runs === 'here' ? undefined : addresses[service.name]
      return address === undefined ? service : { ...service, missing: await lackOf(service.name, address) }
    }),
  )
}

/** null: it is ready, or what is not is another service of the same process. */
async function lackOf(service: string, address: URL): Promise<string | null> {
  try {
    const response = await ask(address, '/ready')
    if (response.ok) return null
    const failure = parseFailure(response.status, await response.json())
    const lacking = failure?.details.missing
    if (!Array.isArray(lacking)) return failure?.message ?? `its /ready answered ${response.status}`
    const own = lacking.find((each: { service?: unknown }) => each.service === service)
    return own === undefined ? null : String(own.what)
  } catch (error) {
    return `it does not answer at ${address.origin} (${error instanceof Error ? error.message : String(error)})`
  }
}
