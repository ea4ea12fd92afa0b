import { filesOf } from '@eip/file-store'
import { artifactsFailure } from './artifacts-failure.ts'

/** Paths of the files that a directory would put. Throws `artifacts.bad-content`; see the port. */
export async function contentOf(directory: string): Promise<readonly string[]> {
  const standing = await filesOf(directory).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (standing === null) throw artifactsFailure('artifacts.bad-content', `there is no directory ${directory}`)
  const { files, foreign } = standing
  if (foreign.length > 0)
    throw artifactsFailure('artifacts.bad-content', `"${foreign[0]}" in ${directory} is neither a file nor a folder`)
  if (files.length === 0) throw artifactsFailure('artifacts.bad-content', `${directory} holds no files`)
  return files
}
