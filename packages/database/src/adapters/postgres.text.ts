// PostgreSQL holds every character but U+0000, which shoppers can type and files can hold. It is written as two others, the first
// of which no text means anything by (U+FFFF is no character); that one itself is written as two as well, so that each text comes
// back as it was. Equal texts stay equal, and what begins with a text still does.
const mark = '\uffff'
const written = { '\u0000': `${mark}0`, [mark]: `${mark}1` } as const
const meant: Readonly<Record<string, string>> = { [`${mark}0`]: '\u0000', [`${mark}1`]: mark }

/** The text as PostgreSQL can hold it. */
export const writtenText = (text: string): string =>
  text.includes('\u0000') || text.includes(mark)
    ? // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the character that this is about.
      text.replace(/[\u0000\uffff]/g, (character) => written[character as keyof typeof written])
    : text

/** The text that was written. */
export const readText = (text: string): string =>
  text.includes(mark) ? text.replace(/\uffff[01]/g, (pair) => meant[pair]!) : text
