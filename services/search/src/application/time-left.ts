import { type Call, rpcFailure } from '@eip/rpc'

/** Throws when whoever asked has gone, or has stopped waiting (`rpc.deadline`): more work would be for nobody. */
export function requireTime(call: Call): void {
  call.signal.throwIfAborted()
  if (call.remainingMs() <= 0) throw rpcFailure('rpc.deadline', 'the search was not done within its time')
}
