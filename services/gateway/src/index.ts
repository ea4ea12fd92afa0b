export { type Claims, signedTokens, type Tokens } from './application/token.ts'
export { type Account, newAccount } from './domain/account.ts'
export { type GatewayNeeds, gateway } from './gateway.service.ts'
export type { AccountStore } from './ports/account-store.port.ts'
