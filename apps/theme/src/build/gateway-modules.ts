import { currencyExponent, gatewayContract } from '@eip/contracts'
import { contractRoutes } from '@eip/rpc/routes'
import type { Plugin } from 'vite'

/** The currencies that do not have two decimals. Browsers know other exponents than ISO 4217 for some. */
const oddExponents = (): unknown =>
  Object.fromEntries(
    Intl.supportedValuesOf('currency')
      .map((currency) => [currency, currencyExponent(currency)] as const)
      .filter(([, exponent]) => exponent !== 2),
  )

const modules: Readonly<Record<string, () => unknown>> = {
  'virtual:gateway-routes': () => contractRoutes(gatewayContract),
  'virtual:currency-exponents': oddExponents,
}

/** What pages need of the contracts at run time, as plain data: read when the page is built, from the contracts themselves. */
export const gatewayModules = (): Plugin => ({
  name: 'eip:gateway-modules',
  resolveId: (id) => (id in modules ? `\0${id}` : null),
  load(id) {
    const data = modules[id.replace(/^\0/, '')]
    return data === undefined ? null : `export const data = JSON.parse(${JSON.stringify(JSON.stringify(data()))})`
  },
})
