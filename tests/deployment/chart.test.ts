import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { definitions, serviceNames } from '../../apps/eip/src/services.ts'
import { deployFolder, deployTool, toolsReason, withTools } from './deploy-tool.ts'
import { expectWholePlatform } from './process-settings.ts'

const chart = join(deployFolder, 'helm', 'eip')
const example = join(chart, 'example-values.yaml')
const kubernetes = '1.34.0'

const render = (folder: string, ...args: readonly string[]) =>
  deployTool('helm', 'template', 'eip', folder, '--kube-version', kubernetes, ...args)

// biome-ignore lint/suspicious/noExplicitAny: manifests are read here by paths that their own schema has checked.
type Manifest = any

describe.skipIf(!withTools)(`deploy/helm/eip (${toolsReason})`, () => {
  let text: string
  let manifests: readonly Manifest[]
  const of = (kind: string) => manifests.filter((each) => each.kind === kind)
  const named = (kind: string, name: string) => of(kind).find(({ metadata }) => metadata.name === name)
  const read = (folder: string, ...args: readonly string[]) => {
    const { status, output, text: said } = render(folder, ...args)
    expect(said && status).toBe(0)
    return output
  }
  beforeAll(() => {
    text = read(chart, '-f', example)
    manifests = parseAllDocuments(text)
      .map((document) => document.toJS())
      .filter((each) => each !== null)
  })

  const containerOf = (name: string) => named('Deployment', `eip-${name}`).spec.template.spec.containers[0]
  const decoded = (data: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]))
  /** What the container reads: from maps and secrets, and its own, which wins. */
  const settingsOf = (name: string): Record<string, string> => {
    const { env, envFrom } = containerOf(name)
    const shared = envFrom.map((each: Manifest) =>
      each.configMapRef
        ? named('ConfigMap', each.configMapRef.name).data
        : decoded(named('Secret', each.secretRef.name)?.data),
    )
    return Object.assign({}, ...shared, Object.fromEntries(env.map((each: Manifest) => [each.name, each.value])))
  }

  it('runs every service on its own, with settings that the program knows and accepts, and the peers it calls', () => {
    const processes = of('Deployment').map((each) => {
      const service = each.spec.template.spec.containers[0].name as string
      return { service, settings: settingsOf(service) }
    })
    expectWholePlatform(processes, (service) => `http://eip-${service}:8080`)
  })

  it('gives the gateway alone what only the gateway needs', () => {
    const having = serviceNames.filter((name) => 'OPERATOR_PASSWORD' in settingsOf(name))
    expect(having).toEqual(['gateway'])
  })

  it('lets a service be asked by its callers and by Prometheus, and the gateway by all', () => {
    for (const { name, calls } of definitions) {
      const { ingress, egress } = named('NetworkPolicy', `eip-${name}`).spec
      const asked = ingress.flatMap(({ from = [] }: Manifest) =>
        from.flatMap(({ podSelector }: Manifest) => podSelector?.matchLabels['app.kubernetes.io/component'] ?? []),
      )
      const callers = definitions.filter((each) => each.calls.includes(name)).map((each) => each.name)
      expect([name, asked.toSorted()]).toEqual([name, callers.toSorted()])
      const asks = egress.flatMap(({ to = [] }: Manifest) =>
        to.flatMap(({ podSelector }: Manifest) => podSelector?.matchLabels['app.kubernetes.io/component'] ?? []),
      )
      expect([name, asks.toSorted()]).toEqual([name, calls.toSorted()])
      const isOpen = ingress.some(({ from }: Manifest) => from === undefined)
      expect([name, isOpen]).toEqual([name, name === 'gateway'])
    }
  })

  it('asks each whether it lives and is ready, bounds its memory, and takes every right from it', () => {
    for (const name of serviceNames) {
      const { securityContext, automountServiceAccountToken } = named('Deployment', `eip-${name}`).spec.template.spec
      const container = containerOf(name)
      expect(container.livenessProbe.httpGet.path).toBe('/live')
      expect(container.readinessProbe.httpGet.path).toBe('/ready')
      expect(container.resources.limits.memory).toBeTypeOf('string')
      expect(container.resources.requests.cpu).toBeTypeOf('string')
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      expect(automountServiceAccountToken).toBe(false)
      expect(container.securityContext).toEqual({
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      })
    }
  })

  it('scales what several may share, the indexer up to its partitions, and lets one go at a time', () => {
    const scaled = of('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name)
    const several = ['eip-gateway', 'eip-indexer', 'eip-inventory', 'eip-orders', 'eip-search']
    expect(scaled.toSorted()).toEqual(several)
    expect(of('PodDisruptionBudget')).toHaveLength(serviceNames.length)
    const above = render(chart, '-f', example, '--set', 'services.indexer.autoscaling.max=9')
    expect(above).toMatchObject({ status: 1, text: expect.stringContaining('above settings.KAFKA_PARTITIONS') })
  })

  it.each([
    ['--set secrets.shared.SIGNING_KEY=', 'secrets.shared.SIGNING_KEY must be given'],
    ['--set settings.FILES_URL=', 'settings.FILES_URL must be given'],
    ['--set services.catalog.replicas=2', 'replicas must be 1'],
    ['--set services.search.calls={ads}', 'which is not among the services'],
  ])('refuses %s with a sentence', (args, sentence) => {
    expect(render(chart, '-f', example, ...args.split(' '))).toMatchObject({
      status: 1,
      text: expect.stringContaining(sentence),
    })
  })

  it('makes no secret where one stands already, and mounts a shared folder where one is claimed', () => {
    const other = read(chart, '-f', example, '--set', 'secrets.existing=kept,files.existingClaim=shared')
    expect(other).not.toContain('kind: Secret\n')
    expect(other).toContain('secretRef: { name: kept }')
    expect(other.match(/claimName: shared/g)).toHaveLength(serviceNames.length)
  })

  describe('read by the schemas of Kubernetes', () => {
    const check = (rendered: string) => {
      using at = temporaryDirectory()
      const file = join(at.path, 'rendered.yaml')
      writeFileSync(file, rendered)
      return deployTool('kubernetes-validate', '--strict', '-k', kubernetes, file)
    }

    it('is good, and passes the linter of helm', () => {
      expect(check(text)).toMatchObject({ status: 0 })
      expect(deployTool('helm', 'lint', chart, '--strict', '-f', example, '--kube-version', kubernetes)).toMatchObject({
        status: 0,
      })
    })

    it('would be refused with a field that Kubernetes does not know', () => {
      using at = temporaryDirectory()
      cpSync(chart, at.path, { recursive: true })
      const template = join(at.path, 'templates', 'deployments.yaml')
      writeFileSync(template, readFileSync(template, 'utf8').replace('livenessProbe:', 'aliveProbe:'))
      const refused = check(read(at.path, '-f', example))
      expect(refused.status).not.toBe(0)
      expect(refused.text).toContain('aliveProbe')
    })
  })
})
