import { type Connection, type ConnectionOptions, connect } from './opensearch.connection.ts'

/** For tests and measurements: takes away every index whose name begins so. */
export async function removeIndexes(connection: Connection, prefix: string): Promise<void> {
  const query = { expand_wildcards: 'all', format: 'json', h: 'index' }
  type Row = Readonly<{ index: string }>
  const rows = await connection.call<readonly Row[]>({ method: 'GET', path: `/_cat/indices/${prefix}-*`, query })
  for (const { index } of rows) await connection.call({ method: 'DELETE', path: `/${index}`, mayBeMissing: true })
}

export async function removeIndexesAt(options: ConnectionOptions, prefix: string): Promise<void> {
  const connection = connect(options)
  await removeIndexes(connection, prefix).finally(() => connection.close())
}
