import type { EmbeddingContract, SearchContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'previewSearch'
  | 'placement'
  | 'listSynonyms'
  | 'saveSynonym'
  | 'deleteSynonym'
  | 'encoderStatus'
  | 'trainEncoder'
  | 'useEncoder'
>
type Needs = Readonly<{ search: Client<SearchContract>; embedding: Client<EmbeddingContract> }>

/** What merchandisers and operators ask of search, and the encoders that it reads by. */
export const manageSearch = ({ search, embedding }: Needs): Operations =>
  Object.freeze({
    previewSearch: (input, call) => search.preview(input, { call }),
    placement: (input, call) => search.placement(input, { call }),
    listSynonyms: (_, call) => search.listSynonyms({}, { call }),
    saveSynonym: (input, call) => search.saveSynonym(input, { call }),
    deleteSynonym: (input, call) => search.deleteSynonym(input, { call }),
    encoderStatus: (_, call) => embedding.status({}, { call }),
    trainEncoder: (_, call) => embedding.trainEncoder({}, { call }),
    useEncoder: (input, call) => embedding.useEncoder(input, { call }),
  } satisfies Operations)
