/** Arrays that grow by doubling: scratch of the writer, never shared (shared ones have a fixed length). */
export interface Growable<A extends Float64Array | Uint32Array | Uint8Array> {
  array: A
  length: number
}

const DOUBLING = 2

function reserve<A extends Float64Array | Uint32Array | Uint8Array>(
  growable: Growable<A>,
  capacity: number,
  make: (length: number) => A,
): void {
  if (capacity <= growable.array.length) return
  const larger = make(Math.max(capacity, growable.array.length * DOUBLING, 64))
  larger.set(growable.array.subarray(0, growable.length))
  growable.array = larger
}

export const growableUint32 = (): Growable<Uint32Array> => ({ array: new Uint32Array(64), length: 0 })
export const growableFloat64 = (): Growable<Float64Array> => ({ array: new Float64Array(64), length: 0 })
export const growableUint8 = (): Growable<Uint8Array> => ({ array: new Uint8Array(64), length: 0 })

const makeUint32 = (length: number) => new Uint32Array(length)
const makeFloat64 = (length: number) => new Float64Array(length)
const makeUint8 = (length: number) => new Uint8Array(length)

export function pushUint32(growable: Growable<Uint32Array>, value: number): void {
  if (growable.length === growable.array.length) reserve(growable, growable.length + 1, makeUint32)
  growable.array[growable.length++] = value
}

export function pushFloat64(growable: Growable<Float64Array>, value: number): void {
  if (growable.length === growable.array.length) reserve(growable, growable.length + 1, makeFloat64)
  growable.array[growable.length++] = value
}

export function pushBytes(growable: Growable<Uint8Array>, bytes: Uint8Array, length: number = bytes.length): void {
  reserve(growable, growable.length + length, makeUint8)
  growable.array.set(length === bytes.length ? bytes : bytes.subarray(0, length), growable.length)
  growable.length += length
}

/** A copy of the filled part in shared memory. */
export function toShared(growable: Growable<Float64Array | Uint32Array | Uint8Array>): SharedArrayBuffer {
  const { array, length } = growable
  const bytes = length * array.BYTES_PER_ELEMENT
  const shared = new SharedArrayBuffer(bytes)
  new Uint8Array(shared).set(new Uint8Array(array.buffer, array.byteOffset, bytes))
  return shared
}

export const sharedUint32 = (length: number): Uint32Array<SharedArrayBuffer> =>
  new Uint32Array(new SharedArrayBuffer(length * 4))
export const sharedFloat64 = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * 8))
