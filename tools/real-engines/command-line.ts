import { parseArgs } from 'node:util'
import { type EngineName, engineNames, serverNames } from './engine.port.ts'
import { failure } from './failures.ts'
import { settingsByVariable } from './settings.ts'

const serverNamesOnly: readonly EngineName[] = serverNames

/** Each verb with the engines that it is about when none is named; null: they must be named. */
const verbs = {
  install: { meaning: 'fetch what is missing', known: engineNames, unnamed: engineNames },
  start: { meaning: 'start and wait until they answer', known: serverNamesOnly, unnamed: serverNamesOnly },
  stop: { meaning: 'stop cleanly; data stays', known: serverNamesOnly, unnamed: serverNamesOnly },
  restart: { meaning: 'stop, then start on the same data', known: serverNamesOnly, unnamed: null },
  kill: { meaning: 'end by force, as a power cut would', known: serverNamesOnly, unnamed: null },
  wipe: { meaning: 'delete the data of stopped engines', known: serverNamesOnly, unnamed: null },
  status: { meaning: 'version, port, process, memory and state', known: engineNames, unnamed: engineNames },
  env: { meaning: 'print the addresses as shell exports', known: [], unnamed: [] },
  lock: { meaning: 'resolve again and renew the checksums', known: [], unnamed: [] },
  help: { meaning: 'print this', known: [], unnamed: [] },
} as const satisfies Record<
  string,
  { meaning: string; known: readonly EngineName[]; unnamed: readonly EngineName[] | null }
>

export type Verb = keyof typeof verbs

export type CommandLine = Readonly<{
  verb: Verb
  engines: readonly EngineName[]
  /** How many nodes OpenSearch shall have. */
  nodes?: number
  /** The one node of OpenSearch that is meant. */
  node?: number
  isJsonWanted: boolean
}>

/** Throws `engines.wrong-use` with what is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args)
  const [word = 'help', ...names] = values.help ? ['help'] : positionals
  if (!Object.hasOwn(verbs, word)) throw wrongUse(`There is no command ${word}.`)
  const verb = word as Verb
  const engines = namedEngines(verb, names)
  const nodes = count('nodes', values.nodes, verb, ['start'], engines)
  const node = count('node', values.node, verb, ['start', 'stop', 'restart', 'kill'], engines)
  if (nodes !== undefined && node !== undefined) throw wrongUse('Give either --nodes or --node.')
  if (values.json && verb !== 'status') throw wrongUse('--json is for status.')
  return {
    verb,
    engines,
    ...(nodes === undefined ? {} : { nodes }),
    ...(node === undefined ? {} : { node }),
    isJsonWanted: values.json ?? false,
  }
}

function parsed(args: readonly string[]) {
  const options = {
    nodes: { type: 'string' },
    node: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw wrongUse((error as Error).message)
  }
}

function namedEngines(verb: Verb, names: readonly string[]): readonly EngineName[] {
  const { known, unnamed }: { known: readonly EngineName[]; unnamed: readonly EngineName[] | null } = verbs[verb]
  if (names.length === 0) {
    if (unnamed === null) throw wrongUse(`${verb} needs names: ${known.join(', ')}, or all.`)
    return unnamed
  }
  const unknown = names.find((name) => name !== 'all' && !known.includes(name as EngineName))
  if (known.length === 0) throw wrongUse(`${verb} takes no names.`)
  if (unknown !== undefined) throw wrongUse(`${verb} does not know ${unknown}; it knows ${known.join(', ')} and all.`)
  return known.filter((name) => names.includes('all') || names.includes(name))
}

function count(
  option: string,
  text: string | undefined,
  verb: Verb,
  allowed: readonly Verb[],
  engines: readonly EngineName[],
): number | undefined {
  if (text === undefined) return undefined
  if (!allowed.includes(verb) || engines.join() !== 'opensearch')
    throw wrongUse(`--${option} is for ${allowed.join(', ')} opensearch.`)
  if (!/^[1-9]$/.test(text)) throw wrongUse(`--${option} must be from 1 to 9 (it is "${text}").`)
  return Number(text)
}

const wrongUse = (sentence: string) => failure('engines.wrong-use', sentence)

export function help(): string {
  const rows = Object.entries(verbs).map(([verb, { meaning }]) => `  ${verb.padEnd(9)}${meaning}`)
  const variables = Object.entries(settingsByVariable).map(
    ([variable, { fallback, meaning }]) => `  ${variable.padEnd(35)}${meaning}${fallback && ` (${fallback})`}`,
  )
  return [
    `tools/engines COMMAND [${engineNames.join(' ')} | all]`,
    ...rows,
    '  start opensearch --nodes 3          a cluster; each node is stopped, killed and started alone by --node 2',
    '  status --json                       for programs',
    'Variables:',
    ...variables,
  ].join('\n')
}
