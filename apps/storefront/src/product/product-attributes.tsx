import { useMessages } from '@eip/theme'
import { attributeName, attributeNames } from '../attribute-names.ts'
import { productMessages } from './product-messages.ts'
import classes from './product-page.module.css'

type ProductAttributesProps = Readonly<{ attributes: Readonly<Record<string, readonly string[]>> }>

/** What the catalogue knows of the product, in its own words. */
export function ProductAttributes({ attributes }: ProductAttributesProps) {
  const t = useMessages(productMessages)
  const named = useMessages(attributeNames)
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  return (
    <section>
      <h2 className={classes.small}>{t('details')}</h2>
      <dl className={classes.attributes}>
        {entries.map(([name, values]) => (
          <div key={name}>
            <dt dir="auto">{attributeName(name, named)}</dt>
            <dd dir="auto">{values.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
