import type { Clock, Failure } from '@eip/kernel'
import type { Call } from './call.ts'
import { rpcFailure } from './rpc-failure.ts'
import type { TraceContext } from './trace-context.ts'

/** What bounds one call: `deadline` in milliseconds since the epoch, and whoever may give it up. */
export type CallLimits = Readonly<{
  deadline: number
  trace: TraceContext
  signals: readonly (AbortSignal | undefined)[]
}>

// Longer timers overflow and fire at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args).
const longestTimerMs = 2 ** 31 - 1

/**
 * Runs `work` until it is done, the deadline has passed or a signal aborts, whichever is first.
 * In the last two cases it rejects at once with `rpc.deadline` or `rpc.cancelled`, and the call's signal tells `work` to stop;
 * what `work` still comes to is dropped. `what` names the call in the failure's sentence.
 */
export function runCall<T>(
  what: string,
  clock: Clock,
  limits: CallLimits,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const { deadline, trace } = limits
  const remainingMs = () => Math.max(0, deadline - clock.now())
  const budget = remainingMs()
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController()
    const signals = limits.signals.filter((signal) => signal !== undefined)
    const giveUp = (reason: Failure) => {
      release()
      reject(reason)
      controller.abort(reason)
    }
    const atDeadline = () =>
      giveUp(rpcFailure('rpc.deadline', `${what} did not answer in the ${Math.round(budget)} ms that were left for it`))
    // A caller's call that ends at its own deadline ends this one for the same reason.
    const atSignal = () =>
      remainingMs() === 0 ? atDeadline() : giveUp(rpcFailure('rpc.cancelled', `${what} was given up by its caller`))
    const timer = setTimeout(atDeadline, Math.min(budget, longestTimerMs))
    for (const signal of signals) signal.addEventListener('abort', atSignal, { once: true })
    const release = () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', atSignal)
    }
    if (signals.some((signal) => signal.aborted)) return atSignal()
    if (budget === 0) return atDeadline()
    work(Object.freeze({ deadline, trace, signal: controller.signal, remainingMs })).then(
      (answer) => {
        release()
        resolve(answer)
      },
      (error: unknown) => {
        release()
        reject(error)
      },
    )
  })
}
