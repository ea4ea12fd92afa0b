import { hash as digest, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Role } from '@eip/contracts'

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>

/** Somebody who may sign in. The password is kept as salt and scrypt hash, both in base64. */
export type Account = Readonly<{ name: string; role: Role; salt: string; hash: string }>

const hashBytes = 32

export async function newAccount(name: string, role: Role, password: string): Promise<Account> {
  const salt = randomBytes(16)
  const hash = await derive(password.normalize('NFC'), salt, hashBytes)
  return Object.freeze({ name, role, salt: salt.toString('base64'), hash: hash.toString('base64') })
}

/** Changes with the password and says nothing about it: a session that was opened by an older one is told by this. */
export const passwordStamp = ({ salt }: Account): string => digest('sha256', salt, 'base64url').slice(0, 16)

// Checked where there is no such account, so that the time taken does not tell which names exist.
const nobody: Account = Object.freeze({ name: '', role: 'shopper', salt: 'AAAA', hash: '' })

/** True if the account exists and the password is its own. Takes the same time for an unknown name. */
export async function passwordMatches(account: Account | null, password: string): Promise<boolean> {
  const { salt, hash } = account ?? nobody
  const given = await derive(password.normalize('NFC'), Buffer.from(salt, 'base64'), hashBytes)
  const stored = Buffer.alloc(hashBytes)
  Buffer.from(hash, 'base64').copy(stored)
  return timingSafeEqual(given, stored) && account !== null
}
