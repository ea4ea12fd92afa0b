/** Attributes that name a product, its maker, its box or what it goes with, rather than describe it. */
const NAMING =
  /\b(model|models|ean|sku|gtin|mpn|upc|isbn|asin|code|codes|id|url|number|part|series|codename|brand|manufacturer|maker|vendor|title|name|compatibility|compatible|package|packaging|marca|fabricante|modelo|codigo|embalagem)\b|모델|품번|제조|브랜드|상품명|호환|포장/i

export const namesProducts = (attribute: string): boolean => NAMING.test(attribute)
