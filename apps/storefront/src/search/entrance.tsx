import { formatNumber, ProductPicture, useLanguage, useMessages } from '@eip/theme'
import { Link } from '@tanstack/react-router'
import { categoryPathOf } from './category-path.ts'
import classes from './entrance.module.css'
import { searchMessages } from './search-messages.ts'
import { emptySearch, paramsOf } from './search-state.ts'
import type { Results } from './use-results.ts'

type EntranceProps = Readonly<{ results: Results | undefined }>

/** Greets who has not asked for anything yet, and shows where to go. */
export function Entrance({ results }: EntranceProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const categories = results?.facets.find(({ name }) => name === 'category')
  const departments = (categories?.kind === 'values' ? categories.values : []).filter(
    ({ value }) => categoryPathOf(value).length === 1,
  )
  return (
    <div className={classes.entrance}>
      <div className={classes.hero}>
        <h1 className={classes.welcome}>{t('welcome')}</h1>
        <p className={classes.invite}>{t('welcomeText')}</p>
      </div>
      {departments.length > 1 && (
        <nav aria-label={t('departments')}>
          <ul className={classes.departments}>
            {departments.map(({ value, count }) => (
              <li key={value}>
                <Link
                  to="/"
                  search={paramsOf({ ...emptySearch, filters: [`category:${value}`] })}
                  className={classes.department ?? ''}
                >
                  <span className={classes.picture}>
                    <ProductPicture image={null} title={value} categoryPath={[value]} />
                  </span>
                  <span className={classes.name}>
                    <span dir="auto">{value}</span>
                    <span className={classes.count}>{formatNumber(count, language)}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <h2 className={classes.next}>{t('popular')}</h2>
    </div>
  )
}
