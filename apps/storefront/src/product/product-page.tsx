import { ClientFailure, EmptyState, FailureNotice, useMessages, usePageTitle } from '@eip/theme'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconPackageOff } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { shopMessages } from '../shop-messages.ts'
import { ProductDetails } from './product-details.tsx'
import { productMessages } from './product-messages.ts'
import classes from './product-page.module.css'
import { SimilarProducts } from './similar-products.tsx'
import { useProduct } from './use-product.ts'

const isGone = (failure: unknown) => failure instanceof ClientFailure && failure.status === 404

export function ProductPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const t = useMessages(productMessages)
  const shop = useMessages(shopMessages)
  const { data, error, failureReason, isFetching, refetch } = useProduct(id)
  const failure = error ?? failureReason
  usePageTitle(data?.product.title.slice(0, 120) ?? (isGone(failure) ? t('gone') : ''), shop('shop'))
  if (isGone(failure))
    return (
      <EmptyState
        title={t('gone')}
        heading="h1"
        icon={IconPackageOff}
        actions={<Button renderRoot={(props) => <Link {...props} to="/" />}>{t('toShop')}</Button>}
      >
        {t('goneText')}
      </EmptyState>
    )
  return (
    <>
      {failure && (
        <FailureNotice failure={failure} isRetrying={isFetching && error !== null} onRetry={() => void refetch()} />
      )}
      {data ? <ProductDetails product={data.product} /> : !failure && <ProductSkeleton label={t('loading')} />}
      {data && <SimilarProducts key={id} id={id} />}
    </>
  )
}

function ProductSkeleton({ label }: Readonly<{ label: string }>) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{label}</VisuallyHidden>
      <Skeleton h={14} w={260} mb={18} />
      <div className={classes.product} aria-hidden>
        <Skeleton radius={14} h="auto" style={{ aspectRatio: '1' }} />
        <div>
          <Skeleton h={28} mb={10} />
          <Skeleton h={28} w="60%" mb={22} />
          <Skeleton h={18} w="30%" mb={22} />
          <Skeleton h={36} w="35%" mb={34} />
          <Skeleton h={14} mb={12} />
          <Skeleton h={14} w="85%" mb={12} />
          <Skeleton h={14} w="70%" />
        </div>
      </div>
    </div>
  )
}
