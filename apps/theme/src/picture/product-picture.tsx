import { type CSSProperties, useState } from 'react'
import { emblemIcons } from './emblem-icons.ts'
import { emblemOf } from './emblem-words.ts'
import { picturePattern } from './picture-pattern.ts'
import classes from './product-picture.module.css'

export type ProductPictureProps = Readonly<{
  image: string | null | undefined
  title: string
  categoryPath: readonly string[]
  /** What a screen reader says. Empty (the default): nothing, because the title stands beside. */
  alt?: string
  /** The first picture that is seen; others load when they come near. */
  isFirst?: boolean
}>

/** Pages are allowed pictures by https alone; catalogues of old say http, of servers that have spoken both for years. */
const secured = (address: string): string => address.replace(/^http:/, 'https:')

/** A square with the product's picture; one that is drawn from its category and title where it has none, or none that loads. */
export function ProductPicture({ image, title, categoryPath, alt = '', isFirst = false }: ProductPictureProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (!image || failed === image) return <DrawnPicture title={title} categoryPath={categoryPath} alt={alt} />
  return (
    <span className={classes.frame}>
      <img
        className={classes.photo}
        src={secured(image)}
        alt={alt}
        loading={isFirst ? 'eager' : 'lazy'}
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setFailed(image)}
      />
    </span>
  )
}

function DrawnPicture({ title, categoryPath, alt }: Pick<ProductPictureProps, 'title' | 'categoryPath' | 'alt'>) {
  const { hue, circles } = picturePattern(title, categoryPath)
  const Emblem = emblemIcons[emblemOf(title, categoryPath)]
  return (
    <span
      className={classes.frame}
      style={{ '--hue': hue } as CSSProperties}
      {...(alt ? { role: 'img', 'aria-label': alt } : {})}
    >
      <svg className={classes.drawn} viewBox="0 0 100 100" aria-hidden="true">
        {circles.map(({ x, y, radius }) => (
          <circle key={`${x},${y}`} className={classes.circle} cx={x} cy={y} r={radius} />
        ))}
        <Emblem className={classes.emblem} x={30} y={30} width={40} height={40} stroke={1} />
      </svg>
    </span>
  )
}
