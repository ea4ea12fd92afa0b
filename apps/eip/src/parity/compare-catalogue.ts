import { grouped } from '../output.ts'
import type { Progress } from '../progress.ts'
import type { AskedCatalogue } from './asked-catalogue.ts'
import { vectorsFor } from './catalogue-vectors.ts'
import { compareFusion } from './compare-fusion.ts'
import { type Compared, compareModel } from './compare-models.ts'
import type { ComparedCatalogue } from './parity-report.ts'
import { type PortModel, parityRequests, portModels } from './parity-requests.ts'
import { type ClusterOptions, twoEngines } from './two-engines.ts'

/** Brings a catalogue into both engines and asks them everything; in the cluster nothing is left of it. */
export async function compareCatalogue(
  options: ClusterOptions,
  catalogue: AskedCatalogue,
  progress: Progress,
): Promise<ComparedCatalogue> {
  const vectors = await vectorsFor(catalogue, (phase, share) => progress.report(`encoder: ${phase}`, share))
  const filling = { products: catalogue.products, vectors: vectors.catalogue }
  await using engines = await twoEngines(options, filling, (share) => progress.report('products', share))
  const requests = parityRequests(catalogue, vectors)
  const asking = (model: string, count: number) => (done: number) =>
    progress.report(`${model}: ${grouped(done)} of ${grouped(count)} requests`, done / Math.max(1, count))
  const models: Partial<Record<PortModel, Compared>> = {}
  for (const model of portModels) {
    const asked = { catalogue: catalogue.name, model, requests: requests[model] }
    models[model] = await compareModel(engines, asked, asking(model, asked.requests.length))
  }
  const { hasHybridQuery } = await engines.cluster.describe()
  const count = requests.vector.length
  return {
    name: catalogue.name,
    products: catalogue.products.length,
    queries: catalogue.queries.length,
    own: catalogue.own,
    models: models as Readonly<Record<PortModel, Compared>>,
    hybridQuery: hasHybridQuery
      ? await compareFusion(engines, catalogue, vectors, asking('opensearch-hybrid', count))
      : null,
  }
}
