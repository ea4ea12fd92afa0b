import { isFailure } from '@eip/kernel'
import type { Connection } from './opensearch.connection.ts'
import type { Json } from './opensearch.names.ts'

type Stored<Content> = Readonly<{ _source: Content; _seq_no: number; _primary_term: number }>

/** A document that several processes change by comparing and setting. It is read by its id: as it stands, refreshed or not. */
export type SharedDocument = Readonly<{ index: string; id: string }>

const pathOf = ({ index, id }: SharedDocument) => `/${index}/_doc/${id}`

/** null where there is none, nor its index. */
export async function readDocument<Content extends Json>(
  connection: Connection,
  document: SharedDocument,
): Promise<Content | null> {
  const path = pathOf(document)
  const stored = await connection.call<Stored<Content> | null>({ method: 'GET', path, mayBeMissing: true })
  return stored?._source ?? null
}

/** Makes a document; one that is there stays. */
export async function createDocument(
  connection: Connection,
  { index, id }: SharedDocument,
  content: Json,
): Promise<void> {
  try {
    await connection.call({ method: 'PUT', path: `/${index}/_create/${id}`, body: content })
  } catch (error) {
    if (!isConflict(error)) throw error
  }
}

/**
 * Changes the document by a function that may run again, where another process came first. Answers with what stands then.
 * Nothing is written where the function answers with what it was given.
 */
export async function changeDocument<Content extends Json>(
  connection: Connection,
  document: SharedDocument,
  change: (content: Content) => Content,
): Promise<Content> {
  const path = pathOf(document)
  for (;;) {
    const stored = await connection.call<Stored<Content>>({ method: 'GET', path })
    const next = change(stored._source)
    if (next === stored._source) return next
    try {
      const query = { if_seq_no: stored._seq_no, if_primary_term: stored._primary_term }
      await connection.call({ method: 'PUT', path, query, body: next })
      return next
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }
}

const isConflict = (error: unknown): boolean => isFailure(error) && error.details.status === 409
