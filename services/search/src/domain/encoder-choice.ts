type Published = Readonly<{
  encoder: string
  state: 'filling' | 'serving' | 'standby' | 'retired'
  dimensions: number
  vectors: number
}>
type Held = Readonly<{ encoder: string; dimensions: number; vectors: number }>

/** Products go while vectors come: not every last one must be there. */
const leastShare = 0.98

/**
 * The encoder to read queries by: the one that serves, as soon as the view holds its vectors; before that the one in use,
 * while the view still holds that; else one on standby. null where the view holds no vectors that anybody can use.
 */
export function chooseEncoder<Encoder extends Published>(
  published: readonly Encoder[],
  held: readonly Held[],
  inUse: string | null,
): Encoder | null {
  const heldOf = ({ encoder, dimensions }: Encoder) =>
    held.find((each) => each.encoder === encoder && each.dimensions === dimensions)?.vectors ?? 0
  const usable = published.filter((each) => each.state !== 'filling' && each.state !== 'retired' && heldOf(each) > 0)
  const serving = usable.find((each) => each.state === 'serving')
  if (serving !== undefined && (serving.encoder === inUse || heldOf(serving) >= leastShare * serving.vectors))
    return serving
  return (
    usable.find(({ encoder }) => encoder === inUse) ??
    usable.find(({ state }) => state === 'standby') ??
    serving ??
    null
  )
}
