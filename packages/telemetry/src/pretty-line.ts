/** `10:31:07.123 WARN  eip: stopping  reason=SIGTERM`, and an error's stack on the lines below. Takes one line of JSON. */
export function prettyLine(json: string): string {
  const { time, level, name, msg, err, ...fields } = JSON.parse(json) as Record<string, unknown> & {
    err?: { stack?: string; message?: string }
  }
  const rest = Object.entries(fields).map(
    ([field, value]) => `  ${field}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const head = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${name}: ${msg ?? ''}${rest.join('')}`
  return `${head}\n${err === undefined ? '' : `${err.stack ?? err.message}\n`}`
}
