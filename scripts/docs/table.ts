/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const coded = rows.map(([address = '', ...rest]) => [address.startsWith('/') ? `\`${address}\`` : address, ...rest])
  return [head, head.map(() => '---'), ...coded].map(line).join('\n')
}
