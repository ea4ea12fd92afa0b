/** A value of the policy in words. English comes from the policy's JSON Schema itself. */
export type FieldWords = Readonly<{ title: string; description: string }>
export type FieldPath = `weights.${string}` | `features.${string}.${string}` | `guards.${string}`
export type WordsOfFields = Readonly<Record<FieldPath, FieldWords>>

/** Korean for every value of the policy's document; `tests/documents/policy-words.test.ts` compares it with the schema. */
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
    title: '구매 가능',
    description: '품절로 확인된 상품을 이만큼 아래로 내립니다.',
  },
  'weights.stock': {
    title: '재고',
    description: '재고가 얼마나 오래갈지를 이만큼 반영합니다. 모자라면 내려가고 넉넉하면 올라갑니다.',
  },
  'weights.logistics': {
    title: '배송',
    description: '제때 도착하고, 반품되지 않고, 찾을 때 재고가 있는 정도를 이만큼 반영합니다.',
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
  'features.stock.floorDays': {
    title: '재고가 모자란 일수',
    description: '판매 속도로 보아 재고가 이 일수보다 적게 남은 상품을 내립니다. 적을수록 더 내립니다.',
  },
  'features.stock.ceilingDays': {
    title: '재고가 넉넉한 일수',
    description: '재고가 이 일수보다 오래가는 상품을 올립니다. 그 두 배까지만 더 올립니다.',
  },
  'features.logistics.usual': {
    title: '보통 점수',
    description: '순위를 올리지도 내리지도 않는 배송 점수입니다(0에서 1). 더 좋으면 올라가고 나쁘면 내려갑니다.',
  },
  'guards.unavailable': {
    title: '품절',
    description: '품절된 상품을 숨기거나, 다른 모든 상품 뒤에 두거나, 안내와 함께 제자리에 보입니다.',
  },
  'guards.undeliverable': {
    title: '쇼핑객에게 배송되지 않음',
    description: '쇼핑객에게 배송되지 않는 상품을 숨기거나, 다른 모든 상품 뒤에 두거나, 안내와 함께 제자리에 보입니다.',
  },
}
