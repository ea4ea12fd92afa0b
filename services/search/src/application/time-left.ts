import { type Call, rpcFailure } from '@eip/rpc'

/** Throws `rpc.deadline` when the call's time is over: whoever asked has stopped waiting, more work would be for nobody. */
export function requireTime(call: Call): void {
  if (call.remainingMs() <= 0) throw rpcFailure('rpc.deadline', 'the search was not done within its time')
}
