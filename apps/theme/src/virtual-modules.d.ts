/** Made by build/gateway-modules.ts. */
declare module 'virtual:gateway-routes' {
  import type { ContractRoutes } from '@eip/rpc/browser'
  export const data: ContractRoutes
}

/** Made by build/gateway-modules.ts: decimals of the currencies that do not have two. */
declare module 'virtual:currency-exponents' {
  export const data: Readonly<Record<string, number>>
}
