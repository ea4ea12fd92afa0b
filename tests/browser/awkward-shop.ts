import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'

/** What shops send, sooner or later. All are found by "awkward". */
const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)
const markup =
  '<b>Bold</b> "><script>document.title="owned"</script><img src="x" onerror="document.title=\'owned\'"> awkward {{7*7}}'

/** A title or a name, and on which side a reader begins. */
export const written = {
  arabic: { title: 'سماعات لاسلكية Pro 5.3 مع بطارية 40 ساعة', direction: 'rtl' },
  hebrew: { title: 'אוזניות אלחוטיות Pro 5.3 עם סוללה 40 שעות', direction: 'rtl' },
  emoji: { title: '👩‍👩‍👧‍👦 Family lamp 🛋️💡 – awkward ✨🏳️‍🌈', direction: 'ltr' },
  markup: { title: markup, direction: 'ltr' },
} as const

const usd = (amount: number) => ({ amount, currency: 'USD' })
const product = (id: string, fields: Partial<Product>): Product =>
  aProduct({ id, description: 'awkward', brand: 'Awkward', price: usd(1_999), categoryPath: ['Lamps'], ...fields })

export const awkwardProducts: readonly Product[] = [
  product('long-title', {
    title: 'An awkward lamp with a very long name '.repeat(20).slice(0, 599).trim().padEnd(600, '.'),
  }),
  product('long-word', {
    title: word,
    description: `awkward ${word}`,
    brand: word,
    seller: word,
    categoryPath: [word, `${word}s`],
    attributes: { [word.slice(0, 120)]: [word, `${word}2`] },
    reviews: [word],
  }),
  product(`long-id-${'0123456789'.repeat(12)}`, { title: 'An awkward id' }),
  product('arabic', { title: written.arabic.title, brand: 'الأفق', categoryPath: ['إلكترونيات', 'سماعات'] }),
  product('hebrew', { title: written.hebrew.title, brand: 'אופק', description: `awkward ${written.hebrew.title}` }),
  product('emoji', { title: written.emoji.title, brand: '🦊' }),
  product('markup', {
    title: markup,
    brand: markup.slice(0, 100),
    description: markup,
    categoryPath: ['<i>Lamps</i>'],
    attributes: { '<b>colour</b>': ['<script>document.title="owned"</script>'] },
    reviews: [markup],
    seller: '<u>seller</u>',
  }),
  product('costs-nothing', { title: 'An awkward lamp for nothing', price: usd(0) }),
  product('no-price', { title: 'An awkward lamp without a price', price: null }),
  product('dear', {
    title: 'An awkward lamp for a fortune',
    price: { amount: Number.MAX_SAFE_INTEGER, currency: 'KRW' },
  }),
  aProduct({ id: 'bare', title: 'Awkward' }),
]
