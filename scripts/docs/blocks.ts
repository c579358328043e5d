import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** A code block of a page. */
export type Block = {
  /** From the root, such as `docs/songs.md`. */
  readonly page: string
  readonly line: number
  /** What the fence says it is; empty for drawings. */
  readonly language: string
  readonly text: string
}

/** The pages that a user reads, and their texts. */
export const pages: ReadonlyMap<string, string> = new Map(
  ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`)]
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
)

/** Every code block of every page, in order. */
export const blocks: readonly Block[] = [...pages].flatMap(([page, text]) =>
  [...text.matchAll(/^( *)```(\w*)\n(.*?)^\1```$/gms)].map(({ index, 2: language = '', 3: code = '' }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    text: code,
  })),
)

/** A page without its code blocks. */
export function proseOf(page: string): string {
  return (pages.get(page) ?? '').replace(/^( *)```\w*\n.*?^\1```$/gms, '')
}
