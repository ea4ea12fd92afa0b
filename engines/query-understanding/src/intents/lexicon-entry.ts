/** A name that the catalogue uses, as the lexicon keeps it under its key. */
export type LexiconEntry = Readonly<{
  kind: 'brand' | 'category' | 'colour' | 'attribute'
  value: string
  attribute?: string
  /** Products that have it. */
  count: number
  confidence: number
  reason: string
  /** Next words with which the name is another thing: "apple" before "juice", "orange" before "juice". */
  notBefore?: ReadonlySet<string>
  /** Words before it that make another thing of it: "moisturising" before "cream". */
  notAfter?: ReadonlySet<string>
  /** The word is more than a name: a reading needs a fitting place in the query as well. */
  isAmbiguous?: boolean
  /** Names of the categories above, as keys. */
  ancestors?: readonly string[]
  /** On entries by stem: the key of the writing, which the query's may differ from in number only. */
  writing?: string
}>

/** Entries by key. A name may be a brand and a colour and, in several branches, a category. */
export type EntryTable = Map<string, LexiconEntry[]>

export function addEntry(table: EntryTable, key: string, entry: LexiconEntry): void {
  if (key === '') return
  const known = table.get(key)
  if (known === undefined) table.set(key, [entry])
  else known.push(entry)
}
