import { data as routes } from 'virtual:gateway-routes'
import type { GatewayContract } from '@eip/contracts'
import { type BrowserClient, type BrowserClientOptions, browserClient } from '@eip/rpc/browser'

export type Gateway = BrowserClient<GatewayContract>

/** The gateway that served this page, one function per operation of its contract; failures are `ClientFailure`. */
export const gateway = (options: Omit<BrowserClientOptions, 'url'> = {}): Gateway =>
  browserClient<GatewayContract>(routes, { ...options, url: `${location.origin}/api/v1` })
