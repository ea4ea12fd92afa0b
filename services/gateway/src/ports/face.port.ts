/** One file of a face, whole. `brotli` and `gzip` are the same file compressed, where that was done beforehand. */
export type FaceFile = Readonly<{
  /** As in `text/html; charset=utf-8`. */
  type: string
  /** Names the content: another content has another tag. */
  tag: string
  bytes: Uint8Array
  brotli: Uint8Array | null
  gzip: Uint8Array | null
}>

/** The built files of a page in the browser; they do not change while the process runs. */
export interface Face {
  /** By its path inside the face, with slashes and without one in front; null: there is none. */
  file(path: string): FaceFile | null
}
