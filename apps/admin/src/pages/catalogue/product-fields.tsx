import type { Product } from '@eip/contracts'
import { formatDate, formatMoney, formatNumber, ProductPicture, useLanguage, useMessages } from '@eip/theme'
import { Stack, Title } from '@mantine/core'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'

/** A longer title is cut in the heading, and stands here whole. */
const longestHeading = 120

type Line = Readonly<{ name: string; value: string }>

/** What is said of a product, a line each; what is not said is left out. */
export function ProductFields({ product }: Readonly<{ product: Product }>) {
  const t = useMessages(catalogueMessages)
  const { title, categoryPath, images, description, attributes, reviews } = product
  return (
    <Stack gap="md">
      <div className={classes.images}>
        {(images.length === 0 ? [null] : images).map((image) => (
          <ProductPicture key={image} title={title} categoryPath={categoryPath} image={image} />
        ))}
      </div>
      {title.length > longestHeading && (
        <p className={classes.description} dir="auto">
          {title}
        </p>
      )}
      <Fields label={t('product')} lines={useLines(product)} />
      <Section title={t('attributes')} isThere={Object.keys(attributes).length > 0}>
        <Fields
          label={t('attributes')}
          lines={Object.entries(attributes).map(([name, values]) => ({ name, value: values.join(', ') }))}
        />
      </Section>
      <Section title={t('text')} isThere={description !== ''}>
        <p className={classes.description} dir="auto">
          {description}
        </p>
      </Section>
      <Section title={t('reviews')} isThere={reviews.length > 0}>
        <ul className={classes.reviews}>
          {[...new Set(reviews)].map((review) => (
            <li key={review} dir="auto">
              {review}
            </li>
          ))}
        </ul>
      </Section>
    </Stack>
  )
}

function useLines(product: Product): readonly Line[] {
  const t = useMessages(catalogueMessages)
  const { language } = useLanguage()
  const { price, rating, createdAt, updatedAt } = product
  const stars = (average: number) => formatNumber(average, language, { maximumFractionDigits: 2 })
  const lines: readonly (readonly [string, string | null])[] = [
    [t('brand'), product.brand],
    [t('category'), product.categoryPath.join(' › ')],
    [t('price'), price && (price.amount === 0 ? t('free') : formatMoney(price, language))],
    [t('rating'), rating && `${stars(rating.average)} (${formatNumber(rating.count, language)})`],
    [t('seller'), product.seller],
    [t('language'), product.language],
    [t('createdAt'), createdAt && formatDate(createdAt, language)],
    [t('updatedAt'), updatedAt && formatDate(updatedAt, language)],
  ]
  return lines.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

function Fields({ label, lines }: Readonly<{ label: string; lines: readonly Line[] }>) {
  if (lines.length === 0) return null
  return (
    <table className={classes.fields} aria-label={label}>
      <tbody>
        {lines.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td dir="auto">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type SectionProps = Readonly<{ title: string; isThere: boolean; children: React.ReactNode }>

function Section({ title, isThere, children }: SectionProps) {
  if (!isThere) return null
  return (
    <section aria-label={title}>
      <Title order={3} size="h4" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}
