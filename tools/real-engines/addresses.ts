import { databases } from './postgres.ts'
import type { Settings } from './settings.ts'

/** Where the engines are, by the platform’s own keys and by those of tests. Tests get databases of their own to empty. */
export function addresses({ port }: Settings): Readonly<Record<string, string>> {
  const kafka = `127.0.0.1:${port('ENGINES_KAFKA_PORT').number}`
  const opensearch = `http://127.0.0.1:${port('ENGINES_OPENSEARCH_PORT').number}`
  const redis = `redis://127.0.0.1:${port('ENGINES_REDIS_PORT').number}`
  const postgres = `postgres://postgres@127.0.0.1:${port('ENGINES_POSTGRES_PORT').number}`
  return {
    KAFKA_BROKERS: kafka,
    OPENSEARCH_URL: opensearch,
    REDIS_URL: `${redis}/0`,
    DATABASE_URL: `${postgres}/${databases.platform}`,
    TEST_KAFKA_BROKERS: kafka,
    TEST_OPENSEARCH_URL: opensearch,
    TEST_REDIS_URL: `${redis}/1`,
    TEST_POSTGRES_URL: `${postgres}/${databases.tests}`,
  }
}

export const exportsOf = (settings: Settings): string =>
  Object.entries(addresses(settings))
    .map(([name, value]) => `export ${name}=${value}`)
    .join('\n')
