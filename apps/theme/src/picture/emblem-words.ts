/**
 * Which emblem stands for a product, by words of its category and title. Whole words of English and Portuguese, in the singular
 * (`*`: however it goes on); Korean wherever it stands, because its words are written together. The first that fits holds, so
 * narrow ones stand before wide ones.
 */
const words = [
  ['kettle', 'kettle|teapot|chaleira', '주전자'],
  ['coffee', 'coffee|espresso|café|cafeteira', '커피|에스프레소'],
  ['tea', 'tea|chá', '녹차|홍차'],
  ['juice', 'juice|suco', '주스'],
  ['blender', 'blender|mixer|liquidificador', '블렌더|믹서'],
  ['fryer', 'fryer|microwave|oven|fritadeira|forno', '프라이어|전자레인지|오븐'],
  ['rice', 'rice|arroz', '쌀|밥솥'],
  ['fridge', 'fridge|refrigerator|freezer|geladeira', '냉장고'],
  ['robot', 'robot*|robô', '로봇'],
  ['vacuum', 'vacuum|aspirador', '청소기'],
  ['air', 'purifier|air conditioner|ventilator|fan|purificador', '공기청정기|선풍기'],
  ['laundry', 'laundry|washing machine|dryer', '세탁'],
  ['pan', 'cookware|pan|pot|panela|frigideira', '프라이팬|냄비'],
  ['lamp', 'lamp|light|lighting|led|luminária', '조명|스탠드'],
  ['desk', 'desk|table|mesa|escrivaninha', '책상|테이블'],
  ['books', 'book|bookcase|shelf|shelves|livro|estante', '책장|도서'],
  ['chair', 'chair|sofa|seat|furniture|cadeira|móve*', '의자|소파|가구'],
  ['pillow', 'pillow|sleeping bag|travesseiro', '베개|침낭'],
  ['bed', 'bed|bedding|duvet|mattress|cama|edredom', '침구|이불|침대'],
  ['plant', 'vase|plant|garden|flower|vaso|jardim|flor', '꽃병|정원|화분'],
  ['sandal', 'sandal|beach|sandália', '샌들'],
  ['sneaker', 'sneaker|running|tênis', '스니커|운동화|러닝'],
  ['shoe', 'shoe|boot|loafer|sapato|bota|mocassim', '신발|구두|부츠|로퍼'],
  ['jacket', 'jacket|coat|outerwear|jaqueta|casaco', '재킷|코트|패딩'],
  ['dress', 'dress|skirt|blouse|vestido|saia', '원피스|스커트|치마|블라우스'],
  ['shirt', 't-shirt|shirt|apparel|clothing|fashion|jean|camis*|moda|roupa', '셔츠|의류|패션|청바지'],
  ['bag', 'handbag|bag|tote|bolsa', '가방|핸드백'],
  ['backpack', 'backpack|luggage|mochila|mala', '배낭|백팩|여행'],
  ['tent', 'tent|camping|barraca', '텐트|캠핑'],
  ['yoga', 'yoga|pilates|ioga', '요가'],
  ['dumbbell', 'dumbbell|fitness|gym|halter*', '아령|덤벨|헬스'],
  ['helmet', 'helmet|capacete', '헬멧'],
  ['bike', 'bike|cycling|bicycle|bicicleta', '자전거'],
  ['ball', 'sport|football|soccer|esporte', '스포츠|축구'],
  ['bottle', 'bottle|hydration|garrafa', '물병|텀블러'],
  ['perfume', 'perfume|parfum|fragrance', '향수|퍼퓸'],
  ['lipstick', 'lipstick|make-up|makeup|cosmetic|batom|maquiagem', '립스틱|메이크업|화장품'],
  ['sun', 'sunscreen|sun care|protetor solar', '선크림|자외선'],
  ['drop', 'serum|sérum|moisturi*|skin care|hidratante', '세럼|크림|스킨케어'],
  ['hair', 'hair|shampoo|beauty|xampu|cabelo|beleza', '샴푸|헤어|뷰티'],
  ['watch', 'watch|smartwatch|wearable|relógio', '시계|워치'],
  ['battery', 'power bank|battery|batteries|charger|carregador', '배터리|충전'],
  ['phone', 'phone|smartphone|mobile|telefon*|celular', '스마트폰|휴대폰'],
  ['monitor', 'monitor|display|desktop', '모니터'],
  ['tv', 'television|tv|projector', '텔레비전'],
  ['tablet', 'tablet|e-reader', '태블릿'],
  ['keyboard', 'keyboard|teclado', '키보드'],
  ['mouse', 'mouse|mice', '마우스'],
  ['laptop', 'laptop|notebook|computer|computing|informática', '노트북|컴퓨터'],
  ['camera', 'camera|photo*|lens|câmera', '카메라'],
  ['earbuds', 'earbud|earphone|in-ear', '이어폰|이어버드'],
  ['headphones', 'headphone|headset|audio|fone', '헤드폰|헤드셋'],
  ['speaker', 'speaker|soundbar|caixa de som', '스피커'],
  ['printer', 'print*|toner|ink|scanner|impressora', '프린터'],
  ['network', 'router|network*|wi-fi|wifi|roteador', '공유기'],
  ['storage', 'ssd|hard drive|server|storage|memory', '저장장치'],
  ['plug', 'cable|adapter|plug|electrical|cabo', '케이블|어댑터'],
  ['game', 'game|gaming|console|jogo', '게임'],
  ['music', 'music*|guitar|instrument|música', '음악|악기'],
  ['chocolate', 'chocolate', '초콜릿'],
  ['nuts', 'nut|almond|castanha', '견과|아몬드'],
  ['honey', 'honey|jam|mel', '꿀'],
  ['pasta', 'pasta|noodle|spaghetti|macarrão', '파스타|라면|국수|스파게티'],
  ['oil', 'olive|oil|azeite', '올리브'],
  ['snack', 'snack|cookie|candy|biscoito|doce', '과자|사탕'],
  ['basket', 'grocer*|mercearia', '식료품'],
  ['food', 'food|pantry|breakfast|alimento', '식품'],
  ['toy', 'toy|puzzle|brinquedo', '장난감|완구'],
  ['baby', 'baby|kid|child|children|bebê', '유아|아기'],
  ['pet', 'pet|dog|cat', '반려|강아지|고양이'],
  ['car', 'car|automotive|vehicle|carro', '자동차'],
  ['lab', 'scientific|lab|laboratory|microscope', '실험'],
  ['measure', 'measur*|gauge|scale|ruler', '측정|저울'],
  ['tools', 'tool|hammer|drill|hardware|industrial|screw*|ferramenta', '공구'],
  ['paint', 'paint*|art|craft|brush|tinta', '페인트|미술'],
  ['health', 'health|medical|pharmacy|vitamin|saúde', '건강|의료'],
  ['bath', 'bath*|towel|banho', '욕실|수건'],
  ['kitchen', 'kitchen|kitchenware|tableware|cutlery|cozinha', '주방|식기'],
  ['jewel', 'jewel*|ring|necklace|joia', '보석|목걸이'],
  ['stationery', 'pencil|pen|office|paper|stationery|papelaria', '문구|사무'],
  ['gift', 'gift|card|presente', '선물'],
  ['appliance', 'appliance|eletrodoméstico', '가전'],
  ['devices', 'electronic|device|eletrônico', '전자'],
  ['home', 'home|decor|decoration|casa', '집|생활'],
] as const satisfies readonly (readonly [name: string, words: string, korean: string])[]

