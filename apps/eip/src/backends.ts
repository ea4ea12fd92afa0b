import { openDistributedBackends } from './backends/distributed.ts'
import { openEmbeddedBackends } from './backends/embedded.ts'
import type { Backends, BackendsOptions } from './backends/service-stores.ts'
import type { DataPaths } from './data-directory.ts'
import type { Environment } from './environment.ts'

/** The one place where it is chosen what the platform stands on. */
export const openBackends = (
  environment: Environment,
  paths: DataPaths,
  options: BackendsOptions,
): Promise<Backends> =>
  environment.BACKENDS === 'embedded'
    ? openEmbeddedBackends({ ...options, paths })
    : openDistributedBackends({ ...options, paths, environment })
