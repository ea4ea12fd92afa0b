import { hasMarkup, plainText } from '@eip/pipeline-products'

const longestName = 60
const deepest = 12

/**
 * The category path in names, widest first. In the published files a department is often named twice in a row, and
 * bullet texts of the product follow the last name, sometimes behind stray tags: the path ends where they begin. It
 * also ends before a name that is already in it, for a category cannot be inside itself.
 */
export function readAmazonCategory(names: readonly unknown[]): Readonly<{ path: string[]; repairs: string[] }> {
  const path: string[] = []
  const repairs: string[] = []
  for (const given of names) {
    if (typeof given !== 'string') continue
    const name = plainText(given).replace(/\s+/g, ' ').trim().replaceAll(' > ', ' / ')
    if (name === path.at(-1)) {
      repairs.push('category named twice in a row')
      continue
    }
    if (isProductText(given, name)) {
      repairs.push('category path cut where product text begins')
      break
    }
    if (path.includes(name)) {
      repairs.push('category path cut where it comes back to itself')
      break
    }
    if (name !== '') path.push(name)
  }
  return { path: path.slice(0, deepest), repairs: [...new Set(repairs)] }
}

const isProductText = (given: string, name: string): boolean =>
  (hasMarkup(given) && /<[^<>]*>/.test(given)) || name.length > longestName || /\.$|[.!?] \p{Lu}/u.test(name)
