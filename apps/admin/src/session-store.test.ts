import { describe, expect, it } from 'vitest'
import { repeatedAfterSignIn, sessionStore } from './session-store.ts'

const ana = { name: 'ana', role: 'merchandiser' as const, expiresAt: '2030-01-01T00:00:00.000Z', csrf: 'one' }

function opened(read: typeof ana | null = null) {
  let signIns = 0
  const calls = {
    openSession: async ({ name }: { name: string }) => ({ ...ana, name, csrf: `csrf-${++signIns}` }),
    readSession: async () => ({ session: read }),
    renewSession: async () => ({ ...ana, csrf: 'renewed' }),
    closeSession: async () => ({ session: null }),
  }
  return sessionStore(calls as unknown as Parameters<typeof sessionStore>[0])
}

const refusal = (code: string) => Object.assign(new Error(code), { code })

/** A client whose calls are refused until the session is the one it wants. */
function gatedClient(store: ReturnType<typeof opened>, code = 'gateway.sign-in-needed', wanted = 'csrf-2') {
  const asked: string[] = []
  const client = {
    async save(input: { name: string }) {
      asked.push(input.name)
      if (store.csrf() !== wanted) throw refusal(code)
      return `saved ${input.name}`
    },
  }
  return { asked, client: repeatedAfterSignIn(client, store) }
}

describe('a session that ends in the middle of work', () => {
  it('lets the call wait, and repeats it when somebody has signed in again', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    const { asked, client } = gatedClient(store)
    const saving = client.save({ name: 'draft' })
    const another = client.save({ name: 'note' })
    await expect.poll(() => store.current().is).toBe('expired')
    await store.signIn('ana', 'secret')
    expect(await Promise.all([saving, another])).toEqual(['saved draft', 'saved note'])
    expect(asked).toEqual(['draft', 'note', 'draft', 'note'])
  })

  it('lets no call be repeated in the name of somebody else, or after signing out', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    const { asked, client } = gatedClient(store)
    const saving = client.save({ name: 'draft' })
    await expect.poll(() => store.current().is).toBe('expired')
    await store.signIn('bo', 'secret')
    await expect(saving).rejects.toThrow('gateway.sign-in-needed')
    const another = gatedClient(store, 'gateway.sign-in-needed', 'never').client.save({ name: 'note' })
    await expect.poll(() => store.current().is).toBe('expired')
    await store.signOut()
    await expect(another).rejects.toThrow('gateway.sign-in-needed')
    expect(asked).toEqual(['draft'])
  })

  it('does not end the session that has replaced it when a late refusal comes', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    let refuse = () => {}
    let asked = 0
    const slow = repeatedAfterSignIn(
      {
        save: () => {
          asked += 1
          if (asked > 1) return Promise.resolve('saved')
          return new Promise<string>((_resolve, reject) => {
            refuse = () => reject(refusal('gateway.sign-in-needed'))
          })
        },
      },
      store,
    )
    const saving = slow.save()
    await store.signIn('ana', 'secret')
    refuse()
    expect(await saving).toBe('saved')
    expect(store.current().is).toBe('in')
  })

  it('is found out by asking, and then the page stays as well', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    await store.read()
    expect(store.current()).toMatchObject({ is: 'expired', session: { name: 'ana' } })
  })

  it('is over no more when another tab has signed in', async () => {
    const store = opened(ana)
    await store.signIn('ana', 'secret')
    const again = store.whenSignedInAgain()
    await store.read()
    expect(await again).toBe(true)
    expect(store.csrf()).toBe('one')
  })

  it('is still known by name, so that the page can stay', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    store.whenSignedInAgain()
    expect(store.current()).toMatchObject({ is: 'expired', session: { name: 'ana' } })
  })

  it('is not asked for again because of any other refusal', async () => {
    const store = opened()
    await store.signIn('ana', 'secret')
    const { client } = gatedClient(store, 'gateway.role-missing')
    await expect(client.save({ name: 'draft' })).rejects.toThrow('gateway.role-missing')
    expect(store.current().is).toBe('in')
  })
})

describe('a session', () => {
  it('tells whoever listens of every change, and gives the value that forgery is told by', async () => {
    const store = opened()
    const seen: string[] = []
    const stop = store.subscribe(() => seen.push(store.current().is))
    expect(store.csrf()).toBeNull()
    await store.read()
    await store.signIn('ana', 'secret')
    expect(store.csrf()).toBe('csrf-1')
    await store.renew()
    expect(store.csrf()).toBe('renewed')
    await store.signOut()
    stop()
    await store.signIn('ana', 'secret')
    expect(seen).toEqual(['out', 'in', 'in', 'out'])
  })
})
