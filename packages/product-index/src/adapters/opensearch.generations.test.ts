import { aProduct, testEngines, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { asking, changesOf } from '../contract/requests.ts'
import { generationsContract } from '../generations.contract.ts'
import { connect } from './opensearch.connection.ts'
import { openTestGenerations, testOptions, testPrefix, testUrls } from './opensearch.harness.fixture.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import { openOpenSearchGenerations } from './opensearch.ts'

describe.skipIf(!testEngines.opensearch)('generations on OpenSearch (needs TEST_OPENSEARCH_URL)', () => {
  generationsContract(openTestGenerations)

  it('take over in every process, and go from all', async () => {
    const prefix = testPrefix()
    const connection = connect({ urls: testUrls() })
    const options = { ...testOptions(prefix), lookEveryMs: 20 }
    const [one, other] = await Promise.all([openOpenSearchGenerations(options), openOpenSearchGenerations(options)])
    const shown = async () => (await other.reader.show((await other.reader.retrieve(asking())).ids)).map((p) => p.title)
    try {
      await (await one.writer('g1')).apply(changesOf([aProduct({ id: 'a', title: 'old' })]), {})
      await until('the other one finds it', async () => (await shown()).join() === 'old')
      const next = await one.begin()
      await (await one.writer(next)).apply(changesOf([aProduct({ id: 'a', title: 'new' })]), {})
      await one.serve(next)
      await one.drop('g1')
      await until('the other one has turned to the new one', async () => (await shown()).join() === 'new')
      expect((await other.list()).map(({ name, state }) => `${name} ${state}`)).toEqual([`${next} serving`])
    } finally {
      await Promise.all([one.close(), other.close()])
      await removeIndexes(connection, prefix)
      await connection.close()
    }
  })
})
