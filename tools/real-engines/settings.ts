import { join, resolve } from 'node:path'
import { failure } from './failures.ts'

const heap = /^[1-9]\d*[mg]$/
const wholeNumber = /^\d{1,9}$/
const anything = /./

type Setting = Readonly<{ fallback: string; meaning: string; pattern: RegExp; must: string }>

const port = (fallback: number, meaning: string): Setting => ({
  fallback: String(fallback),
  meaning,
  pattern: wholeNumber,
  must: 'be a port',
})
const directory = (fallback: string, meaning: string): Setting => ({
  fallback,
  meaning,
  pattern: anything,
  must: 'be a folder',
})
const memory = (fallback: string, meaning: string): Setting => ({
  fallback,
  meaning,
  pattern: heap,
  must: 'be a size such as 512m or 1g',
})

/** Every variable that the tool reads. The help lists them from here. */
export const settingsByVariable = {
  // Outside of private homes: as root the engines run under accounts that may not enter those.
  ENGINES_DIR: directory(`/var/tmp/eip-engines-${process.getuid?.() ?? 0}`, 'data, logs and process ids'),
  ENGINES_LIB_DIR: directory('', 'installed jars; may be shared by several ENGINES_DIR (default ENGINES_DIR/lib)'),
  ENGINES_JAVA_HOME: directory('', 'the JDK to use (default: the lowest that fits)'),
  ENGINES_WAIT_SECONDS: {
    fallback: '180',
    meaning: 'how long a start or a stop may take',
    pattern: wholeNumber,
    must: 'be seconds',
  },
  ENGINES_KAFKA_PORT: port(19_092, 'clients of Kafka'),
  ENGINES_KAFKA_CONTROLLER_PORT: port(19_093, 'Kafka’s own controller'),
  ENGINES_KAFKA_HEAP: memory('512m', 'heap of the broker'),
  ENGINES_OPENSEARCH_PORT: port(19_200, 'HTTP of the first node; node 2 has the next port, and so on'),
  ENGINES_OPENSEARCH_TRANSPORT_PORT: port(19_300, 'between nodes; counted likewise'),
  ENGINES_OPENSEARCH_HEAP: memory('1g', 'heap of each node'),
  ENGINES_REDIS_PORT: port(16_379, 'clients of Redis'),
  ENGINES_POSTGRES_PORT: port(15_432, 'clients of PostgreSQL'),
} as const satisfies Record<string, Setting>

export type Variable = keyof typeof settingsByVariable

/** Where things lie and which ports they use. A port keeps its variable's name, so that a message can say what to change. */
export type Settings = Readonly<{
  directory: string
  libraries: string
  javaHome: string | null
  waitSeconds: number
  kafkaHeap: string
  opensearchHeap: string
  port: (variable: Variable, offset?: number) => Port
}>

export type Port = Readonly<{ number: number; variable: Variable }>

/** Reads all variables; an empty one counts as not given. Throws `engines.bad-setting`, naming the variable. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const text = (variable: Variable): string => {
    const { fallback, pattern, must } = settingsByVariable[variable]
    const value = source[variable] || fallback
    if (value !== '' && !pattern.test(value)) throw badSetting(variable, value, must)
    return value
  }
  const port = (variable: Variable, offset = 0): Port => {
    const number = Number(text(variable)) + offset
    if (number < 1 || number > 65_535) throw badSetting(variable, String(number), 'be from 1 to 65535')
    return { number, variable }
  }
  for (const variable of Object.keys(settingsByVariable) as Variable[]) {
    if (variable.endsWith('_PORT')) port(variable)
    else text(variable)
  }
  const directory = resolve(text('ENGINES_DIR'))
  return Object.freeze({
    directory,
    libraries: resolve(text('ENGINES_LIB_DIR') || join(directory, 'lib')),
    javaHome: text('ENGINES_JAVA_HOME') || null,
    waitSeconds: Number(text('ENGINES_WAIT_SECONDS')),
    kafkaHeap: text('ENGINES_KAFKA_HEAP'),
    opensearchHeap: text('ENGINES_OPENSEARCH_HEAP'),
    port,
  })
}

const badSetting = (variable: Variable, value: string, must: string) =>
  failure('engines.bad-setting', `${variable} must ${must} (it is "${value}").`)
