import type { EventBus } from '../event-bus.port.ts'
import { logEventBus } from '../log/log-event-bus.ts'
import type { Observe } from '../log/observation.ts'
import { type MemoryLogOptions, memoryLog } from './memory/memory.event-log.ts'

export type MemoryEventBusOptions = MemoryLogOptions & Readonly<{ observe?: Observe }>

/** For tests: everything is gone when it closes, and everything it holds is on the heap. */
export function memoryEventBus(options: MemoryEventBusOptions = {}): Promise<EventBus> {
  const { clock, observe } = options
  return logEventBus({ openLog: async (appended) => memoryLog(options, appended), clock, observe })
}
