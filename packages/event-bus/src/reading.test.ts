import { productChanged } from '@eip/contracts'
import { aProduct, envelopeOf, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import { memoryEventBus } from './adapters/memory.event-bus.ts'
import type { SubscribeOptions } from './event-bus.port.ts'
import { startReading } from './reading.ts'

/** A bus whose group takes nobody until it is told what to do with who asks. */
async function hesitant() {
  const bus = await memoryEventBus()
  const given: string[] = []
  const answers: (() => void)[] = []
  const subscribe = async (options: SubscribeOptions) => {
    await new Promise<void>((resolve) => answers.push(resolve))
    if (answers.length === 1) throw new Error('nobody is let in')
    return bus.subscribe(options)
  }
  const troubles: string[] = []
  const reading = startReading(
    { subscribe },
    {
      ...{ group: 'readers', topics: [productChanged], askEveryMs: 1 },
      handle: async (deliveries) => void given.push(...deliveries.map(({ event }) => event.key)),
      onTrouble: (error) => troubles.push(String(error)),
    },
  )
  return { bus, given, answers, troubles, reading }
}

it('is there before its group takes it, asks until it does, and then misses nothing', async () => {
  const { bus, given, answers, troubles, reading } = await hesitant()
  await bus.publish(productChanged, [envelopeOf('a', 1, aProduct({ id: 'a' }))])
  expect(reading.trouble()).toBeNull()
  answers[0]!()
  await until('it asks again', () => answers.length === 2)
  expect(reading.trouble()).toBe('nobody is let in')
  expect(troubles).toEqual(['Error: nobody is let in'])
  answers[1]!()
  await until('the event is given', () => given.length === 1)
  expect(reading.trouble()).toBeNull()
  await reading.close()
  await bus.publish(productChanged, [envelopeOf('b', 1, aProduct({ id: 'b' }))])
  expect(await bus.lag('readers', [productChanged])).toEqual({ [productChanged.name]: 1 })
  await bus.close()
})

it('that is closed while it waits asks no more', async () => {
  const { bus, answers, reading } = await hesitant()
  const closed = reading.close()
  answers[0]!()
  await closed
  expect(answers).toHaveLength(1)
  await bus.close()
})
