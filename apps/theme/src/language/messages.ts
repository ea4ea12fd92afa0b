import { formatNumber } from '../format/number.ts'
import type { Language } from './language.ts'

/** A sentence with `{names}` in it, or its forms by the number that `count` is (Intl's plural categories). */
type Plural = Readonly<{ one?: string; other: string }>
export type Message = string | Plural

type Dictionary = Readonly<Record<string, Message>>

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type NamesOf<Entry> = Entry extends string
  ? NamesIn<Entry>
  : Entry extends Plural
    ? NamesIn<Entry['other']> | 'count'
    : never

export type Values = Readonly<Record<string, string | number>>
type ValuesOf<Entry> = [NamesOf<Entry>] extends [never]
  ? []
  : [values: Readonly<Record<NamesOf<Entry>, string | number>> & (Entry extends string ? unknown : { count: number })]

export type Messages<English extends Dictionary> = Readonly<{
  en: English
  ko: Readonly<Record<keyof English, Message>>
}>

/** One sentence of a dictionary in one language. Numbers among the values are written as the language writes them. */
export type Translate<English extends Dictionary> = <Key extends keyof English & string>(
  key: Key,
  ...values: ValuesOf<English[Key]>
) => string

/**
 * A dictionary. English names the keys and their `{values}`; TypeScript refuses Korean that lacks a key, and a use that lacks a
 * value.
 */
export const defineMessages = <const English extends Dictionary>(messages: {
  en: English
  ko: Readonly<Record<NoInfer<keyof English>, Message>>
}): Messages<English> => Object.freeze(messages)

function formFor(message: Message, language: Language, values: Values): string {
  if (typeof message === 'string') return message
  const category = new Intl.PluralRules(language).select(Number(values.count))
  return (category === 'one' ? message.one : undefined) ?? message.other
}

export function translate<const English extends Dictionary>(
  messages: Messages<English>,
  language: Language,
): Translate<English> {
  const dictionary: Readonly<Record<string, Message>> = messages[language]
  return (key, ...given) => {
    const values: Values = given[0] ?? {}
    return formFor(dictionary[key]!, language, values).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? formatNumber(value, language) : value
    })
  }
}
