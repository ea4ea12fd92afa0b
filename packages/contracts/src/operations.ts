import { z } from 'zod'
import { roles } from './role.ts'

/** What the platform did in one interval; rates are per second, null where nothing happened that could be measured. */
const overviewPointSchema = z.object({
  at: z.iso.datetime(),
  queriesPerSecond: z.number(),
  /** Of searches, in seconds. */
  p50Seconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
  /** Share of query vectors that were remembered. */
  cacheHitRatio: z.number().nullable(),
  /** Events on the bus that the serving view does not show yet. */
  lag: z.number(),
  indexedPerSecond: z.number(),
  /** Answers that lacked something, per second, by `PART: REASON`. */
  degraded: z.record(z.string(), z.number()),
})

export const overviewSchema = z.object({
  intervalSeconds: z.number(),
  /** Oldest first; the last hour at most, since the process started. */
  points: z.array(overviewPointSchema),
  documents: z.int(),
  parked: z.int(),
  versions: z.object({ policy: z.string(), encoder: z.string().nullable(), index: z.string() }),
})
export type Overview = Readonly<z.infer<typeof overviewSchema>>

export const serviceRecordSchema = z.object({
  name: z.string(),
  /** `here`, or its address. */
  runs: z.string(),
  /** null: it is ready; else what it lacks. */
  missing: z.string().nullable(),
  operations: z.array(z.string()),
  calls: z.array(z.string()),
  /** Topics by consumer group. */
  consumes: z.record(z.string(), z.array(z.string())),
  follows: z.array(z.string()),
  publishes: z.array(z.string()),
})
export type ServiceRecord = Readonly<z.infer<typeof serviceRecordSchema>>

export const topicRecordSchema = z.object({
  name: z.string(),
  kind: z.enum(['state', 'behaviour']),
  publishedBy: z.string().nullable(),
  groups: z.array(z.object({ group: z.string(), lag: z.int(), parked: z.int() })),
  followedBy: z.array(z.string()),
})
export type TopicRecord = Readonly<z.infer<typeof topicRecordSchema>>

export const engineParts = ['events', 'database', 'index', 'lists', 'files'] as const
export type EnginePart = (typeof engineParts)[number]

/** A process, and what it stands on. */
export const engineProcessSchema = z.object({
  services: z.array(z.string()),
  /** `here`, or its address. */
  runs: z.string(),
  /** False: it is not known what it stands on. */
  answers: z.boolean(),
  engines: z.array(
    z.object({
      part: z.enum(engineParts),
      /** Its technology, as `kafka`. */
      engine: z.string(),
      isEmbedded: z.boolean(),
      /** null: it tells none. */
      version: z.string().nullable(),
      isUp: z.boolean(),
    }),
  ),
  /** Connections to the databases of its services: at most `limit`; `waiting` counts the calls that wait for one. */
  pools: z.array(z.object({ schema: z.string(), limit: z.int(), idle: z.int(), inUse: z.int(), waiting: z.int() })),
})
export type EngineProcess = Readonly<z.infer<typeof engineProcessSchema>>

export const parkedRecordSchema = z.object({
  group: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
  attempts: z.int(),
  reason: z.string(),
  parkedAt: z.iso.datetime(),
  /** As received, cut at 20,000 characters. */
  body: z.string(),
})
export type ParkedRecord = Readonly<z.infer<typeof parkedRecordSchema>>

export const parkedPositionSchema = parkedRecordSchema.pick({ group: true, topic: true, partition: true, offset: true })

/** One thing that somebody changed, or tried to. */
export const auditEntrySchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  role: z.enum(roles),
  /** The operation's name, as in the API's description. */
  operation: z.string(),
  /** What it was done to: an id, a name, a version. */
  target: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** The failure's message; else what changed, in a few words. */
  detail: z.string(),
})
export type AuditEntry = Readonly<z.infer<typeof auditEntrySchema>>
