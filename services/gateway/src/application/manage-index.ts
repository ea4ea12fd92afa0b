import type { CatalogContract, IndexerContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  'indexStatus' | 'rebuildIndex' | 'rollBackIndex' | 'listViewVersions' | 'listProductVersions' | 'republishProducts'
>
type Needs = Readonly<{ indexer: Client<IndexerContract>; catalog: Client<CatalogContract> }>

/** The serving view: how far it is, and what keeps it true. */
export const manageIndex = ({ indexer, catalog }: Needs): Operations =>
  Object.freeze({
    async indexStatus(_, call) {
      // In the order in which changes travel: one that leaves the outbox between the two is counted on the bus or is in the view.
      const { unpublishedEvents } = await catalog.statistics({}, { call })
      return { ...(await indexer.status({}, { call })), unpublishedEvents }
    },
    rebuildIndex: (_, call) => indexer.rebuild({}, { call }),
    rollBackIndex: (_, call) => indexer.rollBack({}, { call }),
    listViewVersions: (input, call) => indexer.listVersions(input, { call }),
    listProductVersions: (input, call) => catalog.listVersions(input, { call }),
    republishProducts: (input, call) => catalog.republishProducts(input, { call }),
  } satisfies Operations)
