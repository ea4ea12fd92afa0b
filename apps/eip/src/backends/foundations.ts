import type { ConnectionUse } from '@eip/database'
import type { Engine, Foundations, Pool } from '@eip/runtime'

/** Notes what is opened, to be looked at by those who run the platform. */
export interface FoundationNotes {
  readonly foundations: Foundations
  /** One engine for each part: what is noted again for a part changes nothing. */
  engine(engine: Engine): void
  /** Answers with the database itself. */
  pool<Opened extends Readonly<{ connections(): ConnectionUse }>>(schema: string, database: Opened): Opened
}

export function foundationNotes(): FoundationNotes {
  const engines = new Map<Engine['part'], Engine>()
  const pools: Pool[] = []
  return Object.freeze({
    foundations: { engines: () => [...engines.values()], pools: () => [...pools] },
    engine(engine: Engine) {
      if (!engines.has(engine.part)) engines.set(engine.part, engine)
    },
    pool<Opened extends Readonly<{ connections(): ConnectionUse }>>(schema: string, database: Opened) {
      pools.push({ schema, connections: database.connections })
      return database
    },
  })
}

/** An engine inside this process: it answers for as long as the process does. */
export const embeddedEngine = (part: Engine['part'], engine: string, version: string | null = null): Engine =>
  Object.freeze({ part, engine, isEmbedded: true, look: async () => version })

export const server = (part: Engine['part'], engine: string, look: Engine['look']): Engine =>
  Object.freeze({ part, engine, isEmbedded: false, look })
