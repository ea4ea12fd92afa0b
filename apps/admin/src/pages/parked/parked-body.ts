/** How many characters of a body the gateway sends. */
const sentAtMost = 20_000

export type ParkedBody = Readonly<{ text: string; is: 'json' | 'cut' | 'broken' }>

/** A body as it is read best: indented where it is JSON, else as it came; one that was cut cannot be read as JSON. */
export function parkedBody(body: string): ParkedBody {
  if (body.length >= sentAtMost) return { text: body, is: 'cut' }
  try {
    return { text: JSON.stringify(JSON.parse(body), null, 2), is: 'json' }
  } catch {
    return { text: body, is: 'broken' }
  }
}
