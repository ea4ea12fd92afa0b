import type { Judgments } from '@eip/engine-ranking'

/** Grades by product, by query as `judgedQuery` writes it. */
export type JudgmentSet = ReadonlyMap<string, Judgments>

/** A query as it is compared: upper and lower case, outer spaces and the way that accents are composed make no other. */
export const judgedQuery = (query: string): string => query.trim().toLowerCase().normalize('NFC')

/** The beginning of a query; a space at its end is part of it. */
export const judgedPrefix = (prefix: string): string => prefix.trimStart().toLowerCase().normalize('NFC')
