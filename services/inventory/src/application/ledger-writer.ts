import { setImmediate } from 'node:timers/promises'
import { type Clock, type Failure, isFailure, isTemporary, newId } from '@eip/kernel'
import { type Call, formatTrace, newTrace } from '@eip/rpc'
import type { Decision, Occasion, Standing, Touched } from '../domain/ledger-change.ts'
import { decideExpiry } from '../domain/reserving.ts'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { ledgerTime, type Moment } from './ledger-time.ts'

type Decide<Outcome> = (standing: Standing, occasion: Occasion) => Decision<Outcome>

/**
 * Writes what many ask for at once in one transaction: a commit costs the same for one and for hundreds. A request that fails holds
 * up none of the others.
 */
export interface LedgerWriter {
  write<Outcome>(touched: Partial<Touched>, call: Pick<Call, 'trace'>, decide: Decide<Outcome>): Promise<Outcome>
  moment(): Promise<Moment>
  /** Gives back what reservations hold whose time is over. */
  freeExpired(): Promise<void>
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>
}

type Result = Readonly<{ value: unknown }> | Readonly<{ failure: Failure }>
type Job = Touched &
  Readonly<{
    trace: string
    decide: Decide<unknown>
    resolve: (outcome: never) => void
    reject: (error: unknown) => void
  }>

const jobsAtOnce = 500
const expiredAtOnce = 200

/** Its own failure is an answer as any other. */
function resultOf(job: Job, standing: Standing, occasion: Occasion): Decision<Result> {
  try {
    const { outcome, change } = job.decide(standing, occasion)
    return { outcome: { value: outcome }, change }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { outcome: { failure: error }, change: null }
  }
}

function settle(job: Job, result: Result): void {
  if ('failure' in result) job.reject(result.failure)
  else job.resolve(result.value as never)
}

export function ledgerWriter({ ledger, clock }: Readonly<{ ledger: StockLedger; clock: Clock }>): LedgerWriter {
  const waiting: Job[] = []
  let running: Promise<void> | undefined
  let time: (() => Moment) | undefined

  async function moment(): Promise<Moment> {
    time ??= ledgerTime(clock, (await ledger.count()).latestAt)
    return time()
  }
  function occasions({ at, now }: Moment): (trace: string) => Occasion {
    // One draw of randomness per transaction; its events are numbered.
    const batch = newId(now)
    let events = 0
    return (trace) => ({ at, now, trace, newEventId: () => `${batch}-${events++}` })
  }
  async function freeExpired(): Promise<void> {
    const when = await moment()
    const occasion = occasions(when)(formatTrace(newTrace()))
    while (true) {
      const ids = await ledger.expired(when.at, expiredAtOnce)
      const requests = ids.map((id) => ({ productIds: [], reservationId: id, operationId: null }))
      if (ids.length > 0)
        await ledger.change(requests, ({ reservationId }, standing) => decideExpiry(reservationId, standing, occasion))
      if (ids.length < expiredAtOnce) return
    }
  }
  async function commit(jobs: readonly Job[]): Promise<void> {
    const occasionOf = occasions(await moment())
    const results = await ledger.change(jobs, (job, standing) => resultOf(job, standing, occasionOf(job.trace)))
    for (const [place, result] of results.entries()) settle(jobs[place]!, result)
  }
  async function commitAlone(job: Job): Promise<void> {
    await commit([job]).catch(job.reject)
  }
  async function work(jobs: readonly Job[]): Promise<void> {
    try {
      await freeExpired()
      await commit(jobs)
    } catch (error) {
      // One of them may be what the database does not take: each is tried by itself.
      if (isTemporary(error) || jobs.length === 1) for (const { reject } of jobs) reject(error)
      else for (const job of jobs) await commitAlone(job)
    }
  }
  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await work(waiting.splice(0, jobsAtOnce))
      // Whoever has just been answered may ask again, and comes into the next transaction.
      await setImmediate()
    }
    running = undefined
  }
  return Object.freeze({
    write<Outcome>(touched: Partial<Touched>, { trace }: Pick<Call, 'trace'>, decide: Decide<Outcome>) {
      return new Promise<Outcome>((resolve, reject) => {
        const about = { productIds: [], reservationId: null, operationId: null, ...touched }
        waiting.push({ ...about, trace: formatTrace(trace), decide, resolve, reject })
        running ??= run()
      })
    },
    ...{ moment, freeExpired },
    async settled() {
      while (running) await running
    },
  })
}
