/** Our shape: each field and how it is written. README.md shows the same table, and a test compares the two. */
export const productFields: Readonly<Record<string, string>> = Object.freeze({
  id: 'text of 1 to 128 characters without spaces, or a whole number; required',
  title: 'text of 1 to 2,000 characters; required',
  description: 'text of at most 100,000 characters',
  brand: 'text of 1 to 200 characters',
  category: 'a list of names from the widest to the narrowest, or one text such as "Home > Kitchen"; no name twice',
  attributes: 'an object of names to text, numbers, true or false, or lists of them; at most 50 values a name',
  price: 'a decimal number, or one as text, such as "19.90"; no currency sign, no thousands separator',
  currency: 'three capital letters of ISO 4217, such as USD; required with a price',
  images: 'a list of http or https addresses, or one of them as text',
  seller: 'text of 1 to 200 characters',
  language: 'an ISO 639 code in small letters, such as en, pt or ko',
  rating: 'an object such as {"average": 4.5, "count": 12}; the average from 0 to 5',
  reviews: 'a list of texts, or one text, the most telling first; the first 20 count, each up to 2,000 characters',
  active: 'true or false; true where absent',
  created_at: 'a date, or a time with its zone, in ISO 8601, such as 2026-03-01 or 2026-03-01T09:30:00Z',
  updated_at: 'a date, or a time with its zone, in ISO 8601, such as 2026-03-01 or 2026-03-01T09:30:00Z',
})
