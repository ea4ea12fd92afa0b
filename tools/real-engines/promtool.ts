import { commandPath, installCommand, versionOf } from './debian.ts'
import type { Engine } from './engine.port.ts'

/** Checks Prometheus’ rules and metrics; not a server. */
export const promtool = (): Engine =>
  Object.freeze({
    name: 'promtool',
    install: async () => installCommand('promtool', ['prometheus']),
    version: () => versionOf(commandPath('promtool')),
    nodes: () => [],
  })
