/** Spellings of each unit of measure, after folding; the key is the one that terms carry ("17inch", "250gb"). */
const SPELLINGS: Readonly<Record<string, string>> = {
  inch: 'inch inches in pol polegada polegadas 인치',
  ft: 'ft foot feet pe pes',
  yd: 'yd yds yard yards',
  mm: 'mm millimeter millimeters millimetre millimetres milimetro milimetros 밀리미터',
  cm: 'cm cms centimeter centimeters centimetre centimetres centimetro centimetros 센티 센치 센티미터',
  m: 'm meter meters metre metres metro metros 미터',
  km: 'km kilometer kilometers quilometro quilometros',
  mg: 'mg miligrama miligramas',
  g: 'g gr gram grams gramm grama gramas 그램',
  kg: 'kg kgs kilo kilos kilogram kilograms quilo quilos quilograma quilogramas 킬로 킬로그램',
  lb: 'lb lbs pound pounds libra libras',
  oz: 'oz ounce ounces onca oncas',
  ml: 'ml milliliter milliliters millilitre millilitres mililitro mililitros 밀리',
  cl: 'cl centiliter centilitre',
  l: 'l lt lts ltr liter liters litre litres litro litros 리터',
  gal: 'gal gals gallon gallons galao galoes',
  qt: 'qt qts quart quarts',
  cuft: 'cuft',
  sqft: 'sqft sf',
  kb: 'kb kilobyte kilobytes',
  mb: 'mb megabyte megabytes 메가',
  gb: 'gb gig gigs gigabyte gigabytes 기가',
  tb: 'tb terabyte terabytes 테라',
  mbps: 'mbps',
  gbps: 'gbps',
  hz: 'hz hertz',
  khz: 'khz kilohertz',
  mhz: 'mhz megahertz',
  ghz: 'ghz gigahertz',
  w: 'w watt watts 와트',
  kw: 'kw kilowatt kilowatts',
  kwh: 'kwh',
  wh: 'wh',
  v: 'v volt volts 볼트',
  kv: 'kv',
  a: 'amp amps ampere amperes',
  ma: 'ma',
  ah: 'ah',
  mah: 'mah',
  hp: 'hp horsepower',
  btu: 'btu btus',
  psi: 'psi',
  rpm: 'rpm rpms',
  dpi: 'dpi',
  fps: 'fps',
  db: 'db decibel decibels 데시벨',
  lm: 'lm lumen lumens',
  mp: 'mp megapixel megapixels 만화소',
  ga: 'ga gauge',
  pk: 'pk pack packs',
  pc: 'pc pcs piece pieces peca pecas',
}

const units = new Map<string, string>()
for (const [unit, spellings] of Object.entries(SPELLINGS))
  for (const word of spellings.split(' ')) units.set(word, unit)

/** The unit's one spelling in terms, if the folded word names a unit. */
export const unitOf = (word: string): string | undefined => units.get(word)

const LONGEST_IDEOGRAPHIC_UNIT = 4

/** The unit with which a run of Hangul begins ("리터짜리"): Korean writes particles and nouns without a space. */
export function leadingUnit(run: string): string | undefined {
  for (let length = Math.min(run.length, LONGEST_IDEOGRAPHIC_UNIT); length > 1; length--) {
    const unit = units.get(run.slice(0, length))
    if (unit !== undefined) return unit
  }
  return undefined
}

/** Words between a number and a length that make it an area or a volume ("1.9 cu. ft."). */
export const dimensionOf = (word: string): string | undefined => DIMENSIONS.get(word)

const DIMENSIONS: ReadonlyMap<string, string> = new Map([
  ['cu', 'cu'],
  ['cubic', 'cu'],
  ['sq', 'sq'],
  ['square', 'sq'],
])
