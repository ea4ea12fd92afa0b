/** Stands between the names of a category path in facets and filters; a test holds it to the contract's. */
export const categorySeparator = ' > '

/** "A > B" as ["A", "B"]. */
export const categoryPathOf = (text: string): readonly string[] => text.split(categorySeparator)

/** ["A", "B"] as "A > B". */
export const categoryText = (path: readonly string[]): string => path.join(categorySeparator)

/** The narrowest name of a path: "B" of "A > B". */
export const categoryName = (text: string): string => categoryPathOf(text).at(-1) ?? text
