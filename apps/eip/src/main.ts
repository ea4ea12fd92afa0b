#!/usr/bin/env node
import { runProgram } from './program.ts'

const verbs = {
  serve: async () => (await import('./verbs/serve.ts')).serve,
  dev: async () => (await import('./verbs/dev.ts')).dev,
  migrate: async () => (await import('./verbs/migrate.ts')).migrate,
  import: async () => (await import('./verbs/import.ts')).importData,
  convert: async () => (await import('./verbs/convert.ts')).convert,
  rebuild: async () => (await import('./verbs/rebuild.ts')).rebuild,
  verify: async () => (await import('./verbs/verify.ts')).verify,
  rates: async () => (await import('./verbs/rates.ts')).rates,
  models: async () => (await import('./verbs/models.ts')).models,
  evaluate: async () => (await import('./verbs/evaluate.ts')).evaluate,
  parity: async () => (await import('./verbs/parity.ts')).parity,
  bench: async () => (await import('./verbs/bench.ts')).bench,
}

const args = process.argv.slice(2)
// A command loads what it stands on, not what the others stand on; help needs them all.
const named = Object.entries(verbs).filter(([name]) => name === args[0])
const wanted = named.length > 0 ? named : Object.entries(verbs)
process.exitCode = await runProgram(await Promise.all(wanted.map(([, load]) => load())), args)
