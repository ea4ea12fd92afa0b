import { useComputedColorScheme } from '@mantine/core'
import { LineChart as Lines } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([Lines, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer])

export type Series = Readonly<{ name: string; values: readonly (number | null)[] }>

type LineChartProps = Readonly<{
  /** Says what is drawn; figures stand in a table for who does not see it. */
  label: string
  /** Moments in milliseconds, one for each value. */
  times: readonly number[]
  series: readonly Series[]
  format: (value: number) => string
  formatTime: (time: number) => string
  isStacked?: boolean
  /** Of things that are counted: there are no halves on the axis. */
  isCount?: boolean
  height?: number
}>

const leastSpanMs = 60_000

const palette = {
  light: { colours: ['#4263eb', '#0ca678', '#f08c00', '#e03131', '#7048e8'], line: '#dee2e6', text: '#5c636b' },
  dark: { colours: ['#748ffc', '#38d9a9', '#ffc078', '#ff8787', '#b197fc'], line: '#3b4048', text: '#a6adb6' },
} as const

/** Values over time. */
export function LineChart(props: LineChartProps) {
  const { label, height = 180 } = props
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const { colours, line, text } = palette[useComputedColorScheme('light')]
  useEffect(() => {
    const drawn = init(place.current!)
    chart.current = drawn
    const watch = new ResizeObserver(() => drawn.resize())
    watch.observe(place.current!)
    return () => {
      watch.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    const { times, series, format, formatTime, isStacked, isCount } = props
    // What is stacked is a part of something: its name is said even where it is the only one.
    const hasLegend = series.length > 1 || isStacked
    chart.current?.setOption(
      {
        animation: false,
        aria: { enabled: true, description: label },
        color: [...colours],
        grid: { left: 8, right: 12, top: hasLegend ? 34 : 12, bottom: 4, containLabel: true },
        legend: hasLegend
          ? {
              ...{
                type: 'scroll',
                top: 0,
                left: 0,
                icon: 'circle',
                itemWidth: 10,
                itemHeight: 14,
                textStyle: { color: text },
              },
              ...{ pageTextStyle: { color: text }, pageIconColor: text, pageIconInactiveColor: line },
            }
          : undefined,
        tooltip: {
          trigger: 'axis',
          confine: true,
          valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–'),
        },
        xAxis: {
          type: 'time',
          // One point alone would be drawn over a day.
          min: Math.min(times[0] ?? 0, (times.at(-1) ?? 0) - leastSpanMs),
          max: times.at(-1) ?? 0,
          axisLine: { lineStyle: { color: line } },
          axisLabel: { color: text, hideOverlap: true, formatter: formatTime },
          splitLine: { show: false },
        },
        yAxis: {
          type: 'value',
          min: 0,
          minInterval: isCount ? 1 : 0,
          axisLabel: { color: text, formatter: format },
          splitLine: { lineStyle: { color: line } },
        },
        series: series.map(({ name, values }) => ({
          type: 'line',
          name,
          showSymbol: values.length < 3,
          lineStyle: { width: 2 },
          connectNulls: false,
          ...(isStacked && { stack: 'all', areaStyle: { opacity: 0.35 } }),
          data: values.map((value, at) => [times[at]!, value]),
        })),
      },
      { notMerge: true },
    )
  })
  return <div ref={place} role="img" aria-label={label} style={{ height }} />
}
