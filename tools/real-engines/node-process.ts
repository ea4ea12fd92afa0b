import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { accountNamed, assertReachable, ownedDirectory } from './account.ts'
import type { EngineNode } from './engine.port.ts'
import { failure } from './failures.ts'
import { lastLines, logPath, rotateLog } from './node-log.ts'

/** The kernel does it at once; children that a server leaves notice within moments. */
const killSeconds = 60
const collectSeconds = 10

const pidFile = (directory: string) => join(directory, 'pid')

/** State, parent and time of birth of a process; null where it is gone. Fields of /proc/PID/stat: proc(5). */
function processStat(pid: number): { state: string; parent: number; born: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', parent: Number(fields[1]), born: fields[19] ?? '' }
  } catch {
    return null
  }
}

/** The process that was started here, if it lives. A process id alone may by now be somebody else’s: its birth tells. */
export function livePid(directory: string): number | null {
  if (!wasStarted(directory)) return null
  const [pid, born] = readFileSync(pidFile(directory), 'utf8').trim().split(' ')
  const stat = processStat(Number(pid))
  return stat !== null && stat.born === born && stat.state !== 'Z' ? Number(pid) : null
}

/** True until it is stopped by this tool, though it may have died since. */
export const wasStarted = (directory: string): boolean => existsSync(pidFile(directory))

export function memoryMebibytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kibibytes ?? 0) / 1024)
}

/** Starts it in a session of its own, with its output in the log; what ends this tool does not end it. */
export async function launch(node: EngineNode): Promise<void> {
  const account = accountNamed(node.account)
  const directory = ownedDirectory(account, node.directory)
  assertReachable(node.account, directory)
  const { program, arguments: rest } = await node.prepare()
  rotateLog(directory)
  const log = openSync(logPath(directory), 'w')
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: directory, LANG: 'C.UTF-8' }
  const child = spawn(program, rest, { ...account, cwd: directory, env, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  await once(child, 'spawn')
  child.unref()
  writeFileSync(pidFile(directory), `${child.pid} ${processStat(child.pid ?? 0)?.born}\n`)
}

/** Throws `engines.not-ready` when the process ends or the time is over; the end of its log goes to standard error. */
export async function untilReady(node: EngineNode, limitSeconds: number): Promise<void> {
  const end = performance.now() + limitSeconds * 1_000
  while (!(await node.isReady())) {
    const isAlive = livePid(node.directory) !== null
    if (isAlive && performance.now() < end) {
      await wait(100)
      continue
    }
    process.stderr.write(`${lastLines(node.directory, 40)}\n`)
    const what = isAlive ? `was not ready after ${limitSeconds} s and is stopped` : 'ended while it started'
    if (isAlive) await stop(node, limitSeconds)
    throw failure('engines.not-ready', `${node.name} ${what} (log: ${logPath(node.directory)}).`)
  }
  await node.whenReady?.()
}

/** Asks it to end, and ends it by force when the time is over. False where it did not run. */
export async function stop(node: EngineNode, limitSeconds: number): Promise<boolean> {
  const pid = livePid(node.directory)
  if (pid !== null) {
    process.kill(pid, node.stopSignal)
    if (!(await untilGone([pid], limitSeconds))) await kill(node)
  }
  rmSync(pidFile(node.directory), { force: true })
  return pid !== null
}

/** Ends it as a power cut would, and waits until its children have noticed. False where it did not run. */
export async function kill(node: EngineNode): Promise<boolean> {
  const pid = livePid(node.directory)
  if (pid === null) return false
  const children = childrenOf(pid)
  process.kill(pid, 'SIGKILL')
  if (!(await untilGone([pid, ...children], killSeconds)))
    throw failure('engines.still-running', `${node.name} left processes behind: ${children.join(', ')}.`)
  rmSync(pidFile(node.directory), { force: true })
  return true
}

const childrenOf = (parent: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && processStat(Number(name))?.parent === parent)
    .map(Number)

/** A dead process that init has not collected yet counts as there for a while: PostgreSQL would take it for a rival.
 *  Not for ever, as there are containers whose init never collects. */
async function untilGone(pids: readonly number[], limitSeconds: number): Promise<boolean> {
  const births = new Map(pids.map((pid) => [pid, processStat(pid)?.born]))
  const start = performance.now()
  for (;;) {
    const there = pids.filter((pid) => births.get(pid) !== undefined && processStat(pid)?.born === births.get(pid))
    const isOnlyDead = there.every((pid) => (processStat(pid)?.state ?? 'Z') === 'Z')
    const waited = (performance.now() - start) / 1_000
    if (there.length === 0 || (isOnlyDead && waited > collectSeconds)) return true
    if (!isOnlyDead && waited > limitSeconds) return false
    await wait(50)
  }
}
