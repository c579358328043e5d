/** A table of figures: a row for each thing, a column for each measure; null where there is no figure. */
export type Table = {
  readonly title: string
  /** A name, and how many digits to show behind the point. */
  readonly columns: readonly (readonly [name: string, digits: number])[]
  readonly rows: readonly (readonly [name: string, ...figures: (number | null)[]])[]
}

/** A picture as SVG, to be saved as `eval-<name>.svg`. */
export type Picture = { readonly name: string; readonly title: string; readonly svg: string }

/** A target, and whether it is met. */
export type Target = { readonly says: string; readonly figure: string; readonly met: boolean }

/** The results of a model. */
export type Section = {
  readonly title: string
  /** Paragraphs that explain the tables. */
  readonly notes: readonly string[]
  readonly tables: readonly Table[]
  readonly pictures: readonly Picture[]
  readonly targets: readonly Target[]
}

/** By how much a figure is below another, as `12.3 %`. */
export function below(figure: number, other: number): string {
  return percent(1 - figure / other)
}

/** A share from 0 to 1, in words. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** A table for a terminal. */
export function tableText({ title, ...table }: Table): string {
  const rows = cells(table)
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  return [title, '', ...lines, ''].join('\n')
}

/** A table as Markdown. */
function tableMarkdown({ title, ...table }: Table): string {
  const [header = [], ...rows] = cells(table)
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
  return [`**${title}**`, '', line(header), `|---${'|--:'.repeat(header.length - 1)}|`, ...rows.map(line), ''].join(
    '\n',
  )
}

/** All sections as a page; pictures lie beside it. */
export function page(title: string, about: readonly string[], sections: readonly Section[]): string {
  return [
    `# ${title}`,
    ...about,
    '## Targets',
    targetsMarkdown(sections.flatMap(({ targets }) => targets)),
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      ...section.tables.map(tableMarkdown),
      ...section.notes,
      ...section.pictures.map((picture) => `![${picture.title}](eval-${picture.name}.svg)`),
    ]),
  ]
    .map((block) => `${block.trimEnd()}\n`)
    .join('\n')
}

/** The targets, each with its figure and whether it is met. */
export function targetsText(targets: readonly Target[]): string {
  return targets.map(({ says, figure, met }) => `${met ? 'met    ' : 'NOT MET'}  ${says}: ${figure}`).join('\n')
}

function targetsMarkdown(targets: readonly Target[]): string {
  const rows = targets.map(({ says, figure, met }) => `| ${says} | ${figure} | ${met ? 'met' : '**not met**'} |`)
  return ['| it must show | it shows | |', '|---|---|---|', ...rows].join('\n')
}

function cells({ columns, rows }: Omit<Table, 'title'>): string[][] {
  return [
    ['', ...columns.map(([name]) => name)],
    ...rows.map(([name, ...figures]) => [
      name,
      ...columns.map(([, digits], column) => figures[column]?.toFixed(digits) ?? ''),
    ]),
  ]
}
