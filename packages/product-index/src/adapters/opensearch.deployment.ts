import { hybridPipelines } from './opensearch.hybrid.ts'
import { type IndexSettings, productsIndex, stateIndex, vectorField, vectorsIndex } from './opensearch.mapping.ts'
import type { Json } from './opensearch.names.ts'

/**
 * What stands in `deploy/opensearch`, by file name: for whoever wants to make indexes and pipelines before the program
 * does, or to see what it makes. The prefix is that of `config/distributed.env`.
 */
export function deploymentFiles(
  settings: IndexSettings,
  encoder: string,
  dimensions: number,
): Readonly<Record<string, Json>> {
  const template = (of: string, index: Json): Json => ({ index_patterns: [`eip-${of}-*`], template: index })
  const { settings: basic, mappings } = vectorsIndex(settings, encoder) as {
    settings: Json
    mappings: Json & { properties: Json }
  }
  const properties = { ...mappings.properties, vector: vectorField(settings.vectorEngine, dimensions) }
  return {
    'products.index-template.json': template('products', productsIndex(settings)),
    'vectors.index-template.json': template('vectors', { settings: basic, mappings: { ...mappings, properties } }),
    'state.index-template.json': template('state', stateIndex(settings)),
    ...Object.fromEntries(
      Object.entries(hybridPipelines).map(([name, pipeline]) => [`${name}.search-pipeline.json`, pipeline]),
    ),
  }
}
