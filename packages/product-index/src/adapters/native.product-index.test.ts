import { temporaryDirectory } from '@eip/testkit'
import { describe } from 'vitest'
import { productIndexContract } from '../product-index.contract.ts'
import { openNativeProductIndex } from './native.product-index.ts'

describe('the native product index', () => {
  productIndexContract(() => {
    const directory = temporaryDirectory()
    return {
      open: () => openNativeProductIndex({ dir: directory.path }),
      [Symbol.asyncDispose]: async () => directory[Symbol.dispose](),
    }
  })
})
