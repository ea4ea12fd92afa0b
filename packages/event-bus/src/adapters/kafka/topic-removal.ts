import { Admin } from '@platformatic/kafka'
import { clientOptions, type KafkaSecurity } from './client.ts'

/** For tests and measurements: removes all topics that begin with the prefix. The bus itself never removes one. */
export async function removeTopics(
  brokers: readonly string[],
  prefix: string,
  security: KafkaSecurity = {},
): Promise<void> {
  const admin = new Admin(clientOptions({ brokers, clientId: 'topic-removal', prefix, security }))
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix))
    if (topics.length > 0) await admin.deleteTopics({ topics })
  } finally {
    await admin.close()
  }
}
