import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { accountNamed, ownedDirectory, ownedFile } from './account.ts'
import type { Command, Engine } from './engine.port.ts'
import { failure } from './failures.ts'
import { installJdk, jdkHome } from './java.ts'
import { installDistribution, installedVersion, kafkaDistribution } from './maven.ts'
import { logHas } from './node-log.ts'
import { isOpen } from './ports.ts'
import type { Settings } from './settings.ts'

const java = 17

/** One broker that is its own controller (KRaft). */
export function kafka(settings: Settings): Engine {
  const account = 'nobody'
  const directory = join(settings.directory, 'kafka')
  const client = settings.port('ENGINES_KAFKA_PORT')
  const controller = settings.port('ENGINES_KAFKA_CONTROLLER_PORT')
  const classPath = join(settings.libraries, 'kafka/lib/*')
  const properties = join(directory, 'server.properties')
  const logging = `-Dlog4j2.configurationFile=${join(directory, 'log4j2.xml')}`

  async function prepare(): Promise<Command> {
    const program = join(jdkHome(java, settings), 'bin/java')
    const ids = accountNamed(account)
    const data = ownedDirectory(ids, join(directory, 'data'))
    ownedFile(ids, properties, serverProperties(client.number, controller.number, data))
    ownedFile(ids, join(directory, 'log4j2.xml'), loggingConfig)
    if (!existsSync(join(data, 'meta.properties'))) {
      const format = ['kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', properties]
      const options = { ...ids, cwd: directory, encoding: 'utf8' } as const
      const made = spawnSync(
        program,
        ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', classPath, logging, ...format],
        options,
      )
      if (made.status !== 0) {
        process.stderr.write(`${made.stdout}${made.stderr}`)
        throw failure('engines.not-ready', 'Kafka could not format its storage.')
      }
    }
    const heap = `-Xmx${settings.kafkaHeap}`
    return { program, arguments: [heap, '-cp', classPath, logging, 'kafka.Kafka', properties] }
  }

  return Object.freeze<Engine>({
    name: 'kafka',
    async install() {
      installJdk(java, settings)
      installDistribution(kafkaDistribution, settings.libraries, '', () => {})
    },
    version: () => installedVersion(kafkaDistribution, settings.libraries),
    nodes: () => [
      {
        name: 'kafka',
        number: 1,
        directory,
        account,
        ports: [client, controller],
        stopSignal: 'SIGTERM',
        prepare,
        // The port opens before the broker has caught up with its own metadata.
        isReady: async () => logHas(directory, 'Kafka Server started') && (await isOpen(client.number)),
      },
    ],
  })
}

/** 16 random bytes as Kafka writes them; a leading dash would read as an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? newClusterId() : id
}

const serverProperties = (port: number, controllerPort: number, data: string) => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
num.partitions=3
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
group.initial.rebalance.delay.ms=0
`

const loggingConfig = `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders><Console name="out" target="SYSTEM_OUT"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
  <Loggers><Root level="INFO"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
`
