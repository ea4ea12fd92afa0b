import { Producer } from '@platformatic/kafka'

/** For tests: appends bytes as they are, as somebody might who does not know what a topic holds. */
export async function appendBytes(
  brokers: readonly string[],
  topic: string,
  key: string,
  value: Buffer,
): Promise<void> {
  const producer = new Producer({ clientId: 'raw-append', bootstrapBrokers: [...brokers] })
  await producer.send({ messages: [{ topic, key: Buffer.from(key), value }] }).finally(() => producer.close())
}
