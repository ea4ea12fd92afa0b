import { grouped, writeLine } from './output.ts'

export interface Progress {
  /** `share` in [0, 1] where it is known. */
  report(text: string, share?: number): void
  done(): void
}

const barWidth = 24
const bar = (share: number) => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`
}

/**
 * One line that keeps changing on a terminal; elsewhere (a log, a pipe) a new line every five seconds.
 * Everything goes to standard error.
 */
export function progressLine(title: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  let last = 0
  const intervalMs = stream.isTTY ? 100 : 5_000
  return Object.freeze({
    report(text: string, share?: number) {
      const now = performance.now()
      if (last !== 0 && now - last < intervalMs && share !== 1) return
      last = now
      const line = `${title} ${share === undefined ? '' : `${bar(share)} `}${text}`
      if (stream.isTTY) stream.write(`\r\x1b[2K${line.slice(0, stream.columns - 1)}`)
      else writeLine(line)
    },
    done() {
      if (stream.isTTY) stream.write('\r\x1b[2K')
    },
  })
}

/** "12,000 rows, 8,000 rows/s" */
export const rate = (count: number, what: string, seconds: number): string =>
  `${grouped(count)} ${what}${seconds > 0.5 ? `, ${grouped(count / seconds)} ${what}/s` : ''}`
