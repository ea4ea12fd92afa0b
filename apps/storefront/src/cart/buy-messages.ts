import { defineMessages } from '@eip/theme/messages'

/** What every page needs to say of the cart; the rest stands with the pages. */
export const buyMessages = defineMessages({
  en: {
    cart: 'Cart',
    cartHolds: { one: 'Cart, {count} piece', other: 'Cart, {count} pieces' },
    orders: 'My orders',
    add: 'Add to cart',
    addTitle: 'Add to cart: {title}',
    inCart: 'In cart: {count}',
    inCartTitle: 'In cart: {count}. One more: {title}',
    quantity: 'Quantity',
    less: 'One less',
    more: 'One more',
    added: '“{title}” is in the cart.',
    notAdded: 'The cart could not be changed. {why}',
    toCart: 'Show the cart',
    close: 'Close',
  },
  ko: {
    cart: '장바구니',
    cartHolds: '장바구니, {count}개',
    orders: '내 주문',
    add: '장바구니 담기',
    addTitle: '장바구니 담기: {title}',
    inCart: '장바구니에 {count}개',
    inCartTitle: '장바구니에 {count}개, 하나 더 담기: {title}',
    quantity: '수량',
    less: '하나 빼기',
    more: '하나 더',
    added: '“{title}” 상품을 장바구니에 담았습니다.',
    notAdded: '장바구니를 바꾸지 못했습니다. {why}',
    toCart: '장바구니 보기',
    close: '닫기',
  },
})
