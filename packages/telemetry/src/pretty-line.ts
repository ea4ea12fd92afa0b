/** `10:31:07.123 WARN  eip: stopping  reason=SIGTERM`, and an error's stack on the lines below. Takes one line of JSON; any other comes back as it is. */
export function prettyLine(json: string): string {
  const line = parsed(json)
  if (line?.time === undefined) return json
  const { time, level, name, msg, err, ...fields } = line
  const rest = Object.entries(fields).map(
    ([field, value]) => `  ${field}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const head = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${name}: ${msg ?? ''}${rest.join('')}`
  return `${head}\n${err === undefined ? '' : `${err.stack ?? err.message}\n`}`
}

type Line = Record<string, unknown> & { err?: { stack?: string; message?: string } }

function parsed(json: string): Line | null {
  try {
    return JSON.parse(json) as Line
  } catch {
    return null
  }
}
