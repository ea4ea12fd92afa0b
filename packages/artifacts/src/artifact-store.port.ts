/**
 * Versioned model files. A kind and a name (`[a-z0-9.-]{1,80}`, no leading dot) stand for one set of files, for ever.
 *  - `put` stores every file of a directory, those of its folders too: all or nothing, and durable when it resolves. The
 *    directory stays the caller's. A crash at any moment leaves the artefact whole or not there.
 *  - The same content again is no error; it changes nothing, but makes an artefact whole that was damaged. Other content under the same name is refused
 *    (`artifacts.conflict`): artefacts never change. A directory without files, or with a link in it, is `artifacts.bad-content`.
 *  - `open` answers with a local directory that holds exactly the files that were put. Every file's size and SHA-256 is checked
 *    by then; a file that is missing, changed or not of the artefact is `artifacts.damaged` by its name. The directory is for
 *    reading, and stands until the artefact is removed.
 *  - `list` names what was put and not removed, in order of names; damaged ones too.
 *  - `remove` leaves nothing of it, and resolves as well where there is nothing. The name is free then.
 *  - A name that is none is refused (`artifacts.bad-name`) before anything is read: nothing outside the store is ever touched.
 *  - Stores may be asked several things at once.
 */
export interface ArtifactStore {
  put(kind: string, name: string, directory: string): Promise<void>
  /** Fails with `artifacts.not-found` or `artifacts.damaged`. */
  open(kind: string, name: string): Promise<string>
  list(kind: string): Promise<readonly string[]>
  remove(kind: string, name: string): Promise<void>
}
