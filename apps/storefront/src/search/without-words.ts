/** A query without the words of one place in it. */
export const withoutWords = (text: string, { start, end }: Readonly<{ start: number; end: number }>): string =>
  `${text.slice(0, start)} ${text.slice(end)}`.replace(/\s+/gu, ' ').trim()
