import { failures } from '@eip/kernel'
import { z } from 'zod'

const failure = failures({
  'config.bad-value': {
    kind: 'invalid',
    cure: 'Mend the named variables; config/embedded.env lists every key with its meaning.',
  },
})

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

const onOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((value) => value === 'on')
const secretText = (min: number) => z.string().min(min, `must have at least ${min} characters`).max(1_000)

type Key = Readonly<{ schema: z.ZodType<unknown, string | undefined>; isSecret?: boolean }>

/** Every variable that the program reads; meanings and defaults are annotated in config/embedded.env, which a test compares. */
const keys = {
  TARGET: { schema: z.string().min(1).default('all') },
  BACKENDS: {
    schema: z.enum(['embedded'], { error: 'must be embedded: this version has no other backends' }).default('embedded'),
  },
  EIP_DATA_DIR: { schema: z.string().min(1).default('.eip') },
  HOST: { schema: z.string().min(1).default('127.0.0.1') },
  PORT: { schema: wholeNumber(0, 65_535).default(8080) },
  DEMO: { schema: onOff.default(true) },
  PAGE_BUDGET_MS: { schema: wholeNumber(1, 60_000).default(250) },
  ADMIN_BUDGET_MS: { schema: wholeNumber(1, 600_000).default(5_000) },
  DRAIN_SECONDS: { schema: wholeNumber(0, 600).default(10) },
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

export type Environment = Readonly<{ [Name in keyof typeof keys]: z.output<(typeof keys)[Name]['schema']> }>

export const environmentKeys = Object.freeze(Object.keys(keys)) as readonly (keyof typeof keys)[]

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
  if (faults.length > 0) throw failure('config.bad-value', faults.join('; '), { faults })
  return Object.freeze(values) as Environment
}

/** What a command of ours gets that works on this program's data directory. */
export const environmentOfChild = ({ EIP_DATA_DIR }: Environment): NodeJS.ProcessEnv => ({
  ...process.env,
  EIP_DATA_DIR,
})

/** What a build gets. Whoever builds may run as something else, as tests do; pages are built for people all the same. */
export const environmentOfBuild = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_ENV: 'production' })

/** The configuration as text, one `KEY=value` a line, secrets masked. */
export function describeEnvironment(environment: Environment): string {
  const lines = Object.entries<Key>(keys).map(([name, key]) => {
    const value = environment[name as keyof Environment]
    if (value === undefined) return `${name}=`
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)
    return `${name}=${key.isSecret ? '********' : text}`
  })
  return `${lines.join('\n')}\n`
}
