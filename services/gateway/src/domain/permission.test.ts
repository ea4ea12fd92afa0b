import { gatewayContract, type roles } from '@eip/contracts'
import { describe, expect, it } from 'vitest'
import { changes } from './change.ts'
import { isSecured, permissionOf } from './permission.ts'

const operations = Object.entries(gatewayContract).map(([name, operation]) => ({
  name,
  method: operation['~orpc'].route.method ?? 'POST',
  permission: permissionOf(name),
}))
const named = (filter: (operation: (typeof operations)[number]) => boolean) =>
  operations.filter(filter).map(({ name }) => name)

describe('permissions', () => {
  it('says of every operation who may call it', () => {
    expect(named(({ permission }) => permission === undefined)).toEqual([])
  })

  it('leaves these open, and no other', () => {
    expect(named(({ name }) => !isSecured(name))).toEqual([
      ...['search', 'getProduct', 'similarProducts', 'suggest', 'signIn', 'openSession', 'readSession', 'closeSession'],
      ...['delivery', 'listRegions', 'getCart', 'setCartLine', 'checkout', 'listMyOrders', 'getMyOrder'],
      ...['cancelMyOrder', 'returnMyOrder', 'reviewMyOrder'],
    ])
  })

  it('lets the operator do everything, and a shopper nothing but stay signed in', () => {
    const allowed = (role: (typeof roles)[number]) =>
      named(({ permission }) => Array.isArray(permission) && permission.includes(role))
    expect(allowed('operator')).toEqual(named(({ name }) => isSecured(name)))
    expect(allowed('shopper')).toEqual(['renewSession'])
    expect(allowed('advertiser')).toEqual(['renewSession'])
  })

  it('keeps these for the operator alone', () => {
    const only = named(({ permission }) => Array.isArray(permission) && permission.join() === 'operator')
    expect(only.toSorted()).toEqual([
      ...[
        'deleteAccount',
        'listAccounts',
        'listProductVersions',
        'listScoreVersions',
        'listStockVersions',
        'listViewVersions',
        'rebuildIndex',
        'republishProducts',
        'republishScores',
        'republishStock',
      ],
      ...['retryParked', 'rollBackIndex', 'saveAccount', 'trainEncoder', 'useEncoder'],
    ])
  })

  it('says in the description of an operation who may call it', () => {
    for (const { name, permission } of operations) {
      if (!Array.isArray(permission) || name === 'renewSession') continue
      const summary = gatewayContract[name as keyof typeof gatewayContract]['~orpc'].route.summary ?? ''
      const said = /\(([a-z, ]+)\)$/.exec(summary)?.[1]?.split(', ').toSorted()
      expect([name, said]).toEqual([name, permission.toSorted()])
    }
  })

  it('is not open where nothing is known', () => {
    expect([permissionOf('toString'), isSecured('toString')]).toEqual([undefined, true])
  })
})

describe('the audit log', () => {
  it('records every operation that changes something and not everybody may call', () => {
    // Pieces of an upload belong to its start; the lists are read with a body of ids.
    const others = ['appendImport', 'listProductVersions', 'listViewVersions', 'listStockVersions', 'listScoreVersions']
    const changing = named(
      ({ name, method, permission }) =>
        method !== 'GET' && Array.isArray(permission) && !permission.includes('viewer') && !others.includes(name),
    )
    expect(Object.keys(changes).toSorted()).toEqual(changing.toSorted())
  })
})
