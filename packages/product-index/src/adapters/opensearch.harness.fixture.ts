import { randomUUID } from 'node:crypto'
import { testEngines } from '@eip/testkit'
import type { ProductIndexHarness } from '../contract/harness.ts'
import type { GenerationsHarness } from '../generations.contract.ts'
import { connect } from './opensearch.connection.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import {
  type OpenSearchProductIndexOptions,
  openOpenSearchGenerations,
  openOpenSearchProductIndex,
} from './opensearch.ts'

export const testUrls = (): readonly string[] => [testEngines.opensearch ?? 'http://127.0.0.1:9200']

/** Names that nobody else has. */
export const testPrefix = (): string => `eip-test-${randomUUID().slice(0, 8)}`

export const testOptions = (prefix: string): OpenSearchProductIndexOptions => ({ urls: testUrls(), prefix })

export const openTestIndex = (): ProductIndexHarness => withNamesOfItsOwn(openOpenSearchProductIndex)
export const openTestGenerations = (): GenerationsHarness => withNamesOfItsOwn(openOpenSearchGenerations)

function withNamesOfItsOwn<Opened>(open: (options: OpenSearchProductIndexOptions) => Promise<Opened>) {
  const prefix = testPrefix()
  return {
    open: () => open(testOptions(prefix)),
    async [Symbol.asyncDispose]() {
      const connection = connect({ urls: testUrls() })
      await removeIndexes(connection, prefix)
      await connection.close()
    },
  }
}
