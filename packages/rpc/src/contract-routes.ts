import type { AnyContractRouter } from '@orpc/contract'
import { minifyContractRouter } from '@orpc/contract'
import type { ContractRoutes } from './browser-client.ts'

/** A contract's methods and paths alone, as plain data for `browserClient`: schemas and descriptions stay out of a page. */
export function contractRoutes(contract: AnyContractRouter): ContractRoutes {
  const bare = Object.entries(contract).map(([name, operation]) => {
    const { method, path } = operation['~orpc'].route
    return [name, { '~orpc': { ...operation['~orpc'], route: { method, path } } }]
  })
  return minifyContractRouter(Object.fromEntries(bare) as AnyContractRouter)
}