export type EmblemName = (typeof words)[number][0] | 'parcel'

type Names = ReadonlyMap<string, number>

/** Ranks (places in the list) by whole word, by beginning (`*`), by several words, and by Korean text. */
function ranks(): Readonly<{ whole: Names; beginnings: Names; phrases: Names; korean: Names }> {
  const names = { whole: new Map<string, number>(), beginnings: new Map(), phrases: new Map(), korean: new Map() }
  words.forEach(([, latin, korean], rank) => {
    for (const word of latin.split('|')) {
      if (word.endsWith('*')) names.beginnings.set(word.slice(0, -1), rank)
      else (word.includes(' ') ? names.phrases : names.whole).set(word, rank)
    }
    for (const word of korean.split('|')) names.korean.set(word, rank)
  })
  return names
}

const { whole, beginnings, phrases, korean } = ranks()

/** A word as it stands and in the singular; what a hyphen joins, also apart. */
const formsOf = (word: string): readonly string[] =>
  [word, ...(word.includes('-') ? word.split('-') : [])].flatMap((each) => [
    each,
    each.replace(/s$/, ''),
    each.replace(/es$/, ''),
  ])

function rankOf(text: string): number {
  const found: number[] = []
  for (const form of text.split(/[^\p{L}\p{N}-]+/u).flatMap(formsOf)) {
    const rank = whole.get(form)
    if (rank !== undefined) found.push(rank)
    for (const [start, at] of beginnings) if (form.startsWith(start)) found.push(at)
  }
  for (const [phrase, rank] of phrases) if (text.includes(phrase)) found.push(rank)
  if (/\p{Script=Hangul}/u.test(text)) for (const [word, rank] of korean) if (text.includes(word)) found.push(rank)
  return Math.min(...found)
}

const longestText = 400

/** The emblem of a product: its narrowest category says most, its title next. A parcel stands for what no word names. */
export function emblemOf(title: string, categoryPath: readonly string[]): EmblemName {
  for (const text of [categoryPath.at(-1) ?? '', title, ...categoryPath.slice(0, -1).reverse()]) {
    const entry = words[rankOf(text.slice(0, longestText).toLowerCase())]
    if (entry) return entry[0]
  }
  return 'parcel'
}
