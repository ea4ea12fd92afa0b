import { testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import { productIndexContract } from '../product-index.contract.ts'
import { openTestIndex } from './opensearch.harness.fixture.ts'

// Properties ask some ten thousand questions of a server, one after the other.
const options = { timeout: 900_000 }

describe.skipIf(!testEngines.opensearch)('the product index on OpenSearch (needs TEST_OPENSEARCH_URL)', options, () => {
  productIndexContract(openTestIndex)
})
