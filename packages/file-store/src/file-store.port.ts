/** A file's path, its size, and a text that is another one whenever its content is. */
export type StoredFile = Readonly<{ path: string; bytes: number; version: string }>

/**
 * Files that all processes of a platform see: a shared folder, or a bucket.
 *  - A path is one or more names of `[A-Za-z0-9._=-]` with `/` between them, none of which begins with a dot; anything else is
 *    `files.bad-path`, before anything is read. Nothing outside the store is touched.
 *  - `put` and `create` store a local file, which stays the caller's. Others see it whole or not at all, at the latest when the
 *    call resolves; it is durable then. A crash leaves nothing of it that anyone sees.
 *  - `put` replaces. `create` does not: of several that create one path, however many processes, exactly one hears `created`.
 *  - `fetch` writes the whole file to a local path or leaves no file there; what it replaces is replaced in one step. `read`
 *    answers with the text of a small one. Where there is none, they answer `absent` and null.
 *  - `list` names all files below a folder, those of folders in it too, in order of their paths; nothing for one that is not there.
 *  - `remove` is no error where there is nothing.
 *  - A store that does not answer, refuses or fails says so within a limited time, by what has to be mended.
 */
export interface FileStore {
  put(path: string, localFile: string): Promise<void>
  create(path: string, localFile: string): Promise<'created' | 'taken'>
  fetch(path: string, localFile: string): Promise<'fetched' | 'absent'>
  read(path: string): Promise<string | null>
  list(folder: string): Promise<readonly StoredFile[]>
  remove(path: string): Promise<void>
}
