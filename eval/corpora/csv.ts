import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** The named columns of a CSV file with a header (RFC 4180), gzipped if its name says so. */
export function readCsv<Column extends string>(path: string, ...columns: readonly Column[]): Record<Column, string>[] {
  const bytes = readFileSync(path)
  const [header = [], ...rows] = records(new TextDecoder().decode(path.endsWith('.gz') ? gunzipSync(bytes) : bytes))
  const places = columns.map((column) => {
    const place = header.indexOf(column)
    if (place < 0) throw new Error(`${path} has no column ${column}: take the corpus that training/README.md names.`)
    return [column, place] as const
  })
  return rows.map((fields) => {
    const row = {} as Record<Column, string>
    for (const [column, place] of places) row[column] = fields[place] ?? ''
    return row
  })
}

function* joined(csv: string): Generator<string> {
  let open = ''
  for (const line of csv.trimEnd().split(/\r?\n/)) {
    open += line
    // A line break between quotes is part of its field.
    if (open.split('"').length % 2 === 0) open += '\n'
    else {
      yield open
      open = ''
    }
  }
}

function records(csv: string): string[][] {
  const field = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g
  return [...joined(csv)].map((line) =>
    line.includes('"')
      ? [...line.matchAll(field)].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain)
      : line.split(','),
  )
}
