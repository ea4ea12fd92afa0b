/** The pages to offer: the first, the last, and those around the present one; null stands for a gap. */
export function pageNumbers(page: number, pages: number): readonly (number | null)[] {
  const near = [1, page - 1, page, page + 1, pages].filter((each) => each >= 1 && each <= pages)
  const shown = [...new Set(near)].sort((a, b) => a - b)
  return shown.flatMap((each, at) => {
    const before = shown[at - 1]
    if (before === undefined || each === before + 1) return [each]
    // A gap of one page is that page.
    return each === before + 2 ? [each - 1, each] : [null, each]
  })
}
