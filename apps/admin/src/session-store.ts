import type { Gateway } from '@eip/theme'

export type Session = Awaited<ReturnType<Gateway['openSession']>>

/** `unknown`: not asked yet. `out`: nobody is signed in. `expired`: somebody was, and their page stays as it is. */
export type SessionState = Readonly<{ is: 'unknown' | 'out' }> | Readonly<{ is: 'in' | 'expired'; session: Session }>

type Calls = Pick<Gateway, 'openSession' | 'readSession' | 'renewSession' | 'closeSession'>

/** Who is signed in, for the whole page. */
export interface SessionStore {
  current(): SessionState
  subscribe(listener: () => void): () => void
  csrf(): string | null
  /** Asks who is signed in: another tab may have signed in or out. Where nobody is any more, the page stays as it is. */
  read(): Promise<void>
  signIn(name: string, password: string): Promise<void>
  /** Lengthens the session; a failure leaves it to end by itself. */
  renew(): Promise<void>
  /** Leaves the page; calls that wait are given up. */
  signOut(): Promise<void>
  /** Says that a call was refused because the session is over. Answers whether the same person has signed in again. */
  whenSignedInAgain(): Promise<boolean>
}

const nameIn = (state: SessionState): string | null => ('session' in state ? state.session.name : null)

export function sessionStore(calls: Calls): SessionStore {
  let state: SessionState = { is: 'unknown' }
  const listeners = new Set<() => void>()
  let waiting: ((isSame: boolean) => void)[] = []
  const become = (next: SessionState) => {
    const isSame = nameIn(next) === nameIn(state)
    state = next
    for (const listener of listeners) listener()
    if (next.is === 'expired') return
    const resolved = waiting
    waiting = []
    for (const resolve of resolved) resolve(next.is === 'in' && isSame)
  }
  return Object.freeze({
    current: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    csrf: () => ('session' in state ? state.session.csrf : null),
    async read() {
      const { session } = await calls.readSession({})
      if (session !== null) become({ is: 'in', session })
      else become('session' in state ? { is: 'expired', session: state.session } : { is: 'out' })
    },
    async signIn(name: string, password: string) {
      become({ is: 'in', session: await calls.openSession({ name, password }) })
    },
    async renew() {
      if (state.is === 'in') become({ is: 'in', session: await calls.renewSession({}) })
    },
    async signOut() {
      await calls.closeSession({})
      become({ is: 'out' })
    },
    whenSignedInAgain() {
      if (!('session' in state)) return Promise.resolve(false)
      const again = new Promise<boolean>((resolve) => waiting.push(resolve))
      if (state.is === 'in') become({ is: 'expired', session: state.session })
      return again
    },
  })
}

/**
 * The same client, whose calls wait for the same person to sign in again where the session is over, and are then repeated. A call
 * that was refused under a session that has been replaced meanwhile is repeated at once.
 */
export function repeatedAfterSignIn<Client extends object>(client: Client, store: SessionStore): Client {
  type Operation = (...given: unknown[]) => Promise<unknown>
  const isOver = (error: unknown) =>
    error instanceof Error && 'code' in error && error.code === 'gateway.sign-in-needed'
  return new Proxy(client, {
    get(target, name) {
      const operation = Reflect.get(target, name) as Operation
      return async (...given: unknown[]) => {
        const before = store.current()
        try {
          return await operation(...given)
        } catch (error) {
          if (!isOver(error)) throw error
          const now = store.current()
          const isReplaced = now.is === 'in' && 'session' in before && now.session.csrf !== before.session.csrf
          const isSame = isReplaced ? nameIn(now) === nameIn(before) : await store.whenSignedInAgain()
          if (!isSame) throw error
          return operation(...given)
        }
      }
    },
  })
}
