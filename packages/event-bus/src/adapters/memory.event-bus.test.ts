import { describe } from 'vitest'
import { eventBusContract } from '../event-bus.contract.ts'
import { memoryEventBus } from './memory.event-bus.ts'

describe('memory event bus', () => eventBusContract(async () => ({ bus: await memoryEventBus({ compactAfterMs: 0 }) })))
