const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Words after which a name says what the thing is for or has, not what it is. "On" and "in" are parts of names ("carry on", "plug in"). */
const PREPOSITIONS = set('for with without of from like para com sem de do da dos das pra no na 용 용도')

const FUNCTION_WORDS = set(
  `a an the and or for with without to of from in on at by as is are be not no i my your this that it its me
   under over below above between than less more up o os um uma e ou para com sem de do da dos das em no na nos nas por ate
   의 를 을 이 가 은 는 에 와 과 도 로 으로 에서 용 및`,
)

/** Values and brands that say nothing by themselves. */
const VAGUE = set(
  `all other others none yes no not low high mid medium small large big regular standard normal new default any fine basic plus
   pro mini original full single double multi various max ultra super light one two three on off auto automatic manual other
   best top free good great set pack kit classic special home general male female available supported
   전체 기타 없음 있음 일반 기본 보통 새상품 정품 신형 todos outro outros nenhum sim nao alto baixo medio grande pequeno novo padrao unico`,
)

/** For whom a thing is: never the thing itself, though shops name departments by them. */
const WEARERS = set(
  `women men womens mens woman man ladies kids boys girls kid baby unisex adult adults 여성 남성 여자 남자 여성용 남성용 남녀공용
   아동 아동용 키즈 유아 feminino feminina masculino masculina infantil unissex`,
)
/** Shoppers' words that may follow a thing's name without being part of it. */
const AFTERTHOUGHTS = set(
  `sale cheap best new deal deals online buy price prices review reviews discount offer offers please near me summer winter
   spring autumn fall 추천 추천해줘 세일 할인 가성비 인기 후기 가격 구매 최저가 신상 신상품 정품 순위 비교 무료배송 특가 여름 겨울 봄 가을
   짜리 용 barato barata promocao oferta ofertas novo nova preco`,
)

const PORTUGUESE = set(
  `de do da dos das com sem para pra por ate entre menos mais em no na um uma o os ou tamanho tam cor preto preta branco branca
   cinza vermelho vermelha azul verde rosa marrom bege reais litros polegadas`,
)

export const isPreposition = (word: string): boolean => PREPOSITIONS.has(word)
export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word)
export const isVague = (word: string): boolean => VAGUE.has(word)
export const isWearer = (word: string): boolean => WEARERS.has(word)
export const isAfterthought = (word: string): boolean => AFTERTHOUGHTS.has(word) || WEARERS.has(word)
export const isPortugueseWord = (word: string): boolean => PORTUGUESE.has(word)

/** Particles that Korean writes on to a noun, and what else may end a run. */
export const hangulEndings: ReadonlySet<string> = set('은 는 이 가 을 를 의 에 용 형 짜리 으로 로 도 과 와 급')
export const hangulAfterthoughts: readonly string[] = [...AFTERTHOUGHTS, ...WEARERS].filter((word) =>
  /^\p{sc=Hangul}{2,}$/u.test(word),
)

/** Things that a number counts: "under 100 pieces" is no price. */
const COUNTED = set(
  `piece pieces pcs pc page pages pack packs count ct seat seats seater player players year years yr yrs old month months day
   days week weeks percent % spf star stars color colors colour colours thread people users degree grit amp amps watt btu psi
   ports port cups cup tier shelf shelves drawer drawers light lights blade ply mah x
   개 개입 명 장 살 세 년 개월 일 쪽 벌 켤레 종 단 구 매 병 팩 박스 포 권 대 층 칸 회 배
   peca pecas ano anos unidade unidades dia dias mes meses folhas portas jogadores lugares`,
)
export const isCounted = (word: string): boolean => COUNTED.has(word)
