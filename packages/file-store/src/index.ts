export {
  checkFileSet,
  type FileSet,
  fetchFileSet,
  listFileSets,
  readFileSet,
  removeFileSet,
  writeFileSet,
} from './file-set.ts'
export { filesFailure } from './file-store.failure.ts'
export type { FileStore, StoredFile } from './file-store.port.ts'
export { filesOf, type MeasuredFile, measureFile } from './local-file.ts'
