import { plainText as textOfHtml } from '@eip/engine-text-analysis'

/** Whether a text has HTML tags or entities. */
export const hasMarkup = (text: string): boolean =>
  /<[a-z/!][^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,7});/i.test(text)

/**
 * The text that a browser would show of a piece of HTML, on one line. Text without tags or entities comes back as it is, so
 * "5 < 6", "AT&T" and "two  spaces" stay.
 */
export const plainText = (text: string): string => (hasMarkup(text) ? textOfHtml(text) : text)
