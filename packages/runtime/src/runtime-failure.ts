import { failures } from '@eip/kernel'

export const runtimeFailure = failures({
  'runtime.bad-graph': { kind: 'internal', cure: 'Mend the lists of services, their `calls` and the addresses.' },
  'runtime.unknown-peer': { kind: 'internal', cure: 'Name the neighbour in `calls` of the service that asks for it.' },
  'runtime.port-in-use': { kind: 'unavailable', cure: 'Stop the other program, or choose another port.' },
  'runtime.cannot-listen': { kind: 'unavailable', cure: 'Check the host name and port, and the right to use them.' },
  'runtime.start-failed': { kind: 'internal', cure: 'See the cause; what had started was stopped again.' },
  'runtime.stop-failed': { kind: 'internal', cure: 'See the log; the other services were stopped.' },
  'runtime.not-ready': { kind: 'unavailable', cure: 'Try again in a moment; the message names what is missing.' },
  'runtime.stopping': { kind: 'unavailable', cure: 'Ask another host, or try again when this one is back.' },
  'runtime.busy': { kind: 'unavailable', cure: 'Try again in a moment, or ask another host.' },
  'runtime.request-timeout': { kind: 'deadline', cure: 'Ask for less at once.' },
  'runtime.peer-unwell': { kind: 'unavailable', cure: 'Look at the log of the process that answers at that address.' },
  'runtime.not-found': { kind: 'not-found', cure: '/services lists what is answered here.' },
})
