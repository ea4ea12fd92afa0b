import type { Positions } from '@eip/contracts'
import type { EncoderChange } from '../product-index-writer.port.ts'
import { changeDocument, createDocument, readDocument } from './opensearch.compare-and-set.ts'
import { type Connection, failure } from './opensearch.connection.ts'
import type { IndexNames } from './opensearch.names.ts'

/** What the view holds of one encoder; in the order in which encoders came. */
export type EncoderState = Readonly<{
  encoder: string
  /** Of the newest word on whether it is held; −1: none came, and it is held. */
  version: number
  isHeld: boolean
  /** Where its vectors and the versions of deleted ones lie; null: nothing came yet. */
  index: string | null
  /** null: no vector came yet. The first one tells the length of all. */
  dimensions: number | null
}>

/** How far the view has come: one document, changed by comparing and setting, so that writers do not overwrite each other. */
export type ViewState = Readonly<{
  /** Changes with everything that becomes visible. */
  epoch: number
  positions: Positions | null
  encoders: readonly EncoderState[]
}>

export const emptyState: ViewState = Object.freeze({ epoch: 0, positions: null, encoders: Object.freeze([]) })

const unknownEncoder = { version: -1, isHeld: true, index: null, dimensions: null }

export const encoderOf = ({ encoders }: ViewState, encoder: string): EncoderState =>
  encoders.find((each) => each.encoder === encoder) ?? { encoder, ...unknownEncoder }

export const withPositions = (state: ViewState, positions: Positions): ViewState => ({
  ...state,
  positions: { ...state.positions, ...positions },
})

export function withEncoder(state: ViewState, changed: EncoderState): ViewState {
  const isKnown = state.encoders.some(({ encoder }) => encoder === changed.encoder)
  const encoders = isKnown
    ? state.encoders.map((each) => (each.encoder === changed.encoder ? changed : each))
    : [...state.encoders, changed]
  return { ...state, encoders }
}

/** Begins or ceases to hold an encoder, if the change is news. One that is not held any more is forgotten with its vectors. */
export function withWord(state: ViewState, { encoder, version, isHeld }: EncoderChange): ViewState {
  const held = encoderOf(state, encoder)
  if (version <= held.version) return state
  return withEncoder(state, { ...held, version, isHeld, ...(!isHeld && { index: null, dimensions: null }) })
}

const documentOf = ({ state }: IndexNames) => ({ index: state, id: 'view' })

/** Fails where there is none: the indexes of a generation are made with it. */
export async function readState(connection: Connection, names: IndexNames): Promise<ViewState> {
  const state = await readDocument<ViewState>(connection, documentOf(names))
  if (state === null)
    throw failure('product-index.opensearch-gone', `the index "${names.state}" is not there, or holds nothing`)
  return state
}

/** The document of a view that holds nothing yet; one that is there stays. */
export const createState = (connection: Connection, names: IndexNames): Promise<void> =>
  createDocument(connection, documentOf(names), emptyState)

export const changeState = (
  connection: Connection,
  names: IndexNames,
  change: (state: ViewState) => ViewState,
): Promise<ViewState> =>
  changeDocument(connection, documentOf(names), (state: ViewState) => ({ ...change(state), epoch: state.epoch + 1 }))
