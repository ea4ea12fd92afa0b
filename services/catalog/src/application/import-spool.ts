import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of products on their way in, one for each import. */
export interface ImportSpool {
  pathOf(id: string): string
  /** In bytes; 0 where nothing came. */
  size(id: string): Promise<number>
  write(id: string, position: number, bytes: Uint8Array): Promise<void>
  /** What was written is durable when this resolves. */
  sync(id: string): Promise<void>
  remove(id: string): Promise<void>
  /** Makes the folder where it is absent, and removes whatever belongs to none of these imports. */
  keepOnly(ids: readonly string[]): Promise<void>
}

const suffix = '.spool'

/** `directory` is for this spool alone. */
export function importSpool(directory: string): ImportSpool {
  const pathOf = (id: string) => join(directory, `${id}${suffix}`)
  const remove = (id: string) => rm(pathOf(id), { force: true })
  return Object.freeze({
    pathOf,
    remove,
    size: (id) =>
      stat(pathOf(id)).then(
        ({ size }) => size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return 0
          throw error
        },
      ),
    async write(id, position, bytes) {
      // A file in which bytes stand at their place: written again after a failure, they stand there once.
      await using file = await open(pathOf(id), position === 0 ? 'w' : 'r+')
      for (let written = 0; written < bytes.length; )
        written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten
    },
    async sync(id) {
      await using file = await open(pathOf(id), 'r+')
      await file.sync()
    },
    async keepOnly(ids) {
      await mkdir(directory, { recursive: true })
      const kept = new Set(ids.map((id) => `${id}${suffix}`))
      const found = await readdir(directory)
      for (const name of found) if (name.endsWith(suffix) && !kept.has(name)) await rm(join(directory, name))
    },
  } satisfies ImportSpool)
}
