/** The few parts of WebAssembly that are used here: the type library of the runtime declares none. */
export interface Memory {
  /** As long as the memory was when this view of it was made: growing replaces it. */
  readonly buffer: ArrayBufferLike
  /** By pages of 64 KiB. Throws a RangeError where there is no more. */
  grow(pages: number): number
}

export type Module = Readonly<{ kind?: 'module' }>

type MemoryDescriptor = Readonly<{ initial: number; maximum?: number; shared?: boolean }>
type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export const webAssembly = (
  globalThis as unknown as {
    readonly WebAssembly: {
      readonly Memory: new (descriptor: MemoryDescriptor) => Memory
      readonly Module: new (bytes: Uint8Array) => Module
      readonly Instance: new (module: Module, imports: Imports) => { readonly exports: unknown }
    }
  }
).WebAssembly

export const PAGE = 65_536
/** What 32-bit addresses reach. Room is reserved, and taken only when it is written to. */
export const MOST_PAGES = 65_536
