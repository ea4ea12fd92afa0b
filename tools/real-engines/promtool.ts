import { commandPath, installCommand, versionOf } from './debian.ts'
import type { Engine } from './engine.port.ts'

/** Checks Prometheus’ rules and metrics; not a server. */
export const promtool = (): Engine =>
  Object.freeze<Engine>({
    name: 'promtool',
    install: async () => void installCommand('promtool', ['prometheus']),
    version: () => versionOf(commandPath('promtool')),
    nodes: () => [],
  })
