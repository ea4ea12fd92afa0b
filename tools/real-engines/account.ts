import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { failure } from './failures.ts'

/** Whom a process runs as. Without root everything is run as oneself, and no ids are given. */
export type Account = Readonly<{ uid?: number; gid?: number }>

export const isRoot = process.getuid?.() === 0

export function accountNamed(name: string): Account {
  if (!isRoot) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export function ownedDirectory(account: Account, path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o755 })
  own(account, path)
  return path
}

export function ownedFile(account: Account, path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o644 })
  own(account, path)
}

function own({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Throws `engines.unreachable-directory` where the account may not enter a folder on the way. */
export function assertReachable(name: string, path: string): void {
  const { status } = spawnSync('test', ['-r', path], { ...accountNamed(name), cwd: '/' })
  if (status !== 0) throw failure('engines.unreachable-directory', `The account ${name} cannot enter ${path}.`)
}
