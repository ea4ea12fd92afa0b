/** Wakes one waiter. A ring that nobody waits for is kept, so that no wake-up is lost between looking and waiting. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring (at once if it rang since it was last heard), or after `timeoutMs`. One waiter at a time. */
  heard(timeoutMs?: number): Promise<void>
}

export function bell(): Bell {
  let rung = false
  let wake: (() => void) | undefined
  const ring = () => {
    rung = true
    wake?.()
  }
  const heard = async (timeoutMs = Number.POSITIVE_INFINITY) => {
    if (!rung) {
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(timeoutMs) ? setTimeout(resolve, timeoutMs) : undefined
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    wake = undefined
    rung = false
  }
  return Object.freeze({ ring, heard })
}
