import { crc32, deflateSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

type Pixels = Readonly<{ width: number; height: number; rgba: Uint8Array }>

const mostColours = 256
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The same picture in at most 256 colours: a third of the bytes, and letters stay as sharp. */
export async function smallPng(browser: Browser, png: Buffer): Promise<Buffer> {
  const { width, height, rgba } = await decoded(browser, png)
  const { palette, indexOf } = paletteOf(rgba)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf(colourAt(rgba, (y * width + x) * 4))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const data = deflateSync(rows, { level: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const colourAt = (rgba: Uint8Array, at: number): number => (rgba[at]! << 16) | (rgba[at + 1]! << 8) | rgba[at + 2]!

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Colours fall into cubes, as small as 256 of them allow; each cube is drawn in its commonest colour. */
function paletteOf(rgba: Uint8Array) {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = colourAt(rgba, at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  for (let side = 1; ; side++) {
    const cubeOf = (colour: number): number =>
      (Math.floor((colour >> 16) / side) << 16) |
      (Math.floor(((colour >> 8) & 255) / side) << 8) |
      Math.floor((colour & 255) / side)
    const cubes = Map.groupBy(counts.keys(), cubeOf)
    if (cubes.size > mostColours) continue
    const palette = [...cubes.values()].map((colours) =>
      colours.reduce((best, colour) => (counts.get(colour)! > counts.get(best)! ? colour : best)),
    )
    const places = new Map([...cubes.keys()].map((cube, place) => [cube, place]))
    return { palette, indexOf: (colour: number): number => places.get(cubeOf(colour))! }
  }
}

/** The browser reads what it wrote. */
async function decoded(browser: Browser, png: Buffer): Promise<Pixels> {
  const page = await browser.newPage()
  const script = `(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${png.toString('base64')}'
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    return { width: image.width, height: image.height, list: Array.from(data) }
  })()`
  const read = await page.evaluate<{ width: number; height: number; list: number[] }>(script)
  await page.close()
  return { width: read.width, height: read.height, rgba: Uint8Array.from(read.list) }
}
