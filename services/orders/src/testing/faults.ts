import { rpcFailure } from '@eip/rpc'

/**
 * `crash…`: the process ends there, and nothing that it calls later is done. `lost…`: one call is not answered, and it goes on.
 * `…before`: what was called did not get to know of it; `…after`: it was done.
 */
export type FaultKind = 'crash before' | 'crash after' | 'lost before' | 'lost after'
export type Fault = Readonly<{ kind: FaultKind; call: number }>

/** Ports through which a process speaks; with a fault, its call of that number (from 1) fails. */
export type FaultLine = Readonly<{
  through<Port extends object>(port: Port, isNeighbour: boolean): Port
  calls(): number
}>

export function faultLine(fault: Fault | null): FaultLine {
  let calls = 0
  let isDead = false
  const crashed = () => {
    isDead = true
    return new Error('the process has ended')
  }
  const run = async (work: () => unknown, isNeighbour: boolean) => {
    if (isDead) throw crashed()
    // Stores answer or the process is in trouble; only neighbours are away.
    const isCounted = isNeighbour || fault?.kind.startsWith('crash') !== false
    if (isCounted) calls += 1
    if (fault === null || !isCounted || calls !== fault.call) return work()
    if (fault.kind === 'crash before') throw crashed()
    if (fault.kind !== 'lost before') await work()
    if (fault.kind === 'crash after') throw crashed()
    throw rpcFailure('rpc.unavailable', 'no answer')
  }
  return Object.freeze({
    through<Port extends object>(port: Port, isNeighbour: boolean): Port {
      const wrapped = Object.entries(port).map(([name, operation]) => [
        name,
        (...given: unknown[]) => run(() => operation(...given), isNeighbour),
      ])
      return Object.fromEntries(wrapped) as Port
    },
    calls: () => calls,
  })
}
