import { setTimeout as wait } from 'node:timers/promises'

/**
 * Waits for a condition, however slow the machine is; asks again every few milliseconds.
 * Rejects after `limitMs` with the description of what did not happen.
 */
export async function until<T>(
  description: string,
  condition: () => T | Promise<T>,
  limitMs = 50_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + limitMs
  for (;;) {
    const value = await condition()
    if (value) return value
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain until ${description}`)
    await wait(5)
  }
}
