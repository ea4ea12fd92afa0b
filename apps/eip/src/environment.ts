import { failures } from '@eip/kernel'
import { z } from 'zod'

const failure = failures({
  'config.bad-value': {
    kind: 'invalid',
    cure: 'Mend the named variables; config/embedded.env and config/distributed.env list every key with its meaning.',
  },
})

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

const share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a number from 0 to 1, such as 0.01')
  .transform(Number)

const onOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((value) => value === 'on')
const secretText = (min: number) => z.string().min(min, `must have at least ${min} characters`).max(1_000)

type Key = Readonly<{ schema: z.ZodType<unknown, string | undefined>; isSecret?: boolean }>

const commaList = <Item>(item: z.ZodType<Item, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1))

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )

const brokers = commaList(
  z
    .string()
    .regex(/^[^\s:,]+:\d{1,5}$/, 'must be HOST:PORT, several with commas between, such as kafka-1:9092,kafka-2:9092'),
)

const peers = z
  .string()
  .regex(
    /^[a-z-]+=https?:\/\/[^\s,]+(,[a-z-]+=https?:\/\/[^\s,]+)*$/,
    'must be SERVICE=ADDRESS, several with commas between, such as search=http://search:8080,catalog=http://catalog:8080',
  )
  .transform((text) =>
    Object.freeze(
      Object.fromEntries(text.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])),
    ),
  )

/** What a platform reads, whatever it stands on. */
const platformKeys = {
  TARGET: { schema: z.string().min(1).default('all') },
  BACKENDS: {
    schema: z.enum(['embedded', 'distributed'], { error: 'must be embedded or distributed' }).default('embedded'),
  },
  PEERS: { schema: peers.optional() },
  EIP_DATA_DIR: { schema: z.string().min(1).default('.eip') },
  HOST: { schema: z.string().min(1).default('127.0.0.1') },
  PORT: { schema: wholeNumber(0, 65_535).default(8080) },
  DEMO: { schema: onOff.default(true) },
  PAGE_BUDGET_MS: { schema: wholeNumber(1, 60_000).default(250) },
  ADMIN_BUDGET_MS: { schema: wholeNumber(1, 600_000).default(5_000) },
  DRAIN_SECONDS: { schema: wholeNumber(0, 600).default(10) },
  ROLLBACK_WINDOW_SECONDS: { schema: wholeNumber(0, 2_592_000).default(3_600) },
  SCORE_STEP: { schema: share.default(0.01) },
  TOKEN_LIFETIME_SECONDS: { schema: wholeNumber(1, 86_400).default(900) },
  SECURE_COOKIES: { schema: onOff.default(false) },
  SIGNING_KEY: { schema: secretText(32).optional(), isSecret: true },
  OPERATOR_PASSWORD: { schema: secretText(12).optional(), isSecret: true },
  SEARCH_LANGUAGES: {
    schema: z
      .string()
      .regex(/^[a-z]{2,3}(,[a-z]{2,3})*$/, 'must be ISO 639 codes with commas between, such as en,ko,pt')
      .default('en,ko,pt')
      .transform((text) => text.split(',') as [string, ...string[]]),
  },
  ENCODER: { schema: z.string().min(1).max(1_000).default('auto') },
  LOG_LEVEL: { schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') },
} as const satisfies Record<string, Key>

/** What it reads beside these where it stands on servers; embedded backends heed none of them. */
const distributedKeys = {
  PLATFORM_URL: { schema: url(['http:', 'https:']).optional() },
  KAFKA_BROKERS: { schema: brokers.optional() },
  KAFKA_USERNAME: { schema: z.string().min(1).optional() },
  KAFKA_PASSWORD: { schema: secretText(1).optional(), isSecret: true },
  KAFKA_MECHANISM: { schema: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']).default('SCRAM-SHA-512') },
  KAFKA_TLS: { schema: onOff.default(false) },
  KAFKA_TOPIC_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]{1,40}\.$/, 'must be lower-case letters, digits or hyphens and a point, such as eip.')
      .default('eip.'),
  },
  KAFKA_PARTITIONS: { schema: wholeNumber(1, 64).default(8) },
  KAFKA_REPLICATION: { schema: wholeNumber(1, 7).default(1) },
  DATABASE_URL: { schema: url(['postgres:', 'postgresql:']).optional(), isSecret: true },
  DATABASE_CONNECTIONS: { schema: wholeNumber(2, 200).default(10) },
  OPENSEARCH_URL: { schema: commaList(url(['http:', 'https:'])).optional() },
  OPENSEARCH_USERNAME: { schema: z.string().min(1).optional() },
  OPENSEARCH_PASSWORD: { schema: secretText(1).optional(), isSecret: true },
  OPENSEARCH_INDEX_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens')
      .default('eip'),
  },
  OPENSEARCH_SHARDS: { schema: wholeNumber(1, 100).default(1) },
  OPENSEARCH_REPLICAS: { schema: wholeNumber(0, 10).default(0) },
  OPENSEARCH_VECTOR_ENGINE: {
    schema: z.enum(['lucene', 'faiss'], { error: 'must be lucene or faiss' }).default('lucene'),
  },
  REDIS_URL: { schema: url(['redis:', 'rediss:']).optional(), isSecret: true },
  REDIS_KEY_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]{1,40}:$/, 'must be lower-case letters, digits or hyphens and a colon, such as eip:')
      .default('eip:'),
  },
  FILES_URL: { schema: url(['file:', 's3:']).optional() },
  S3_ENDPOINT: { schema: url(['http:', 'https:']).optional() },
  S3_REGION: { schema: z.string().min(1).default('us-east-1') },
  S3_ACCESS_KEY_ID: { schema: z.string().min(1).optional() },
  S3_SECRET_ACCESS_KEY: { schema: secretText(1).optional(), isSecret: true },
} as const satisfies Record<string, Key>

