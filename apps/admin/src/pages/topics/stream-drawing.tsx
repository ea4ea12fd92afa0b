import { useMessages } from '@eip/theme'
import { useState } from 'react'
import classes from './stream-drawing.module.css'
import type { StreamLine, StreamMap } from './stream-map.ts'
import { topicsMessages } from './topics-messages.ts'

const rowHeight = 38
const gapWidth = 100

/** Which name the pointer is on: lines that do not touch it step back. */
type Pointed = Readonly<{ column: 'publishers' | 'topics' | 'readers'; place: number }> | null

/** Publishers, topics and readers side by side, joined by lines. Who does not see it has the table. */
export function StreamDrawing({ map }: Readonly<{ map: StreamMap }>) {
  const t = useMessages(topicsMessages)
  const [pointed, setPointed] = useState<Pointed>(null)
  const rows = Math.max(map.publishers.length, map.topics.length, map.readers.length, 1)
  const height = rows * rowHeight
  const touches = (line: StreamLine, left: 'publishers' | 'topics', right: 'topics' | 'readers') =>
    pointed === null ||
    (pointed.column === left && pointed.place === line.from) ||
    (pointed.column === right && pointed.place === line.to)
  const names = { setPointed, height }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={t('streamLabel')}>
      <div className={classes.drawing} aria-hidden>
        <Names {...names} title={t('publishers')} column="publishers" names={map.publishers} />
        <Lines
          height={height}
          lines={map.published.map((line) => ({ ...line, isLit: touches(line, 'publishers', 'topics') }))}
          left={map.publishers.length}
          right={map.topics.length}
        />
        <Names {...names} title={t('topics')} column="topics" names={map.topics} />
        <Lines
          height={height}
          lines={map.read.map((line) => ({ ...line, isLit: touches(line, 'topics', 'readers') }))}
          left={map.topics.length}
          right={map.readers.length}
        />
        <Names
          {...names}
          title={t('readers')}
          column="readers"
          names={map.readers.map(({ name }) => name)}
          marks={map.readers.map(({ isBehind, hasParked }) => (hasParked ? 'parked' : isBehind ? 'behind' : undefined))}
        />
      </div>
    </section>
  )
}

type NamesProps = Readonly<{
  title: string
  column: NonNullable<Pointed>['column']
  names: readonly string[]
  marks?: readonly ('parked' | 'behind' | undefined)[]
  height: number
  setPointed: (pointed: Pointed) => void
}>

function Names({ title, column, names, marks, height, setPointed }: NamesProps) {
  return (
    <div className={classes.column}>
      <div className={classes.title}>{title}</div>
      <div className={classes.names} style={{ height }}>
        {names.map((name, place) => (
          <div
            key={name}
            className={classes.name}
            data-column={column}
            data-mark={marks?.[place]}
            title={name}
            onPointerEnter={() => setPointed({ column, place })}
            onPointerLeave={() => setPointed(null)}
          >
            {name}
          </div>
        ))}
      </div>
    </div>
  )
}

type LinesProps = Readonly<{
  height: number
  lines: readonly (StreamLine & Readonly<{ isLit: boolean }>)[]
  left: number
  right: number
}>

/** Names stand at equal distances over the height, so a line's ends follow from its places alone. */
function Lines({ height, lines, left, right }: LinesProps) {
  const at = (place: number, of: number) => ((place + 0.5) / of) * height
  return (
    <svg
      aria-hidden="true"
      className={classes.lines}
      viewBox={`0 0 ${gapWidth} ${height}`}
      style={{ height }}
      preserveAspectRatio="none"
    >
      {lines.map(({ from, to, isFollowing, isLit }) => {
        const [y1, y2, middle] = [at(from, left), at(to, right), gapWidth / 2]
        return (
          <path
            key={`${from} ${to} ${isFollowing}`}
            d={`M0 ${y1}C${middle} ${y1} ${middle} ${y2} ${gapWidth} ${y2}`}
            data-following={isFollowing || undefined}
            data-dim={!isLit || undefined}
          />
        )
      })}
    </svg>
  )
}
