/**
 * A department of the demo shop. Words are written "English|Korean|Portuguese"; in Portuguese, "@" is the ending that
 * agrees with the product's gender: "Pret@" is Preto for a masculine product and Preta for a feminine one.
 */
export type Department = Readonly<{
  name: string
  brands: readonly string[]
  /** Names of series or collections, the same in every language. */
  lines: readonly string[]
  /** Whether a model number follows the line, as in "Aero 340". */
  hasModelNumbers: boolean
  /** How a feature joins the product: "with X", as a trait of its own after a comma, or before the product's name. */
  featureStyle: 'with' | 'trait' | 'adjective'
  colours: readonly string[]
  /** Second sentences of descriptions; each is a whole sentence. */
  remarks: readonly string[]
  kinds: readonly Kind[]
}>

export type Kind = Readonly<{
  /** Names of the categories below the department, widest first. */
  category: readonly string[]
  /** "English|Korean|Portuguese|m" or "…|f": the product's name and its Portuguese gender. */
  name: string
  /** Cheapest and dearest, in USD. */
  price: readonly [number, number]
  features: readonly string[]
  /** The measure that a title shows, such as a capacity, with values as English writes them. */
  measure?: Readonly<{ attribute: string; values: readonly string[] }>
  /** Further attributes, by name; one of the values is drawn. */
  attributes: Readonly<Record<string, readonly string[]>>
  /** All of these hold for the product, such as the sizes it comes in. */
  sizes?: readonly string[]
}>

export const metalColours: readonly string[] = [
  'Black|블랙|Pret@',
  'White|화이트|Branc@',
  'Silver|실버|Prata',
  'Graphite|그라파이트|Grafite',
  'Navy|네이비|Azul-Marinho',
]
export const clothColours: readonly string[] = [
  'Black|블랙|Pret@',
  'White|화이트|Branc@',
  'Navy|네이비|Azul-Marinho',
  'Beige|베이지|Bege',
  'Olive|올리브|Verde-Oliva',
  'Burgundy|버건디|Bordô',
  'Grey|그레이|Cinza',
  'Pink|핑크|Rosa',
  'Sky Blue|스카이블루|Azul-Claro',
  'Brown|브라운|Marrom',
]
