import { defineMessages } from '../language/messages.ts'

export const scoreMessages = defineMessages({
  en: {
    caption: 'How the score came about',
    part: 'Part',
    points: 'Points',
    total: 'Score',
    text: 'Words',
    vector: 'Meaning',
    intent: 'Wishes',
    popularity: 'Popularity',
    price: 'Low price',
    rating: 'Rating',
    freshness: 'Newness',
    availability: 'Availability',
    stock: 'Stock',
    logistics: 'Deliveries',
    matched: 'Words found: {words}.',
    near: 'Nearness in meaning: {cosine}.',
    nothing: 'Nothing lifts or sinks this product: it stands where the order of equals puts it.',
  },
  ko: {
    caption: '점수가 만들어진 과정',
    part: '항목',
    points: '점수',
    total: '합계',
    text: '단어',
    vector: '의미',
    intent: '원하는 조건',
    popularity: '인기',
    price: '낮은 가격',
    rating: '평점',
    freshness: '새로움',
    availability: '구매 가능',
    stock: '재고',
    logistics: '배송',
    matched: '일치한 단어: {words}.',
    near: '의미의 가까움: {cosine}.',
    nothing: '이 상품의 순위를 올리거나 내린 항목이 없습니다.',
  },
})

const features = [
  ...(['text', 'vector', 'intent', 'popularity', 'price', 'rating', 'freshness'] as const),
  ...(['availability', 'stock', 'logistics'] as const),
] as const
export type FeatureName = (typeof features)[number]

/** Whether a part of the score has a name for people; a policy may have features that this page does not know yet. */
export const isNamedFeature = (name: string): name is FeatureName => (features as readonly string[]).includes(name)
