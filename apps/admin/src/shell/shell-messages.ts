import { defineMessages } from '@eip/theme/messages'

export const shellMessages = defineMessages({
  en: {
    name: 'EIP Admin',
    skip: 'Skip to the page',
    navigation: 'Pages',
    openNavigation: 'Open the navigation',
    shop: 'Shop',
    ranking: 'Ranking',
    platform: 'Platform',
    overview: 'Overview',
    catalogue: 'Catalogue',
    imports: 'Imports',
    stock: 'Stock',
    deliveries: 'Deliveries',
    orders: 'Orders',
    explorer: 'Query explorer',
    policy: 'Ranking policy',
    synonyms: 'Synonyms',
    encoders: 'Encoders',
    topics: 'Services and topics',
    engines: 'Engines',
    parked: 'Parked messages',
    accounts: 'Accounts',
    audit: 'Audit log',
    storefront: 'Open the shop',
    signOut: 'Sign out',
    signedInAs: 'Signed in as {name} ({role})',
    away: 'The server does not answer. Trying again…',
    loading: 'Loading',
    notFound: 'There is no such page',
    notFoundCure: 'Choose one from the navigation.',
    notForRole: 'This page is for others',
    notForRoleCure: 'Your account may not open it. Ask an operator for the role: {roles}.',
  },
  ko: {
    name: 'EIP 관리',
    skip: '본문으로 건너뛰기',
    navigation: '페이지',
    openNavigation: '메뉴 열기',
    shop: '쇼핑몰',
    ranking: '랭킹',
    platform: '플랫폼',
    overview: '현황',
    catalogue: '카탈로그',
    imports: '가져오기',
    stock: '재고',
    deliveries: '배송',
    orders: '주문',
    explorer: '검색어 탐색기',
    policy: '랭킹 정책',
    synonyms: '동의어',
    encoders: '인코더',
    topics: '서비스와 토픽',
    engines: '엔진',
    parked: '보류된 메시지',
    accounts: '계정',
    audit: '변경 기록',
    storefront: '쇼핑몰 열기',
    signOut: '로그아웃',
    signedInAs: '{name} ({role}) 로그인 중',
    away: '서버가 응답하지 않습니다. 다시 시도하는 중…',
    loading: '불러오는 중',
    notFound: '없는 페이지입니다',
    notFoundCure: '메뉴에서 골라 주세요.',
    notForRole: '볼 수 없는 페이지입니다',
    notForRoleCure: '이 계정으로는 열 수 없습니다. 운영자에게 다음 권한을 요청하세요: {roles}.',
  },
})

/** What pages are called. */
export type PageTitle =
  | 'overview'
  | 'catalogue'
  | 'imports'
  | 'stock'
  | 'deliveries'
  | 'orders'
  | 'explorer'
  | 'policy'
  | 'synonyms'
  | 'encoders'
  | 'topics'
  | 'engines'
  | 'parked'
  | 'accounts'
  | 'audit'
