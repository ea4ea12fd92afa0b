import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import classes from './deliveries.module.css'
import { deliveriesMessages } from './deliveries-messages.ts'
import { type CalibrationBin, marksTo, reachOf, reliabilityPoints } from './reliability.ts'

const size = 300
const edge = { left: 52, bottom: 46, top: 14, right: 18 }
const plot = size

/** What was said against what came: on the diagonal, all that was said came true. The table beside it has the same figures. */
export function ReliabilityDiagram({
  bins,
  deliveries,
}: Readonly<{ bins: readonly CalibrationBin[]; deliveries: number }>) {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  const points = reliabilityPoints(bins)
  const reach = reachOf(points)
  const x = (share: number) => edge.left + (share / reach) * plot
  const y = (share: number) => edge.top + plot - (share / reach) * plot
  const percent = (share: number) => formatNumber(share, language, { style: 'percent', maximumFractionDigits: 1 })
  const [width, height] = [edge.left + plot + edge.right, edge.top + plot + edge.bottom]
  return (
    <svg
      className={classes.diagram}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('calibrationPicture', { count: deliveries })}
    >
      {marksTo(reach).map((mark) => (
        <g key={mark}>
          <line className={classes.grid} x1={x(0)} x2={x(reach)} y1={y(mark)} y2={y(mark)} />
          <line className={classes.grid} x1={x(mark)} x2={x(mark)} y1={y(0)} y2={y(reach)} />
          <text className={classes.mark} x={x(0) - 8} y={y(mark) + 4} textAnchor="end">
            {percent(mark)}
          </text>
          <text className={classes.mark} x={x(mark)} y={y(0) + 18} textAnchor="middle">
            {percent(mark)}
          </text>
        </g>
      ))}
      <line className={classes.diagonal} x1={x(0)} y1={y(0)} x2={x(reach)} y2={y(reach)} />
      <text className={classes.exact} x={x(reach) - 8} y={y(0) - 10} textAnchor="end">
        ‑ ‑ {t('exact')}
      </text>
      <polyline className={classes.path} points={points.map(({ said, came }) => `${x(said)},${y(came)}`).join(' ')} />
      {points.map(({ said, came, deliveries: count, radius }) => (
        <circle key={`${said} ${came}`} className={classes.point} cx={x(said)} cy={y(came)} r={radius}>
          <title>{`${t('said')} ${percent(said)}, ${t('came')} ${percent(came)}, ${t('deliveries', { count })}`}</title>
        </circle>
      ))}
      <text className={classes.axis} x={x(reach / 2)} y={height - 6} textAnchor="middle">
        {t('said')}
      </text>
      <text className={classes.axis} transform={`translate(12 ${y(reach / 2)}) rotate(-90)`} textAnchor="middle">
        {t('came')}
      </text>
    </svg>
  )
}
