import { table } from './output.ts'
import type { Credentials, Platform } from './platform.ts'
import type { ServiceName } from './services.ts'

/** What people may open at a process of these services: pages and the API are the gateway's alone. */
export function welcome({ url, demoAccounts }: Pick<Platform, 'url' | 'demoAccounts'>, names: readonly ServiceName[]) {
  const answers = names.includes('gateway') ? pages(url) : ownPaths(url, names)
  return `${['', ...answers, ...accounts(demoAccounts)].join('\n')}\n`
}

const pages = (url: string | null) => [
  `The platform answers at ${url}`,
  `  shop     ${url}/`,
  `  admin    ${url}/admin/`,
  `  search   ${url}/api/v1/search?q=`,
  `  API      ${url}/api/docs`,
]

const ownPaths = (url: string | null, names: readonly ServiceName[]) => [
  `${names.join(', ')} at ${url}`,
  `  ready    ${url}/ready`,
  `  metrics  ${url}/metrics`,
]

function accounts(demoAccounts: readonly Credentials[]): readonly string[] {
  if (demoAccounts.length === 0) return []
  const rows = demoAccounts.map(({ name, password, role }) => [name, password, role])
  return ['', 'Demo accounts, new at every start (DEMO=off makes none):', table(['name', 'password', 'role'], rows)]
}
