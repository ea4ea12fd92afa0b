export type Sample = Readonly<{ name: string; labels: Readonly<Record<string, string>>; value: number }>
export type MetricFamily = Readonly<{ type: string; help: string; samples: Sample[] }>

const unescaped = (text: string) => text.replace(/\\(.)/g, (_whole, letter: string) => (letter === 'n' ? '\n' : letter))

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  const rest = text.replace(/([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/gi, (_whole, label, value) => {
    if (label in labels) throw new Error(`the label "${label}" stands twice in {${text}}`)
    labels[label] = unescaped(value)
    return ''
  })
  if (rest !== '') throw new Error(`these labels are not well-formed: {${text}}`)
  return labels
}

/**
 * Reads the text format 0.0.4 strictly (https://prometheus.io/docs/instrumenting/exposition_formats/), so that tests can ask
 * what a host shows. Throws at a line that Prometheus would refuse: a sample without TYPE and HELP, a family in two places,
 * a value that is no number, the same series twice.
 */
export function parsePrometheus(text: string): ReadonlyMap<string, MetricFamily> {
  if (!text.endsWith('\n')) throw new Error('the page does not end in a line feed')
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>()
  const series = new Set<string>()
  let current: string | undefined
  const familyOf = (name: string) => {
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''))
    if (family === undefined || !(current !== undefined && name.startsWith(current))) {
      throw new Error(`"${name}" does not stand below its own TYPE`)
    }
    return family
  }
  for (const line of text.split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line)
    const sample = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i.exec(line)
    if (comment) {
      const [, what, name, rest] = comment as unknown as [string, string, string, string]
      if (what === 'HELP' && families.has(name)) throw new Error(`the family "${name}" stands in two places`)
      const family = families.get(name) ?? { type: '', help: '', samples: [] }
      families.set(name, what === 'HELP' ? { ...family, help: unescaped(rest) } : { ...family, type: rest })
      current = name
    } else if (sample) {
      const [, name, labels, value] = sample as unknown as [string, string, string | undefined, string]
      const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
      const key = `${name}{${labels ?? ''}}`
      if (Number.isNaN(number) || series.has(key)) throw new Error(`not a number, or there twice: ${line}`)
      series.add(key)
      familyOf(name).samples.push({ name, labels: parseLabels(labels ?? ''), value: number })
    } else if (line !== '' && line !== '# no registered metrics') {
      throw new Error(`this line is not well-formed: ${line}`)
    }
  }
  return families
}
