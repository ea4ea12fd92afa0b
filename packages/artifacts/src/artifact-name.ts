import { artifactsFailure } from './artifacts-failure.ts'

/** Throws `artifacts.bad-name` for what is no name; `what` says which of the two it is. */
export function checkName(what: 'kind' | 'name', text: string): void {
  // Without a leading dot it can be neither "." nor "..", nor one of the store's own folders.
  if (/^(?!\.)[a-z0-9.-]{1,80}$/.test(text)) return
  throw artifactsFailure('artifacts.bad-name', `the ${what} "${text.slice(0, 100)}" of an artefact is no name`, {
    [what]: text,
  })
}
