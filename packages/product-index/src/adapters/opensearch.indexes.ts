import { failures, isFailure } from '@eip/kernel'
import type { Connection } from './opensearch.connection.ts'
import { type IndexSettings, manifest, productsIndex, stateIndex } from './opensearch.mapping.ts'
import { bookIndexName, type IndexNames, type Json, servedAlias } from './opensearch.names.ts'
import { createState } from './opensearch.state.ts'

const failure = failures({
  'product-index.opensearch-other-generation': {
    kind: 'conflict',
    cure: 'Give OPENSEARCH_INDEX_PREFIX another value: the view is built anew from the events. Or run the program that made this one.',
  },
  'product-index.opensearch-foreign-index': {
    kind: 'conflict',
    cure: 'Let OPENSEARCH_INDEX_PREFIX begin names that nobody else uses.',
  },
})

/** The index that other tools find the served products by; null where there is none. */
export async function indexUnderAlias(connection: Connection, prefix: string): Promise<string | null> {
  const alias = servedAlias(prefix)
  const found = await connection.call<Json | null>({ method: 'GET', path: `/_alias/${alias}`, mayBeMissing: true })
  const indexes = Object.keys(found ?? {})
  if (indexes.length === 0) return null
  if (indexes.length === 1 && indexes[0]!.startsWith(`${alias}-`)) return indexes[0]!
  throw failure(
    'product-index.opensearch-foreign-index',
    `the alias "${alias}" stands for "${indexes.join('", "')}", not for one serving view`,
  )
}

/** Refuses to begin beside a view that there is, of which nothing is known. */
export function requireNoView(prefix: string, served: string | null): void {
  if (served === null) return
  throw failure(
    'product-index.opensearch-foreign-index',
    `the index "${served}" serves, but "${bookIndexName(prefix)}", which tells of its generations, is not there: restore both`,
  )
}

/** Lets the alias follow, in one step. */
export async function pointAlias(connection: Connection, { prefix, products }: IndexNames): Promise<void> {
  const alias = servedAlias(prefix)
  const actions = [{ remove: { index: `${alias}-*`, alias, must_exist: false } }, { add: { index: products, alias } }]
  await connection.call({ method: 'POST', path: '/_aliases', body: { actions } })
}

type Mapping = Readonly<{ mappings: Readonly<{ _meta?: Readonly<Record<string, unknown>> }> }>

/** Refuses an index whose content was not made by this program's schema, analysis and mapping. */
async function checkManifest(connection: Connection, index: string): Promise<void> {
  const answer = await connection.call<Readonly<Record<string, Mapping>>>({ method: 'GET', path: `/${index}/_mapping` })
  const meta = answer[index]?.mappings._meta
  if (typeof meta?.generation !== 'string')
    throw failure(
      'product-index.opensearch-foreign-index',
      `the index "${index}" is no serving view: its mapping names no generation`,
    )
  const different = Object.entries(manifest).filter(([name, value]) => meta[name] !== value)
  if (different.length === 0) return
  const told = different.map(([name, value]) => `its ${name} is "${meta[name]}", the program's "${value}"`).join('; ')
  throw failure('product-index.opensearch-other-generation', `the index "${index}" is refused: ${told}`, { index })
}

/** Makes the indexes of a generation, empty. What is there already, made by this program, stays as it is. */
export async function createIndexes(connection: Connection, settings: IndexSettings, names: IndexNames): Promise<void> {
  const products = { ...productsIndex(settings), aliases: { [names.productsAlias]: {} } }
  if (!(await createIndex(connection, names.products, products))) await checkManifest(connection, names.products)
  await createIndex(connection, names.state, stateIndex(settings))
  await createState(connection, names)
}

/** Takes away all of a generation. */
export async function dropIndexes(connection: Connection, names: IndexNames): Promise<void> {
  type Row = Readonly<{ index: string }>
  const query = { expand_wildcards: 'all', format: 'json', h: 'index' }
  const path = `/_cat/indices/${names.everyVectors}`
  const rows = await connection.call<readonly Row[]>({ method: 'GET', path, query })
  for (const index of [...rows.map((row) => row.index), names.products, names.state])
    await connection.call({ method: 'DELETE', path: `/${index}`, mayBeMissing: true })
}

/** Whether it was made by this call: several processes may start at once. */
export async function createIndex(connection: Connection, index: string, body: Json): Promise<boolean> {
  try {
    await connection.call({ method: 'PUT', path: `/${index}`, body })
    return true
  } catch (error) {
    if (isFailure(error) && error.details.type === 'resource_already_exists_exception') return false
    throw error
  }
}
