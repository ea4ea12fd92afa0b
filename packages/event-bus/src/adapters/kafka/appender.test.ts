import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { kafkaAppender } from './appender.ts'

const sockets: Socket[] = []
const server = createServer((socket) => {
  sockets.push(socket)
  socket.on('error', () => undefined)
  socket.resume()
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

test('a broker that takes everything and says nothing does not keep a caller for ever', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const brokers = [`127.0.0.1:${(server.address() as AddressInfo).port}`]
  const appender = kafkaAppender({ brokers, clientId: 'test', prefix: '', security: {} }, 300)
  const record = { topic: 't', partition: 0, key: 'k', value: '{}' }
  const answers = await Promise.allSettled([appender.append([record]), appender.append([record])])
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'event-bus.not-acknowledged' } })
  }
  await appender.append([])
  await appender.close()
})
