import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Pixels by which a page is wider than its window. */
const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

/** Rows that light up under the pointer reach a little beyond their box, on purpose. */
const bleed = 8

/**
 * What sticks out of its box to either side, as it is seen: what an element between clips or scrolls does not. Written for the
 * page, so it is text here.
 */
const spills = (selector: string): string => `(() => {
  const clips = (element) => getComputedStyle(element).overflowX !== 'visible'
  const isClipped = (element, box) => {
    for (let each = element.parentElement; each !== null; each = each.parentElement) {
      if (clips(each)) return true
      if (each === box) return false
    }
    return false
  }
  const name = (element) => element.tagName + '.' + element.className + ': ' + element.textContent.slice(0, 60)
  return [...document.querySelectorAll(${JSON.stringify(selector)})].flatMap((box) => {
    const { left, right } = box.getBoundingClientRect()
    return [box, ...box.querySelectorAll(':not(svg *)')]
      .filter((element) => {
        const at = element.getBoundingClientRect()
        if (at.width === 0 || isClipped(element, box)) return false
        const isOutside = at.left < left - ${bleed} || at.right > right + ${bleed}
        const isTooFull = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + ${bleed}
        return isOutside || (isTooFull && !clips(element))
      })
      .map(name)
  })
})()`

/** The page is as wide as its window, and the boxes (there is at least one) hold what is in them. */
export async function expectInside(page: Page, boxes: string): Promise<void> {
  await page.locator(boxes).first().waitFor()
  expect(await page.evaluate<number>(wider)).toBe(0)
  expect(await page.evaluate<string[]>(spills(boxes))).toEqual([])
}
