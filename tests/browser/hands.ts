import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** What somebody does to a page, by the means that they have. */
export type Hands = Readonly<{
  /** Sets off a button or a link. */
  press(target: Locator): Promise<void>
  /** Puts a text into a field, in place of what stands there. */
  write(field: Locator, text: string): Promise<void>
}>

/** More stations than any page has on its way round. */
const mostStations = 600
type Selectable = Readonly<{ matches(selector: string): boolean }>
const isFocused = (element: Selectable): boolean => element.matches(':focus')
/** What has the focus and does not show it, as the beginning of its HTML; an empty text where it is shown. */
const hiddenFocus = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body || element.tabIndex < 0) return ''
  const isRinged = (each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
  }
  // A field of several parts has the ring around all of them.
  const field = element.closest('[data-multiline]')
  const shows = isRinged(element) || getComputedStyle(element).boxShadow !== 'none' || (field !== null && isRinged(field))
  return element.matches(':focus-visible') && shows ? '' : element.outerHTML.slice(0, 160)
})()`

/** Goes on by Tab until the place has the focus; every station on the way shows that it has it. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  await target.waitFor()
  for (let station = 0; station < mostStations; station++) {
    if (await target.evaluate(isFocused)) return
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>(hiddenFocus), 'focused, and does not show it').toBe('')
  }
  throw new Error(`Tab never comes to ${target}`)
}

/** By keyboard alone. */
export const keyboard: Hands = Object.freeze({
  async press(target: Locator) {
    await tabTo(target)
    await target.page().keyboard.press('Enter')
  },
  async write(field: Locator, text: string) {
    await tabTo(field)
    await field.page().keyboard.press('ControlOrMeta+A')
    await field.page().keyboard.type(text)
  },
})

/** By fingers on a screen. */
export const fingers: Hands = Object.freeze({
  press: (target: Locator) => target.tap(),
  async write(field: Locator, text: string) {
    await field.tap()
    await field.fill(text)
  },
})
