import { filesFailure } from './file-store.failure.ts'

/** The path as it was given. Throws `files.bad-path` for what is none; see the port. */
export function checkedPath(path: string): string {
  const isPath = path.length <= 900 && path.split('/').every((name) => /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*$/.test(name))
  if (isPath && !path.includes('\n')) return path
  throw filesFailure('files.bad-path', `"${path.slice(0, 100)}" is no path of a file`, { path })
}
