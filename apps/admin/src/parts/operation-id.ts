import { useState } from 'react'

const bytes = 16

/** A name that nobody else gives. Pages that do not come over HTTPS have no `randomUUID`. */
export const newOperationId = (): string =>
  `admin:${[...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`

/**
 * What a form does has one name for as long as the form stands: sent again, after a double click or a lost answer, it changes
 * nothing more. `renew` is for when it was done, and the form is for something else.
 */
export function useOperationId(): Readonly<{ id: string; renew: () => void }> {
  const [id, setId] = useState(newOperationId)
  return { id, renew: () => setId(newOperationId()) }
}
