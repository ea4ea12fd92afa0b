import type { Language } from '../language/language.ts'

/** 12345.678 as "12,345.678" in English and Korean; options are Intl's. */
export const formatNumber = (value: number, language: Language, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(language, options).format(value)
