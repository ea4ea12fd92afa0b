import { describe, expect, it } from 'vitest'
import { attributeNames } from './attribute-names.ts'
import { buyMessages } from './cart/buy-messages.ts'
import { cartMessages } from './cart/cart-messages.ts'
import { deliveryMessages } from './delivery/delivery-messages.ts'
import { orderMessages } from './orders/order-messages.ts'
import { productMessages } from './product/product-messages.ts'
import { regionMessages } from './region/region-messages.ts'
import { searchMessages } from './search/search-messages.ts'
import { sortOrders } from './search/search-state.ts'
import { shopMessages } from './shop-messages.ts'

const namesIn = (message: unknown) =>
  new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))

describe('the words of the storefront', () => {
  const all = [
    ...[shopMessages, searchMessages, productMessages, attributeNames],
    ...[regionMessages, deliveryMessages, buyMessages, cartMessages, orderMessages],
  ]

  it('say in Korean whatever they say in English, with the same values', () => {
    for (const { en, ko } of all) {
      expect(Object.keys(ko)).toEqual(Object.keys(en))
      for (const [key, message] of Object.entries(en)) {
        const korean = (ko as Readonly<Record<string, unknown>>)[key]
        expect(korean, key).toBeTruthy()
        expect(namesIn(korean), key).toEqual(namesIn(message))
      }
    }
  })

  it('name every order', () => {
    for (const order of sortOrders) expect(searchMessages.en[`sort.${order}`]).toBeTruthy()
  })
})
