import { ANALYSIS_VERSION } from '@eip/engine-text-analysis'
import { generation } from '../manifest.ts'
import { columnOwners } from '../owned-columns.ts'
import { indexSchema, textFieldNames } from '../product-document.ts'
import { keywordColumns, numberColumns } from '../product-index.port.ts'
import type { Json } from './opensearch.names.ts'

export type IndexSettings = Readonly<{
  shards: number
  replicas: number
  /** Which library keeps the vectors' graph. `lucene` is in every cluster; `faiss` needs its native code. */
  vectorEngine: 'lucene' | 'faiss'
  /** The cluster has the Korean analyser: readable text gets a second field by it. */
  hasNori: boolean
}>

/** Raised by every change of these mappings that `generation` does not show. */
const layout = 3

/** Lucene takes 32,766 bytes a term, and a character has four at most; a longer value is stored, and not counted. */
const longestKeyword = 8_191

const keyword = Object.freeze({ type: 'keyword', ignore_above: longestKeyword })
const fieldsOf = (names: readonly string[], field: Json): Json =>
  Object.fromEntries(names.map((name) => [name, { ...field }]))

/** Our own terms, parted by spaces: nothing is analysed again. Only how often a term occurs counts, not where. */
const ownTerms = Object.freeze({ type: 'text', analyzer: 'whitespace', index_options: 'freqs' })

/** For people and other tools; nothing that we search for. */
const readable = (hasNori: boolean): Json => ({
  type: 'text',
  analyzer: 'standard',
  ...(hasNori && { fields: { korean: { type: 'text', analyzer: 'nori' } } }),
})

const basicSettings = ({ shards, replicas }: IndexSettings): Json => ({
  number_of_shards: shards,
  number_of_replicas: replicas,
  // A batch becomes visible by a refresh of its own, whole; never by one that comes in its middle.
  refresh_interval: '-1',
})

/** What names this index's content: read at open, and refused where it is another's. */
export const manifest = Object.freeze({ generation, analysis: ANALYSIS_VERSION, layout })

/**
 * Words, columns, tags and what is shown. No vectors: a changed price writes its document anew, and a vector in it would
 * be linked into its graph again each time.
 */
export const productsIndex = (settings: IndexSettings): Json => ({
  settings: {
    ...basicSettings(settings),
    // combined_fields scores by the index's own similarity: BM25F with our parameters.
    similarity: { default: { type: 'BM25', k1: indexSchema.k1, b: indexSchema.b } },
  },
  mappings: {
    dynamic: 'strict',
    _meta: manifest,
    properties: {
      id: { type: 'keyword' },
      version: { type: 'long', index: false },
      hash: { type: 'keyword', index: false, doc_values: false },
      /** The version of each owner's columns. */
      owned: { properties: fieldsOf(columnOwners, { type: 'long', index: false, doc_values: false }) },
      active: { type: 'boolean' },
      sample: { type: 'integer' },
      terms: { properties: fieldsOf(textFieldNames, ownTerms) },
      numbers: { properties: fieldsOf(numberColumns, { type: 'double' }) },
      keywords: { properties: fieldsOf(keywordColumns, keyword) },
      tags: { properties: fieldsOf(['category', 'attribute', 'attributeName'], keyword) },
      readable: { properties: fieldsOf(['title', 'brand', 'category'], readable(settings.hasNori)) },
      shown: { type: 'object', enabled: false },
    },
  },
})

/**
 * The vectors of one encoder, their versions kept by the cluster (`version_type: external`). The field for them is added
 * when the first one says how long they are: a deletion, which has none, may come before it.
 */
export const vectorsIndex = (settings: IndexSettings, encoder: string): Json => ({
  settings: { ...basicSettings(settings), knn: true },
  mappings: { dynamic: 'strict', _meta: { ...manifest, encoder }, properties: { id: { type: 'keyword' } } },
})

/**
 * 16 links, as in the native graph. So many candidates while linking, because Lucene's graph loses what lies apart
 * otherwise: of a catalogue's neighbours a walk for 175 lost 18 in 15,537 with 100 candidates, and 1 with 256, which take
 * twice as long to link. More links changed nothing.
 */
export const vectorField = (engine: IndexSettings['vectorEngine'], dimension: number): Json => ({
  type: 'knn_vector',
  dimension,
  method: { name: 'hnsw', engine, space_type: 'cosinesimil', parameters: { m: 16, ef_construction: 256 } },
})

/** One document: how far the view has come. It is read by its id, never searched. */
export const stateIndex = (settings: IndexSettings): Json => ({
  settings: { ...basicSettings(settings), number_of_shards: 1 },
  mappings: {
    dynamic: 'strict',
    _meta: manifest,
    properties: {
      epoch: { type: 'long', index: false },
      positions: { type: 'object', enabled: false },
      encoders: { type: 'object', enabled: false },
    },
  },
})

/** One document: which generations there are. It is read by its id, never searched. */
export const bookIndex = (settings: IndexSettings): Json => ({
  settings: { ...basicSettings(settings), number_of_shards: 1 },
  mappings: { dynamic: false, properties: {} },
})
