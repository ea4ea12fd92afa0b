import { followContract } from './contract/follow.contract.ts'
import { groupContract } from './contract/group.contract.ts'
import { parkingContract } from './contract/parking.contract.ts'
import { publishContract } from './contract/publish.contract.ts'
import { redeliveryContract } from './contract/redelivery.contract.ts'
import { replayContract } from './contract/replay.contract.ts'
import { type Deviations, type OpenBus, stage } from './contract/stage.ts'

/**
 * The laws of the port, each a test; nothing else is known of the adapter. `open` answers with a new, empty bus whose
 * compaction may remove what is superseded at once.
 */
export function eventBusContract(open: OpenBus, deviations: Deviations = {}): void {
  const openBus = stage(open)
  publishContract(openBus)
  groupContract(openBus)
  redeliveryContract(openBus)
  parkingContract(openBus)
  followContract(openBus, deviations)
  replayContract(openBus)
}

export type { OpenBus, OpenedBus } from './contract/stage.ts'
