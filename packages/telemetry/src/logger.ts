import { type Logger as PinoLogger, pino } from 'pino'
import { prettyLine } from './pretty-line.ts'
import { redact } from './redact.ts'
import { repeats } from './repeats.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

type Log = {
  (message: string): void
  (fields: Readonly<Record<string, unknown>>, message: string): void
}

/** Logs events, not prose: what varies goes into fields, errors into the field `err`. */
export type Logger = Readonly<{
  debug: Log
  info: Log
  warn: Log
  error: Log
  /** A logger that adds these fields to every line. */
  child(fields: Readonly<Record<string, unknown>>): Logger
}>

export type LoggerOptions = Readonly<{
  /** Stands in every line as `name`. */
  name: string
  level?: LogLevel
  /** Where lines go, each ending in a line feed; standard error by default. */
  write?: (line: string) => void
  /** `json` for machines, `pretty` for people; by default what standard error is connected to decides. */
  format?: 'json' | 'pretty'
}>

/** A server that is away fails whatever asks for it: how often the same error is told. */
const sameErrorEveryMs = 10_000

/**
 * JSON lines (or one readable line each on a terminal), with secrets replaced wherever they stand. Of lines with the same
 * message and the same error one is written every ten seconds, with the number of those before it that were `leftOut`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stderr.write(line))
  const format = options.format ?? (options.write === undefined && process.stderr.isTTY ? 'pretty' : 'json')
  const sameErrors = repeats(sameErrorEveryMs)
  const root = pino(
    {
      name: options.name,
      level: options.level ?? 'info',
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields),
      },
      hooks: {
        logMethod(line, write, level) {
          const [fields, message] = line as unknown[]
          const error = (fields as { err?: unknown } | null)?.err
          if (!(error instanceof Error)) return write.apply(this, line)
          const leftOut = sameErrors.leftOut(JSON.stringify([level, this.bindings(), message, error.message]))
          if (leftOut === 0) write.apply(this, line)
          else if (leftOut !== null) write.apply(this, [{ ...(fields as object), leftOut }, message as string])
        },
      },
      serializers: { err: (error: Error) => redact({ ...pino.stdSerializers.err(error) }) },
    },
    { write: format === 'pretty' ? (line: string) => write(prettyLine(line)) : write },
  )
  return wrapped(root)
}

// pino writes the fields of a child as they are; here they pass the same sieve as those of a line.
const wrapped = (inner: PinoLogger): Logger =>
  Object.freeze({
    debug: inner.debug.bind(inner),
    info: inner.info.bind(inner),
    warn: inner.warn.bind(inner),
    error: inner.error.bind(inner),
    child: (fields: Readonly<Record<string, unknown>>) => wrapped(inner.child(redact(fields))),
  })

/** For tests and for tools that report in another way. */
export const silentLogger: Logger = createLogger({ name: 'silent', level: 'silent', write: () => {} })
