import { defineMessages } from '@eip/theme/messages'

export const shopMessages = defineMessages({
  en: {
    shop: 'EIP Shop',
    toEntrance: 'EIP Shop, to the entrance',
    skip: 'Skip to the content',
    lost: 'There is nothing here',
    lostText: 'The address may be mistyped, or what stood here is gone.',
    toShop: 'To the shop',
    free: 'Free',
    noPrice: 'No price yet',
    rated: '{stars} of 5 stars from {count} ratings',
    from: '{count} ratings',
    footer: 'Search by words and meaning.',
    api: 'API',
    admin: 'For merchants',
  },
  ko: {
    shop: 'EIP 상점',
    toEntrance: 'EIP 상점 첫 화면으로',
    skip: '본문으로 건너뛰기',
    lost: '찾으시는 페이지가 없습니다',
    lostText: '주소를 잘못 입력하셨거나 사라진 페이지입니다.',
    toShop: '상점으로 가기',
    free: '무료',
    noPrice: '가격 미정',
    rated: '별점 5점 만점에 {stars}점, 평가 {count}개',
    from: '평가 {count}개',
    footer: '단어와 의미로 찾습니다.',
    api: 'API',
    admin: '판매자용',
  },
})
