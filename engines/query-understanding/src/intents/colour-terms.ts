/**
 * Basic colour terms (Berlin & Kay 1969) and those that shops add to them, folded, in English, Korean and Portuguese.
 * Words of a line mean the same colour, whichever of them the catalogue writes.
 */
const LINES: readonly string[] = [
  'black|blacks|검정|검정색|검은색|까만색|블랙|흑색|preto|preta|pretos|pretas|negro',
  'white|흰색|하얀색|화이트|백색|흰|branco|branca|brancos|brancas',
  'grey|gray|회색|그레이|쥐색|cinza|cinzas',
  'red|빨강|빨간|빨간색|빨강색|레드|적색|vermelho|vermelha|vermelhos|vermelhas',
  'orange|주황|주황색|오렌지|오렌지색|laranja',
  'yellow|노랑|노란|노란색|노랑색|옐로우|옐로|amarelo|amarela|amarelos|amarelas',
  'green|초록|초록색|녹색|그린|verde|verdes',
  'blue|파랑|파란|파란색|파랑색|블루|청색|azul|azuis',
  'navy|navy blue|dark blue|남색|네이비|곤색|azul marinho|marinho',
  'sky blue|light blue|하늘색|스카이블루|소라색|azul claro|azul celeste',
  'purple|violet|보라|보라색|퍼플|바이올렛|roxo|roxa|roxos|roxas|violeta',
  'pink|분홍|분홍색|핑크|핑크색|rosa|cor de rosa',
  'brown|갈색|브라운|밤색|marrom|castanho|castanha',
  'beige|베이지|베이지색|bege',
  'cream|크림색|크림|creme',
  'ivory|아이보리|marfim',
  'gold|golden|금색|골드|dourado|dourada',
  'rose gold|로즈골드|ouro rosa|ouro rose',
  'silver|은색|실버|prata|prateado|prateada',
  'khaki|카키|카키색|caqui',
  'olive|올리브|올리브색|verde oliva|oliva',
  'burgundy|wine|버건디|와인색|와인|bordo|vinho',
  'turquoise|터콰이즈|청록색|turquesa',
  'teal|틸',
  'mint|민트|민트색|menta',
  'charcoal|차콜|먹색|chumbo',
  'lavender|라벤더|연보라|lavanda|lilas|lilac',
  'bronze|브론즈',
  'copper|구리색|cobre',
  'transparent|clear|투명|transparente',
  'multicolour|multicolor|multicolored|multicoloured|멀티컬러|다색|multicolorido|multicolorida|colorido',
]

export const colourTerms: readonly (readonly string[])[] = LINES.map((line) => line.split('|'))

/** Things whose names begin with a colour in any catalogue, by that colour. */
export const colourIdioms: ReadonlyMap<string, readonly string[]> = new Map([
  ['black', ['friday', 'pepper', 'tea', 'box', 'bean', 'beans']],
  ['white', ['noise', 'board', 'wine', 'label']],
  ['red', ['wine', 'bull', 'light', 'pepper']],
  ['blue', ['ray', 'light', 'cheese', 'tooth']],
  ['green', ['tea', 'screen', 'bean', 'beans', 'onion']],
  ['brown', ['rice', 'sugar']],
  ['블랙', ['프라이데이', '박스']],
])
