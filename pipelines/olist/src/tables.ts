import type { Columns } from '@eip/lake'

/** What a column holds. `time`: local in São Paulo, kept in UTC, in milliseconds. `cents`: an amount in reais, kept in centavos. */
type Kind = 'id' | 'text' | 'state' | 'time' | 'cents' | 'number'

export type OlistColumn = Readonly<{
  /** As the file has it. */
  from: string
  name: string
  kind: Kind
  isRequired?: true
  least?: number
  most?: number
  oneOf?: readonly string[]
  /** Of rows with the same key: the middle of their values, in place of the last. */
  isMiddle?: true
}>

export type OlistTable = Readonly<{
  name: TableName
  files: readonly string[]
  columns: readonly OlistColumn[]
  key: readonly string[]
  /** A row that names what is not in another table is set aside. */
  references: readonly Readonly<{ column: string; table: TableName }>[]
}>

export type TableName =
  | 'customers'
  | 'sellers'
  | 'translation'
  | 'products'
  | 'geolocation'
  | 'orders'
  | 'items'
  | 'payments'
  | 'reviews'

export const orderStatuses = [
  ...['created', 'approved', 'processing', 'invoiced', 'shipped', 'delivered', 'canceled', 'unavailable'],
] as const

const column =
  (kind: Kind) =>
  (from: string, name: string, more: Omit<OlistColumn, 'from' | 'name' | 'kind'> = {}) => ({
    ...{ from, name, kind },
    ...more,
  })
const id = (from: string, name = from) => column('id')(from, name, { isRequired: true })
const text = column('text')
const time = column('time')
const cents = (from: string, name: string) => column('cents')(from, name, { isRequired: true, least: 0 })
const amount = (from: string, name: string) => column('number')(from, name, { least: 0, most: 1_000_000 })
const number = column('number')
const state = (from: string) => column('state')(from, 'state', { isRequired: true })
const whole = { isRequired: true } as const

// Outside of Brazil nothing is delivered: such places are faults of the file.
const latitude = { ...whole, least: -34, most: 6, isMiddle: true } as const
const longitude = { ...whole, least: -75, most: -28, isMiddle: true } as const

const dataset = (name: string) => [`olist_${name}_dataset`, `FULL_olist_${name}_dataset`]
const translation = 'product_category_name_translation'

/** In the order of their references. A whole table (`FULL_`) stands in only where the one that goes with the orders is missing. */
export const olistTables: readonly OlistTable[] = Object.freeze([
  {
    name: 'customers',
    files: dataset('customers'),
    columns: [
      id('customer_id'),
      id('customer_unique_id', 'customer'),
      text('customer_zip_code_prefix', 'zip'),
      text('customer_city', 'city'),
      state('customer_state'),
    ],
    key: ['customer_id'],
    references: [],
  },
  {
    name: 'sellers',
    files: dataset('sellers'),
    columns: [
      id('seller_id'),
      text('seller_zip_code_prefix', 'zip'),
      text('seller_city', 'city'),
      state('seller_state'),
    ],
    key: ['seller_id'],
    references: [],
  },
  {
    name: 'translation',
    files: [translation, `FULL_${translation}`],
    columns: [id('product_category_name', 'category'), id('product_category_name_english', 'english')],
    key: ['category'],
    references: [],
  },
  {
    name: 'products',
    files: dataset('products'),
    columns: [
      id('product_id'),
      text('product_category_name', 'category'),
      amount('product_name_lenght', 'name_length'),
      amount('product_description_lenght', 'description_length'),
      amount('product_photos_qty', 'photos'),
      amount('product_weight_g', 'weight_g'),
      amount('product_length_cm', 'length_cm'),
      amount('product_height_cm', 'height_cm'),
      amount('product_width_cm', 'width_cm'),
    ],
    key: ['product_id'],
    references: [],
  },
  {
    name: 'geolocation',
    files: dataset('geolocation'),
    columns: [
      id('geolocation_zip_code_prefix', 'zip'),
      number('geolocation_lat', 'latitude', latitude),
      number('geolocation_lng', 'longitude', longitude),
      text('geolocation_city', 'city'),
      state('geolocation_state'),
    ],
    key: ['zip'],
    references: [],
  },
  {
    name: 'orders',
    files: dataset('orders'),
    columns: [
      id('order_id'),
      id('customer_id'),
      text('order_status', 'status', { ...whole, oneOf: orderStatuses }),
      time('order_purchase_timestamp', 'purchased_at', whole),
      time('order_approved_at', 'approved_at'),
      time('order_delivered_carrier_date', 'shipped_at'),
      time('order_delivered_customer_date', 'delivered_at'),
      time('order_estimated_delivery_date', 'promised_on'),
    ],
    key: ['order_id'],
    references: [{ column: 'customer_id', table: 'customers' }],
  },
  {
    name: 'items',
    files: dataset('order_items'),
    columns: [
      id('order_id'),
      number('order_item_id', 'place', { ...whole, least: 1, most: 10_000 }),
      id('product_id'),
      id('seller_id'),
      time('shipping_limit_date', 'ship_by'),
      cents('price', 'price'),
      cents('freight_value', 'freight'),
    ],
    key: ['order_id', 'place'],
    references: [
      { column: 'order_id', table: 'orders' },
      { column: 'product_id', table: 'products' },
      { column: 'seller_id', table: 'sellers' },
    ],
  },
  {
    name: 'payments',
    files: dataset('order_payments'),
    columns: [
      id('order_id'),
      number('payment_sequential', 'place', { ...whole, least: 1, most: 10_000 }),
      text('payment_type', 'type'),
      amount('payment_installments', 'installments'),
      cents('payment_value', 'value'),
    ],
    key: ['order_id', 'place'],
    references: [{ column: 'order_id', table: 'orders' }],
  },
  {
    name: 'reviews',
    files: dataset('order_reviews'),
    columns: [
      id('review_id'),
      id('order_id'),
      number('review_score', 'score', { ...whole, least: 1, most: 5 }),
      text('review_comment_title', 'title'),
      text('review_comment_message', 'message'),
      time('review_creation_date', 'asked_at'),
      time('review_answer_timestamp', 'answered_at', whole),
    ],
    key: ['review_id', 'order_id'],
    references: [{ column: 'order_id', table: 'orders' }],
  },
])

/** The columns of a table in the lake, cleaned. */
export const cleanColumns = ({ columns }: OlistTable): Columns =>
  Object.fromEntries([
    ['line', 'integer' as const],
    ...columns.map(({ name, kind }) => [
      name,
      kind === 'id' || kind === 'text' || kind === 'state' ? ('text' as const) : ('double' as const),
    ]),
  ])

/** The columns of a table in the lake as it was received: all of them text, under the names of the file. */
export const receivedColumns = ({ columns }: OlistTable): Columns =>
  Object.fromEntries([['line', 'integer' as const], ...columns.map(({ from }) => [from, 'text' as const])])
