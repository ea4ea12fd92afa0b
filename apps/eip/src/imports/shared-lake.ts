import { type Lake, openLake } from '@eip/lake'
import { type FilesAddress, openFiles } from '../backends/files.ts'

/** The lake in a folder; its parts stand in the store of files where there is one, and the folder is then a copy. */
export async function openSharedLake(folder: string, address: FilesAddress | null): Promise<Lake> {
  if (address === null) return openLake(folder)
  const { files, close } = await openFiles(address)
  try {
    const lake = await openLake(folder, { files })
    return Object.freeze({ ...lake, close: () => lake.close().finally(close) })
  } catch (error) {
    await close()
    throw error
  }
}
