/** Bytes of a file in one call: a few milliseconds of the server's time. */
const chunkBytes = 2 ** 19

export type Received = Readonly<{ id: string; received: number; state: string }>

type SendOptions = Readonly<{
  /** The bytes from `from` to before `to`, of a file of `size` bytes. */
  file: Readonly<{ size: number; slice(from: number, to: number): Readonly<{ arrayBuffer(): Promise<ArrayBuffer> }> }>
  /** Where it goes on: an import that has received some of it, or none. */
  begun: Received
  append: (input: { id: string; offset: number; data: string }) => Promise<Received>
  onProgress: (received: number) => void
  signal: AbortSignal
}>

/** Sends a file piece by piece, from where it was left. Answers with the import as it then is. Fails with the signal's reason. */
export async function sendFile({ file, begun, append, onProgress, signal }: SendOptions): Promise<Received> {
  let now = begun
  while (now.received < file.size && now.state === 'receiving') {
    signal.throwIfAborted()
    const piece = file.slice(now.received, Math.min(file.size, now.received + chunkBytes))
    const data = base64(new Uint8Array(await piece.arrayBuffer()))
    now = await append({ id: now.id, offset: now.received, data })
    onProgress(now.received)
  }
  return now
}

const blockBytes = 0x8000

/** A whole file as arguments of one call would not fit. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += blockBytes)
    text += String.fromCharCode(...bytes.subarray(at, at + blockBytes))
  return btoa(text)
}

type Begun = Received & Readonly<{ fileName: string; bytes: number }>

/** An import that was begun with this very file, as far as name and size tell, and has not received all of it. */
export const begunWith = <Import extends Begun>(
  imports: readonly Import[],
  file: Readonly<{ name: string; size: number }>,
): Import | null =>
  imports.find(
    ({ state, fileName, bytes }) => state === 'receiving' && fileName === file.name && bytes === file.size,
  ) ?? null
