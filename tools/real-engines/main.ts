import { isFailure } from '@eip/kernel'
import { exportsOf } from './addresses.ts'
import { help, readCommandLine } from './command-line.ts'
import type { Engine, EngineName } from './engine.port.ts'
import { kafka } from './kafka.ts'
import { opensearch } from './opensearch.ts'
import { print, say } from './output.ts'
import { postgres } from './postgres.ts'
import { promtool } from './promtool.ts'
import { redis } from './redis.ts'
import { readSettings, type Settings } from './settings.ts'
import { statusOf, statusTable } from './status.ts'
import { install, lock, start, stopOrKill, wipe } from './verbs.ts'

const engines: Readonly<Record<EngineName, (settings: Settings) => Engine>> = {
  kafka,
  opensearch,
  redis,
  postgres,
  promtool,
}

async function run(args: readonly string[]): Promise<void> {
  const line = readCommandLine(args)
  if (line.verb === 'help') return print(help())
  const settings = readSettings()
  const meant = line.engines.map((name) => engines[name](settings))
  switch (line.verb) {
    case 'install':
      return install(meant)
    case 'start':
      return start(meant, line, settings)
    case 'stop':
    case 'kill':
      return stopOrKill(meant, line, settings)
    case 'restart':
      await stopOrKill(meant, line, settings)
      return start(meant, line, settings)
    case 'wipe':
      return wipe(meant, settings)
    case 'env':
      return print(exportsOf(settings))
    case 'lock':
      return lock(settings)
    case 'status': {
      const rows = await statusOf(meant)
      if (!line.isJsonWanted) return print(statusTable(rows))
      say(`\n${statusTable(rows)}`)
      return print(JSON.stringify({ engines: rows }))
    }
  }
}

function report(error: unknown): void {
  if (error instanceof AggregateError) for (const each of error.errors) report(each)
  else if (isFailure(error)) say(`${error.message} ${error.cure}`)
  else say(`defect: ${error instanceof Error ? error.stack : String(error)}`)
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  report(error)
  const isWrongUse = isFailure(error) && ['engines.wrong-use', 'engines.bad-setting'].includes(error.code)
  process.exitCode = isWrongUse ? 2 : 1
}
