/** One reason why the server refuses a rule beside the others. */
export type SynonymFault = Readonly<{ message: string; cure: string; rules: readonly string[] }>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The reasons in a refusal's details, as far as they are what they should be. */
export function synonymFaults(details: Readonly<Record<string, unknown>>): readonly SynonymFault[] {
  if (!Array.isArray(details.faults)) return []
  return details.faults.flatMap((fault: unknown) => {
    if (typeof fault !== 'object' || fault === null) return []
    const { message, cure, rules } = fault as Record<string, unknown>
    if (textOf(message) === '') return []
    const ids = Array.isArray(rules) ? rules.filter((id): id is string => typeof id === 'string') : []
    return [{ message: textOf(message), cure: textOf(cure), rules: ids }]
  })
}
