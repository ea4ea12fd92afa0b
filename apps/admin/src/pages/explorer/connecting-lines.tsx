import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import classes from './explorer.module.css'
import { movementOf, type RankChange } from './rank-changes.ts'

type ConnectingLinesProps = Readonly<{
  left: RefObject<HTMLOListElement | null>
  right: RefObject<HTMLOListElement | null>
  /** Of the right list. */
  changes: ReadonlyMap<string, RankChange>
  pointed: string | null
}>

type Line = Readonly<{ id: string; from: number; to: number; is: string }>

/** The middle of each product's heading, from the top of `svg`. Opened score parts do not move where a line ends. */
function middles(list: HTMLOListElement, top: number): ReadonlyMap<string, number> {
  return new Map(
    [...list.children].flatMap((row) => {
      const head = row.firstElementChild?.getBoundingClientRect()
      const id = row.getAttribute('data-hit')
      return head && id !== null ? [[id, head.top + head.height / 2 - top] as const] : []
    }),
  )
}

/** Lines between the same products of two lists. What they say is said in each row as well: they are drawn for the eye alone. */
export function ConnectingLines({ left, right, changes, pointed }: ConnectingLinesProps) {
  const svg = useRef<SVGSVGElement>(null)
  const [lines, setLines] = useState<readonly Line[]>([])
  useLayoutEffect(() => {
    const [first, second, field] = [left.current, right.current, svg.current]
    if (first === null || second === null || field === null) return
    const measure = () => {
      const { top } = field.getBoundingClientRect()
      const [from, to] = [middles(first, top), middles(second, top)]
      setLines(
        [...to].flatMap(([id, end]) => {
          const [begin, change] = [from.get(id), changes.get(id)]
          return begin === undefined || change === undefined
            ? []
            : [{ id, from: begin, to: end, is: movementOf(change).is }]
        }),
      )
    }
    const observer = new ResizeObserver(measure)
    for (const watched of [first, second, field]) observer.observe(watched)
    measure()
    return () => observer.disconnect()
  }, [left, right, changes])
  return (
    <svg ref={svg} className={classes.lines} aria-hidden="true" preserveAspectRatio="none">
      {lines.map(({ id, from, to, is }) => (
        <Curve key={id} from={from} to={to} is={is} isPointed={id === pointed} />
      ))}
    </svg>
  )
}

/** Wide enough for the field; what is beyond its edges is cut. */
const width = 56

const Curve = ({ from, to, is, isPointed }: Omit<Line, 'id'> & Readonly<{ isPointed: boolean }>) => (
  <path
    d={`M 0 ${from} C ${width / 2} ${from}, ${width / 2} ${to}, ${width} ${to}`}
    data-is={is}
    data-pointed={isPointed || undefined}
  />
)
