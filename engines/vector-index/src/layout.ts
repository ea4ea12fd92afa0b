import { failure } from './failures.ts'

export type VectorPrecision = 'f16' | 'i8'

/**
 * Where things lie. A slot is one vector; its record in the graph memory is one run of bytes, so that a step of the walk
 * touches one place:
 *
 * ```
 * 0                     width   +4     +8    +12    +16   +20   +24   +28
 * │ codes, one byte      │scale │error │id    │id    │level│tower│count│ links of level 0 …  │ (to a full 64 bytes)
 * │ a dimension, 0-padded│ f32  │ f32  │start │bytes │     │     │     │ 2 · connections     │
 * ```
 * A component is about `code · scale`; `error` is the length of the vector that is left. `tower` is where in the side
 * memory the links of the levels above 0 begin (count and `connections` links a level); ids lie there too.
 * The exact memory holds what scores are computed from, see `VectorPrecision`:
 *
 * ```
 * f16   width × 2 bytes   the components as half floats
 * i8    width × 1 byte    a second part of each component: (code + part / 254) · scale
 * ```
 */
export interface Layout {
  readonly dimensions: number
  readonly precision: VectorPrecision
  /** M: links of a vector on the levels above 0; twice as many on level 0. */
  readonly connections: number
  readonly links: number
  /** Dimensions, padded to the 16 that one step of the kernel takes. */
  readonly width: number
  /** Bytes of a record. */
  readonly stride: number
  /** Bytes of a vector in the exact memory. */
  readonly exactStride: number
  /** 4-byte words of a level of a tower. */
  readonly floor: number
  /** The query's largest 16-bit component: no sum of products leaves 32 bits. */
  readonly queryLimit: number
}

/** Words after the codes. */
export const SCALE = 0
export const ERROR = 1
export const ID_START = 2
export const ID_BYTES = 3
export const LEVEL = 4
export const TOWER = 5
/** The count of the links on level 0; they follow. */
export const COUNT = 6
export const LINKS = 7

const LINE = 64
export const CODE_LIMIT = 127
/** Parts of a code in the second byte of `i8`: from −127 to 127 are a whole code. */
export const PARTS = 254

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step

export type LayoutOptions = Readonly<{ dimensions: number; precision: VectorPrecision; connections: number }>

export function layoutOf({ dimensions, precision, connections }: LayoutOptions): Layout {
  checkWhole('dimensions', dimensions, 8, 4096)
  checkWhole('connections', connections, 4, 64)
  if (precision !== 'f16' && precision !== 'i8')
    throw failure('vector-index.bad-options', `precision is "${precision}", not "f16" or "i8"`)
  const width = roundUp(dimensions, 16)
  const links = 2 * connections
  return Object.freeze({
    dimensions,
    precision,
    connections,
    links,
    width,
    stride: roundUp(width + 4 * (LINKS + links), LINE),
    exactStride: precision === 'f16' ? 2 * width : width,
    floor: 1 + connections,
    queryLimit: Math.min(32_767, Math.floor(0x7fff_ffff / (CODE_LIMIT * width))),
  })
}

export function checkWhole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw failure('vector-index.bad-options', `${name} is ${value}, not a whole number from ${least} to ${most}`)
}
