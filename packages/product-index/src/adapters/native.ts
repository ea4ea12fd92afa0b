export { openNativeGenerations } from './native.generations.ts'
export { openNativeProductIndex } from './native.product-index.ts'
