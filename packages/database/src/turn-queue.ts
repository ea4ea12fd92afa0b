import type { ConnectionUse } from './database.port.ts'
import { databaseFailure } from './failure.ts'

/** Gives the one connection from hand to hand, in the order it was asked for. */
export interface TurnQueue {
  /** Resolves with the function that ends the turn. Rejects with `database.turn-timeout` or `database.closed`. */
  take(): Promise<() => void>
  use(): ConnectionUse
  /** Refuses further turns and resolves when the ones asked for are over. */
  close(): Promise<void>
}

type Waiter = Readonly<{ grant: () => void; timer: NodeJS.Timeout | undefined }>

/** `name` is for messages; a turn that is not granted within `timeoutMs` is refused. */
export function turnQueue(name: string, timeoutMs: number): TurnQueue {
  const waiting: Waiter[] = []
  let isTaken = false
  let isClosed = false

  const next = () => {
    const waiter = waiting.shift()
    isTaken = waiter !== undefined
    waiter?.grant()
  }
  const turn = () => {
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      next()
    }
  }
  const wait = (limitMs: number | null) =>
    new Promise<() => void>((resolve, reject) => {
      const refuse = () => {
        waiting.splice(waiting.indexOf(waiter), 1)
        const message = `waited ${limitMs} ms for the connection to ${name}`
        reject(databaseFailure('database.turn-timeout', message, { file: name }))
      }
      const timer = limitMs === null ? undefined : setTimeout(refuse, limitMs)
      const grant = () => {
        clearTimeout(timer)
        resolve(turn())
      }
      const waiter: Waiter = { grant, timer }
      waiting.push(waiter)
    })
  const enter = async (limitMs: number | null) => {
    if (isTaken) return wait(limitMs)
    isTaken = true
    return turn()
  }
  return Object.freeze({
    async take() {
      if (isClosed) throw databaseFailure('database.closed', `${name} is closed`, { file: name })
      return enter(timeoutMs)
    },
    use: () => ({ limit: 1, idle: isTaken ? 0 : 1, inUse: isTaken ? 1 : 0, waiting: waiting.length }),
    async close() {
      isClosed = true
      const end = await enter(null)
      end()
    },
  })
}

/**
 * Runs one work after the other, in the order asked for, where a database would run several at once. `name` is for messages; what
 * waits longer than `timeoutMs` is refused (`database.turn-timeout`).
 */
export function oneByOne(name: string, timeoutMs = 5_000): <T>(work: () => Promise<T>) => Promise<T> {
  const turns = turnQueue(name, timeoutMs)
  return async (work) => {
    const release = await turns.take()
    try {
      return await work()
    } finally {
      release()
    }
  }
}
