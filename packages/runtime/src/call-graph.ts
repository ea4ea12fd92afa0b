import { runtimeFailure } from './runtime-failure.ts'

type Node = Readonly<{ name: string; calls: readonly string[] }>

const refuse = (message: string) => runtimeFailure('runtime.bad-graph', message)

/** Depth first: a service stands behind all that it calls. Throws at the first circle, naming its members. */
function sorted(nodes: ReadonlyMap<string, Node>): string[] {
  const order: string[] = []
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) {
      throw refuse(`services call each other in a circle: ${[...above.slice(above.indexOf(name)), name].join(' → ')}`)
    }
    if (order.includes(name)) return
    for (const callee of nodes.get(name)?.calls ?? []) visit(callee, [...above, name])
    order.push(name)
  }
  for (const name of nodes.keys()) visit(name, [])
  return order
}

/**
 * The order in which the services of a host start: callees before callers, otherwise as listed.
 * `elsewhere` are services that are known and run on other hosts, `addresses` the names that have an address.
 * Throws `runtime.bad-graph`, before anything has started, for a name that stands twice, a callee that is neither here nor
 * has an address, and a circle (wherever its members run).
 */
export function startOrder(here: readonly Node[], elsewhere: readonly Node[], addresses: readonly string[]): string[] {
  const own = new Map<string, Node>()
  for (const node of here) {
    if (own.has(node.name)) throw refuse(`the service "${node.name}" stands twice in this host`)
    own.set(node.name, node)
  }
  const known = new Map([...here, ...elsewhere.filter(({ name }) => !own.has(name))].map((node) => [node.name, node]))
  for (const { name, calls } of here) {
    for (const callee of calls.filter((each) => !own.has(each))) {
      if (!known.has(callee)) throw refuse(`"${name}" calls "${callee}", which no definition describes`)
      if (!addresses.includes(callee))
        throw refuse(`"${name}" calls "${callee}", which is not in this host and has no address`)
    }
  }
  return sorted(known).filter((name) => own.has(name))
}
