import type { PolicyDocument } from '@eip/contracts'

/** A change that is not saved yet: what it began with, and the draft's revision that was seen (0: none). */
export type KeptEdit = Readonly<{
  document: PolicyDocument
  base: PolicyDocument
  basedOn: number
  revision: number
}>

const key = 'eip-policy-edit'

/** An edit survives a reload of the page in its tab. */
export function keepEdit(edit: KeptEdit | null): void {
  try {
    if (edit === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(edit))
  } catch {
    // A browser that keeps nothing loses the edit at a reload, and nothing else.
  }
}

export function keptEdit(): KeptEdit | null {
  try {
    const text = sessionStorage.getItem(key)
    return text === null ? null : (JSON.parse(text) as KeptEdit)
  } catch {
    return null
  }
}
