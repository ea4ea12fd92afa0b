import { join } from 'node:path'

/** Addresses of real servers for tests, where they are given; `tools/engines env` prints them. */
export const testEngines = Object.freeze({
  kafka: process.env.TEST_KAFKA_BROKERS,
  opensearch: process.env.TEST_OPENSEARCH_URL,
  redis: process.env.TEST_REDIS_URL,
  postgres: process.env.TEST_POSTGRES_URL,
  s3: process.env.TEST_S3_ENDPOINT,
})

/** `on` where tests may start real servers of their own, to kill them. */
export const testFaults = process.env.TEST_FAULTS === 'on'

/** Where `tools/engines` keeps what it installed: several sets of engines share it. */
export const enginesLibrary =
  process.env.ENGINES_LIB_DIR ??
  join(process.env.ENGINES_DIR ?? `/var/tmp/eip-engines-${process.getuid?.() ?? 0}`, 'lib')
