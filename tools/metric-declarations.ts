import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { MetricDeclaration } from '@eip/telemetry'

/** A metric, and the folder that declares it, such as `services/search`. */
export type DeclaredMetric = MetricDeclaration & Readonly<{ room: string }>

/** Every metric that any source of the repository declares, by room and in order of declaration. */
export async function metricDeclarations(root: string): Promise<readonly DeclaredMetric[]> {
  const metrics: DeclaredMetric[] = []
  for (const file of declaringFiles(root)) {
    const declared = Object.values((await import(file)) as Record<string, unknown>).filter(isDeclarations)
    const path = relative(root, file)
    if (declared.length === 0)
      throw new Error(`${path} declares metrics and does not export them: nobody can show them`)
    const room = path.split('/').slice(0, 2).join('/')
    for (const each of declared) metrics.push(...Object.values(each).map((metric) => ({ ...metric, room })))
  }
  return metrics
}

function declaringFiles(root: string): string[] {
  return ['packages', 'services', 'engines']
    .flatMap((kind) => readdirSync(join(root, kind)).map((room) => join(root, kind, room, 'src')))
    .flatMap((source) => readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => join(source, name)))
    .filter((file) => /(?<!\.(test|contract|bench))\.ts$/.test(file))
    .filter((file) => /= declareMetrics\(/.test(readFileSync(file, 'utf8')))
    .sort()
}

const isDeclarations = (value: unknown): value is Readonly<Record<string, MetricDeclaration>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(
    (each) => typeof each === 'object' && each !== null && 'kind' in each && 'name' in each && 'help' in each,
  )