/** Every variable that the program reads; meanings and defaults are annotated in `config/`, which a test compares. */
const keys = { ...platformKeys, ...distributedKeys }

export type Environment = Readonly<{ [Name in keyof typeof keys]: z.output<(typeof keys)[Name]['schema']> }>

export const environmentKeys = Object.freeze(Object.keys(keys)) as readonly (keyof typeof keys)[]
export const platformEnvironmentKeys = Object.freeze(Object.keys(platformKeys))

/** What a platform on servers cannot do without, whichever of its services run here. */
const neededOnServers = ['KAFKA_BROKERS', 'DATABASE_URL', 'OPENSEARCH_URL', 'FILES_URL', 'SIGNING_KEY'] as const

/** Reads all variables and reports all faults at once. An empty value counts as not given. Throws `config.bad-value`. */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [name, key] of Object.entries<Key>(keys)) {
    const result = key.schema.safeParse(source[name] === '' ? undefined : source[name])
    if (result.success) values[name] = result.data
    else
      faults.push(
        `${name} ${result.error.issues[0]?.message ?? 'is not valid'}${key.isSecret ? '' : ` (it is "${source[name]}")`}`,
      )
  }
  if (values.BACKENDS === 'distributed')
    for (const name of neededOnServers)
      if (!source[name]) faults.push(`${name} must be given where BACKENDS is distributed`)
  if (faults.length > 0) throw failure('config.bad-value', faults.join('; '), { faults })
  return Object.freeze(values) as Environment
}

/** The variables of this process, and where they say nothing, what stands in `filling`. */
export const variablesOver = (filling: Readonly<Record<string, string>>): Record<string, string | undefined> => ({
  ...process.env,
  ...Object.fromEntries(Object.entries(filling).filter(([name]) => !process.env[name])),
})

/** What a command of ours gets that works on this program's data directory. */
export const environmentOfChild = ({ EIP_DATA_DIR }: Environment): NodeJS.ProcessEnv => ({
  ...process.env,
  EIP_DATA_DIR,
})

/** What a build gets. Whoever builds may run as something else, as tests do; pages are built for people all the same. */
export const environmentOfBuild = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_ENV: 'production' })

/** A value as it would stand in a file of settings. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map((pair) => pair.join('='))
    .join(',')
}

/** The configuration as text, one `KEY=value` a line, secrets masked. */
export function describeEnvironment(environment: Environment): string {
  const lines = Object.entries<Key>(keys).map(([name, key]) => {
    const value = environment[name as keyof Environment]
    if (value === undefined) return `${name}=`
    return `${name}=${key.isSecret ? '********' : textOf(value)}`
  })
  return `${lines.join('\n')}\n`
}
