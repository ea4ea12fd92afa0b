import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { serviceNames } from '../../apps/eip/src/services.ts'
import { deployFolder, deployTool, toolsReason, withTools } from './deploy-tool.ts'
import { expectWholePlatform } from './process-settings.ts'

type Service = Readonly<{
  image: string
  environment?: Readonly<Record<string, string>>
  volumes?: readonly string[]
  depends_on?: Readonly<Record<string, Readonly<{ condition: string }>>>
  healthcheck?: Readonly<{ test: readonly string[] }>
  deploy?: Readonly<{ resources: Readonly<{ limits: Readonly<Record<string, string>> }> }>
  profiles?: readonly string[]
}>

const file = join(deployFolder, 'compose.yaml')
const text = readFileSync(file, 'utf8')
const { services, volumes } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>
  volumes: object
}
const given = Object.fromEntries(
  [...readFileSync(join(deployFolder, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=$/gm)].map(([, key]) => [
    key,
    'x'.repeat(40),
  ]),
)
/** As compose puts the values of deploy/.env in. */
const filled = (value: string) => value.replace(/\$\{([A-Z_]+):\?[^}]*\}/g, (_, key: string) => given[key] ?? '')
const ours = serviceNames.map((name) => ({ name, service: services[name] }))

describe('deploy/compose.yaml', () => {
  it('runs every service on its own, with settings that the program knows and accepts, and the peers it calls', () => {
    const processes = Object.entries(services)
      .filter(([, { environment = {} }]) => 'TARGET' in environment)
      .map(([service, { environment = {} }]) => ({
        service,
        settings: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filled(value)])),
      }))
    expectWholePlatform(processes, (service) => `http://${service}:8080`)
  })

  it('gives each of them a folder of its own, and one that all share', () => {
    for (const { name, service } of ours)
      expect(service?.volumes).toEqual([`${name}-data:/var/lib/eip`, 'files:/var/lib/eip-files'])
    const named = Object.values(services).flatMap((each) => each.volumes ?? [])
    const used = named.map((volume) => volume.split(':')[0]).filter((volume) => !volume?.startsWith('.'))
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(volumes).toSorted())
  })

  it('asks each whether it is ready, bounds what it takes, and names an exact image', () => {
    for (const [name, { healthcheck, deploy, image }] of Object.entries(services)) {
      expect([name, healthcheck?.test.length, Object.keys(deploy?.resources.limits ?? {})]).toEqual([
        ...[name, expect.any(Number), ['cpus', 'memory']],
      ])
      expect(image).toMatch(/:v?\d+\.\d+/)
    }
    for (const { service } of ours) expect(service?.healthcheck?.test.join(' ')).toContain('/ready')
  })

  it('starts what stands on something after it is healthy', () => {
    for (const { name, service } of ours) {
      const awaited = Object.entries(service?.depends_on ?? {})
      const others = name === 'gateway' ? serviceNames.filter((other) => other !== 'gateway') : []
      expect(awaited.map(([each]) => each).toSorted()).toEqual(
        ['kafka', 'opensearch', 'postgres', 'redis', ...others].toSorted(),
      )
      expect(new Set(awaited.map(([, { condition }]) => condition))).toEqual(new Set(['service_healthy']))
    }
  })

  it('keeps secrets out: each comes from deploy/.env, whose example names them all and gives none', () => {
    const asked = [...text.matchAll(/\$\{([A-Z_]+)[^}]*\}/g)].map(([, key]) => key)
    expect([...new Set(asked)].toSorted()).toEqual(Object.keys(given).toSorted())
    for (const [, key] of text.matchAll(/^ *(\w*(?:PASSWORD|SIGNING_KEY|SECRET)\w*): (?!\$\{)/gm))
      expect(key).toBeUndefined()
  })

  describe.skipIf(!withTools)(`read by the schema of its specification (${toolsReason})`, () => {
    const check = (path: string) => deployTool('check-jsonschema', '--builtin-schema', 'vendor.compose-spec', path)

    it('is good', () => {
      expect(check(file)).toMatchObject({ status: 0 })
    })

    it('would be refused with a key that compose does not know', () => {
      using at = temporaryDirectory()
      const bad = join(at.path, 'compose.yaml')
      writeFileSync(bad, text.replace('restart: unless-stopped', 'restarts: unless-stopped'))
      expect(check(bad)).toMatchObject({ status: 1, text: expect.stringContaining('restarts') })
    })
  })
})
