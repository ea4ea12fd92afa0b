import type { EncoderDescription } from '../text-encoder.ts'
import type { CatalogueHeader } from './catalogue-artifact.ts'

/** Terms and letters of any script are read, so no language is left out. */
export const catalogueDescription = (encoder: string, { name, dimensions }: CatalogueHeader): EncoderDescription =>
  Object.freeze({ encoder, kind: 'catalogue', name, dimensions, languages: null })
