import { beforeEach, expect, it } from 'vitest'
import type { Account } from '../domain/account.ts'
import type { AccountStore } from './account-store.port.ts'

const account = (name: string, role: Account['role'] = 'viewer'): Account => ({
  name,
  role,
  salt: 'c2FsdA==',
  hash: 'aGFzaA==',
})

export const accountStoreContract = (open: () => Promise<AccountStore>) => {
  let store: AccountStore
  beforeEach(async () => {
    store = await open()
  })

  it('finds what was saved', async () => {
    await store.save(account('ana', 'operator'))
    expect(await store.find('ana')).toEqual(account('ana', 'operator'))
  })

  it('finds nothing under another name, however alike', async () => {
    await store.save(account('ana'))
    expect(await store.find('Ana')).toBeNull()
    expect(await store.find('ana ')).toBeNull()
  })

  it('replaces the account of the same name', async () => {
    await store.save(account('ana', 'viewer'))
    await store.save(account('ana', 'operator'))
    expect(await store.list()).toEqual([account('ana', 'operator')])
  })

  it('lists by name in code-unit order', async () => {
    for (const name of ['b', 'Z', 'ä', 'a']) await store.save(account(name))
    expect((await store.list()).map((each) => each.name)).toEqual(['Z', 'a', 'b', 'ä'])
  })

  it('says whether there was one to remove', async () => {
    await store.save(account('ana'))
    expect(await store.remove('ana')).toBe(true)
    expect(await store.remove('ana')).toBe(false)
    expect(await store.find('ana')).toBeNull()
  })
}
