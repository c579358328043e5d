/** Where fields of these sizes begin, side by side. */
export function fields<Name extends string>(sizes: Record<Name, number>): Record<Name, number> {
  let start = 0
  const starts = { ...sizes }
  for (const name of Object.keys(sizes) as Name[]) {
    starts[name] = start
    start += sizes[name]
  }
  return starts
}
