import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDemoShop } from '@eip/pipeline-demo-shop'
import { type DataDirectory, openDataDirectory } from '../data-directory.ts'
import { giveDemoPast } from '../demo-past.ts'
import { describeEnvironment, type Environment, environmentOfChild, readEnvironment } from '../environment.ts'
import { buildFace, unbuiltFaces } from '../faces.ts'
import { writeLine } from '../output.ts'
import { openPlatform, type Platform } from '../platform.ts'
import type { Verb } from '../program.ts'
import { requireReachable, serviceNames, servicesOf } from '../services.ts'
import { welcome } from '../welcome.ts'

type Options = Readonly<{ listTargets?: true; printConfig?: true; checkConfig?: true }>

export const serve: Verb = (program) => {
  program
    .command('serve')
    .description('Run the platform, or some of its services, until it is told to stop.')
    .option('--list-targets', 'print the services that TARGET may name, and end')
    .option('--print-config', 'print the configuration with secrets masked, and end')
    .option('--check-config', 'report all faults of the configuration, and end')
    .addHelpText('after', '\nSettings come from the environment: config/embedded.env lists every key with its meaning.')
    .action(run)
}

async function run({ listTargets, printConfig, checkConfig }: Options): Promise<void> {
  if (listTargets) return void process.stdout.write(`${['all', ...serviceNames].join('\n')}\n`)
  const environment = readEnvironment()
  requireReachable(environment)
  if (printConfig) return void process.stdout.write(describeEnvironment(environment))
  if (checkConfig) return void process.stdout.write('The configuration is good.\n')
  const directory = openDataDirectory(environment.EIP_DATA_DIR, environment.DEMO ? 'filling' : 'none')
  try {
    await runUntilTold(environment, directory)
  } finally {
    directory.close()
  }
}

async function runUntilTold(environment: Environment, directory: DataDirectory): Promise<void> {
  const told = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => told.abort())
  const names = servicesOf(environment.TARGET)
  const hasGateway = names.includes('gateway')
  if (hasGateway) await buildFaces()
  const platform = await openPlatform({ environment, directory, listens: true })
  // Commands ask the API, which is the gateway's.
  if (platform.url && hasGateway) directory.announce(platform.url)
  writeLine(welcome(platform, names))
  const filling =
    directory.demo() === 'filling' && hasGateway
      ? fillDemoShop(environment, directory, platform, told.signal)
      : undefined
  if (!told.signal.aborted) await once(told.signal, 'abort')
  await filling
  await platform.close()
}

/** Builds the pages for people where that was not done yet, or their sources have changed since. */
async function buildFaces(): Promise<void> {
  for (const name of unbuiltFaces()) {
    writeLine(`Building the ${name}: once, it takes some seconds.`)
    if (!(await buildFace(name))) writeLine(`The ${name} could not be built; the API runs without it.`)
  }
}

/** The demo shop goes in as any shop's file does: by the import command, from a process of its own. */
async function fillDemoShop(
  environment: Environment,
  directory: DataDirectory,
  platform: Platform,
  signal: AbortSignal,
): Promise<void> {
  const file = join(directory.paths.directory, 'demo-shop.jsonl')
  await writeDemoShop(file)
  const program = join(import.meta.dirname, '..', 'main.ts')
  const child = spawn(process.execPath, [program, 'import', 'products', file], {
    env: environmentOfChild(environment),
    stdio: 'inherit',
  })
  const stop = () => child.kill('SIGTERM')
  signal.addEventListener('abort', stop)
  const [status] = (await once(child, 'exit')) as [number | null]
  signal.removeEventListener('abort', stop)
  rmSync(file, { force: true })
  if (status === 0 && (await hasGivenPast(platform))) {
    directory.setDemo('filled')
    writeLine('The demo shop is in.')
  } else if (!signal.aborted) writeLine('The demo shop could not be filled; the next start tries again.')
}

async function hasGivenPast(platform: Platform): Promise<boolean> {
  try {
    await giveDemoPast(platform)
    return true
  } catch (error) {
    writeLine(`The demo shop has no past: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}
