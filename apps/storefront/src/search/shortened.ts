const longest = 80

/** A query as it is said back: somebody may have pasted a page. */
export const shortened = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
