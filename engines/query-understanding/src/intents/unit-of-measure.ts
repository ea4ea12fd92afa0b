export type Dimension =
  | 'length'
  | 'area'
  | 'mass'
  | 'volume'
  | 'data'
  | 'charge'
  | 'energy'
  | 'power'
  | 'voltage'
  | 'frequency'
  | 'time'
  | 'temperature'
  | 'sound'
  | 'light'
  | 'pixels'
  | 'people'
  | 'rotation'

export type Unit = Readonly<{
  /** As a range names it. */
  sign: string
  dimension: Dimension
  /** How many of the dimension's base unit it is; temperatures stay as they are written. */
  factor: number
}>

/** "sign factor spellings…" for each dimension; spellings are folded, "_" is a space. */
const TABLE: Readonly<Record<Dimension, readonly string[]>> = {
  length: [
    'mm 0.001 mm millimeter millimeters millimetre millimetres milimetro milimetros 밀리미터',
    'cm 0.01 cm cms centimeter centimeters centimetre centimetres centimetro centimetros 센티 센치 센티미터 센치미터',
    'm 1 m meter meters metre metres metro metros 미터',
    'km 1000 km kilometer kilometers quilometro quilometros 킬로미터',
    'inch 0.0254 inch inches in pol polegada polegadas 인치 "',
    'ft 0.3048 ft foot feet pe pes 피트',
    'yd 0.9144 yd yds yard yards 야드',
  ],
  area: [
    'm² 1 m2 sqm 제곱미터 평방미터',
    'ft² 0.092903 sqft ft2 sq_ft sq_feet square_feet square_foot',
    'py 3.305785 평',
  ],
  mass: [
    'mg 0.001 mg miligrama miligramas milligram milligrams 밀리그램',
    'g 1 g gr gram grams grama gramas 그램 그람',
    'kg 1000 kg kgs kilo kilos kilogram kilograms quilo quilos quilograma quilogramas 킬로 킬로그램 키로',
    'lb 453.592 lb lbs pound pounds libra libras 파운드',
    'oz 28.3495 oz ounce ounces onca oncas 온스',
  ],
  volume: [
    'ml 0.001 ml milliliter milliliters millilitre millilitres mililitro mililitros 밀리리터 미리리터',
    'cl 0.01 cl centiliter centilitre',
    'L 1 l lt lts ltr liter liters litre litres litro litros 리터',
    'gal 3.78541 gal gals gallon gallons galao galoes 갤런',
    'qt 0.946353 qt qts quart quarts',
    'ft³ 28.3168 cuft ft3 cu_ft cu_feet cubic_feet cubic_foot',
  ],
  data: [
    'KB 0.000001 kb kilobyte kilobytes',
    'MB 0.001 mb megabyte megabytes 메가 메가바이트',
    'GB 1 gb gig gigs gigabyte gigabytes 기가 기가바이트',
    'TB 1000 tb terabyte terabytes 테라 테라바이트',
  ],
  charge: ['mAh 0.001 mah 밀리암페어', 'Ah 1 ah'],
  energy: ['Wh 1 wh', 'kWh 1000 kwh'],
  power: ['W 1 w watt watts 와트', 'kW 1000 kw kilowatt kilowatts 킬로와트', 'hp 745.7 hp horsepower 마력'],
  voltage: ['V 1 v volt volts 볼트', 'kV 1000 kv'],
  frequency: ['Hz 1 hz hertz 헤르츠', 'kHz 1000 khz', 'MHz 1000000 mhz', 'GHz 1000000000 ghz'],
  time: [
    's 1 sec secs second seconds segundo segundos 초',
    'min 60 min mins minute minutes minuto minutos 분',
    'h 3600 h hr hrs hour hours hora horas 시간',
  ],
  temperature: ['°C 1 °c degrees_c celsius degrees degree graus 도', '°F 1 °f degrees_f fahrenheit'],
  sound: ['dB 1 db decibel decibels 데시벨'],
  light: ['lm 1 lm lumen lumens 루멘'],
  pixels: ['MP 1 mp megapixel megapixels 만화소'],
  people: ['persons 1 persons person people pessoas pessoa 인용 인승'],
  rotation: ['rpm 1 rpm'],
}

const units = new Map<string, Unit>()
for (const [dimension, lines] of Object.entries(TABLE))
  for (const line of lines) {
    const [sign = '', factor, ...spellings] = line.split(' ')
    const unit = Object.freeze({ sign, dimension: dimension as Dimension, factor: Number(factor) })
    for (const spelling of spellings) units.set(spelling.replaceAll('_', ' '), unit)
  }

/** The unit of a folded word, or of two with a space between ("cu ft"). */
export const unitOf = (spelling: string): Unit | undefined => units.get(spelling)

/** Units written in Hangul: they stand in one run with what follows them. */
export const hangulUnits: readonly string[] = [...units.keys()].filter((spelling) => /^\p{sc=Hangul}+$/u.test(spelling))

/** Written amounts of a unit in its base unit, rounded so that 1.5 L and 1,500 ml are the same. */
export const inBaseUnit = (amount: number, unit: Unit): number => Number((amount * unit.factor).toPrecision(9))
