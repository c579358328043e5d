/**
 * The circles of a graph (its strongly connected components of more than one node, or of one that leads to itself), each
 * in alphabetical order.
 *
 * By Tarjan's algorithm (1972), which visits each edge once.
 *
 * @param edges where each node leads; what has no entry leads nowhere.
 * @example circles(new Map([['a', ['b']], ['b', ['a', 'c']]])) // => [['a', 'b']]
 */
export function circles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  /** When each node was first visited. */
  const visited = new Map<string, number>()
  /** The nodes whose circle is not known yet, in the order of their visits. */
  const open: string[] = []

  /** Returns the earliest open node that this one leads to, by its visit. */
  const visit = (node: string): number => {
    const own = visited.size
    visited.set(node, own)
    open.push(node)
    let earliest = own
    for (const next of edges.get(node) ?? []) {
      if (!visited.has(next)) earliest = Math.min(earliest, visit(next))
      else if (open.includes(next)) earliest = Math.min(earliest, visited.get(next) ?? own)
    }
    if (earliest === own) {
      const circle = open.splice(open.indexOf(node))
      if (circle.length > 1 || edges.get(node)?.includes(node)) found.push(circle.sort())
    }
    return earliest
  }
  for (const node of edges.keys()) if (!visited.has(node)) visit(node)
  return found
}
