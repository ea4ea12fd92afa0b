import { ProductPicture, useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { productMessages } from './product-messages.ts'
import classes from './product-page.module.css'
import type { Product } from './use-product.ts'

type ProductGalleryProps = Readonly<{ product: Product }>

const mostPictures = 8

export function ProductGallery({ product: { images, title, categoryPath } }: ProductGalleryProps) {
  const t = useMessages(productMessages)
  const [chosen, setChosen] = useState(0)
  const shown = images.slice(0, mostPictures)
  return (
    <div className={classes.gallery}>
      <div className={classes.picture}>
        <ProductPicture
          image={shown[chosen]}
          title={title}
          categoryPath={categoryPath}
          alt={title.slice(0, 200)}
          isFirst
        />
      </div>
      {shown.length > 1 && (
        <ul className={classes.thumbs} aria-label={t('pictures')}>
          {shown.map((image, at) => (
            <li key={image}>
              <UnstyledButton
                className={classes.thumb ?? ''}
                aria-label={t('picture', { number: at + 1, title: title.slice(0, 80) })}
                aria-pressed={at === chosen}
                onClick={() => setChosen(at)}
              >
                <ProductPicture image={image} title={title} categoryPath={categoryPath} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
