import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a published module jar does not say of itself: its class, and the module whose class loader it extends. */
const modules = {
  'modules/aggs-matrix-stats': ['org.opensearch.search.aggregations.matrix.MatrixAggregationModulePlugin'],
  'modules/analysis-common': ['org.opensearch.analysis.common.CommonAnalysisModulePlugin', 'lang-painless'],
  'modules/ingest-common': ['org.opensearch.ingest.common.IngestCommonModulePlugin', 'lang-painless'],
  'modules/lang-mustache': ['org.opensearch.script.mustache.MustacheModulePlugin'],
  'modules/lang-painless': ['org.opensearch.painless.PainlessModulePlugin'],
  'modules/mapper-extras': ['org.opensearch.index.mapper.MapperExtrasModulePlugin'],
  'modules/rank-eval': ['org.opensearch.index.rankeval.RankEvalModulePlugin'],
  'modules/reindex': ['org.opensearch.index.reindex.ReindexModulePlugin'],
  'modules/search-pipeline-common': [
    'org.opensearch.search.pipeline.common.SearchPipelineCommonModulePlugin',
    'lang-painless',
  ],
  'modules/transport-grpc': ['org.opensearch.transport.grpc.GrpcPlugin'],
  'modules/transport-netty4': ['org.opensearch.transport.Netty4ModulePlugin'],
  'plugins/analysis-nori': ['eip.engines.nori.NoriPlugin'],
} as const satisfies Record<string, readonly [className: string, extended?: string]>

const descriptor = (name: string, version: string, className: string, extended: string) => `name=${name}
description=${name}
version=${version}
opensearch.version=${version}
java.version=21
classname=${className}
extended.plugins=${extended}
has.native.controller=false
`

export function writeDescriptors(home: string, version: string): void {
  for (const [folder, [className, extended = '']] of Object.entries<readonly [string, string?]>(modules)) {
    const name = folder.slice(folder.indexOf('/') + 1)
    const text = descriptor(name, version, className, extended)
    writeFileSync(join(home, folder, 'plugin-descriptor.properties'), text)
  }
}

/** An install made of other descriptors is another install. */
export const descriptorInputs = JSON.stringify([modules, descriptor('', '', '', '')])
