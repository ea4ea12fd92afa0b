/** A number of the policy in words. English comes from the policy's JSON Schema itself. */
export type FieldWords = Readonly<{ title: string; description: string }>
export type FieldPath = `weights.${string}` | `features.${string}.${string}`
export type WordsOfFields = Readonly<Record<FieldPath, FieldWords>>

/** Korean for every number of the policy's document; `tests/documents/policy-words.test.ts` compares it with the schema. */
export const koreanFieldWords: WordsOfFields = {
  'weights.text': {
    title: '단어',
    description: '검색어의 단어가 상품에 있는 만큼 위로 올립니다.',
  },
  'weights.vector': {
    title: '의미',
    description: '상품의 의미가 검색어와 가까운 만큼 위로 올립니다.',
  },
  'weights.intent': {
    title: '원하는 조건',
    description: '검색어에 담긴 브랜드, 색상, 사이즈 등의 조건에 맞는 만큼 위로 올립니다.',
  },
  'weights.popularity': {
    title: '인기',
    description: '많은 사람이 찾은 상품일수록 위로 올립니다.',
  },
  'weights.price': {
    title: '낮은 가격',
    description: '가격이 낮을수록 위로 올립니다. 숫자만 비교하므로 한 가지 통화를 쓰는 쇼핑몰에 알맞습니다.',
  },
  'weights.rating': {
    title: '평점',
    description: '고객 평점이 높을수록 위로 올립니다.',
  },
  'weights.freshness': {
    title: '새로움',
    description: '최근에 등록된 상품일수록 위로 올립니다.',
  },
  'weights.availability': {
    title: '재고',
    description: '품절로 확인된 상품을 이만큼 아래로 내립니다.',
  },
  'features.popularity.half': {
    title: '기준 횟수',
    description: '인기를 절반으로 평가하는 횟수입니다. 작을수록 그 이상 늘어나도 차이가 적습니다.',
  },
  'features.price.half': {
    title: '기준 가격',
    description: '순위를 올리지도 내리지도 않는 가격입니다. 통화의 기본 단위(원, 달러 등)로 적습니다.',
  },
  'features.rating.priorMean': {
    title: '평가가 없을 때의 별점',
    description: '아직 평가가 없는 상품에 매기는 별점입니다. 0에서 5까지입니다.',
  },
  'features.rating.priorWeight': {
    title: '기준 평가 수',
    description: '평가가 이만큼 모이면 고객 별점과 위의 기본 별점을 같은 비중으로 봅니다.',
  },
  'features.freshness.halfLifeDays': {
    title: '반감기(일)',
    description: '새로움을 절반으로 평가하는 등록 후 일수입니다. 등록일을 모르는 상품도 이 값으로 봅니다.',
  },
}
