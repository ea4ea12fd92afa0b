import { failures } from '@eip/kernel'

export const eventBusFailure = failures({
  'event-bus.bad-envelope': {
    kind: 'invalid',
    cure: 'Fill the named field as the envelope of the published language says.',
  },
  'event-bus.too-large': {
    kind: 'too-large',
    cure: 'Publish less in one call, or refer to large content instead of carrying it.',
  },
  'event-bus.bad-options': {
    kind: 'invalid',
    cure: 'Give the named option a value in the range that the message names.',
  },
  'event-bus.bad-position': {
    kind: 'conflict',
    cure: 'The positions belong to another log: rebuild the state that they stand beside, from the start of the topics.',
  },
  'event-bus.topic-changed': {
    kind: 'conflict',
    cure: 'Keep the kind of a topic, or publish under a new name: compaction and expiry depend on it.',
  },
  'event-bus.closed': { kind: 'unavailable', cure: 'Open the bus again; what was acknowledged is in it.' },
  'event-bus.not-acknowledged': {
    kind: 'unavailable',
    cure: 'Publish the same events again: some of them may be stored, and consumers take what comes twice as one.',
  },
  'event-bus.unreachable': {
    kind: 'unavailable',
    cure: 'Name brokers in KAFKA_BROKERS that run and that this machine can reach.',
  },
  'event-bus.credentials-refused': {
    kind: 'forbidden',
    cure: 'Set KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM and KAFKA_TLS to what the brokers expect.',
  },
  'event-bus.old-broker': {
    kind: 'conflict',
    cure: 'Bring the brokers that KAFKA_BROKERS names to Kafka 3.5 or newer.',
  },
  'event-bus.topic-refused': {
    kind: 'conflict',
    cure: 'Change the key or the setting of the topic that the message names, or set another KAFKA_TOPIC_PREFIX.',
  },
  'event-bus.log-failed': {
    kind: 'unavailable',
    cure: 'Look at the disk or the brokers that hold the log: space, rights, errors.',
  },
  'event-bus.in-use': {
    kind: 'conflict',
    cure: 'Stop the other process that holds the file, or go through it: one process at a time has the log.',
  },
  'event-bus.newer-format': {
    kind: 'conflict',
    cure: 'Run the version that wrote the file, or a newer one; this one would damage it.',
  },
  'event-bus.not-a-log': {
    kind: 'invalid',
    cure: 'Name a file that the event bus wrote, or one that is not there yet.',
  },
})
