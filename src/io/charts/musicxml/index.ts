/** `io/charts/musicxml`: scores in MusicXML with chord symbols, plain or packed as `.mxl`. */
import { decodeText } from '../decode-text.ts'
import type { ChartFormat } from '../format.ts'
import { ChartError } from '../lead-sheet.ts'
import { readScore } from './read.ts'
import { children, type Element, maxXmlLength, rootOf } from './xml.ts'
import { type Archive, isArchive, openArchive } from './zip.ts'

export const musicXml: ChartFormat = {
  name: 'MusicXML',
  recognises: ({ bytes, text }) => isArchive(bytes) || /^\s*<[?!\w]/.test(text),
  async read({ bytes, text }) {
    const xml = isArchive(bytes) ? await scoreIn(bytes) : text
    return { title: null, songs: [{ title: null, read: () => readScore(xml) }] }
  },
}

const containerName = 'META-INF/container.xml'

/** The score in an `.mxl` file (MusicXML 4.0, “Compressed MusicXML files”). */
async function scoreIn(bytes: Uint8Array): Promise<string> {
  const archive = openArchive(bytes)
  const scores = archive.names.filter((name) => /\.(musicxml|xml)$/i.test(name) && !name.startsWith('META-INF/'))
  const named = archive.names.includes(containerName) ? await namedScore(archive) : undefined
  const name = named ?? scores[0]
  if (name === undefined) throw new ChartError('has no score of MusicXML inside: export it again.')
  const score = await archive.unpack(name, maxXmlLength)
  if (isArchive(score)) throw new ChartError('has another archive inside, not a score: export it again.')
  return decodeText(score)
}

/** The score that the archive's table of contents names. Some programs write one that is damaged. */
async function namedScore(archive: Archive): Promise<string | undefined> {
  try {
    const root = rootOf(decodeText(await archive.unpack(containerName, 1 << 20)))
    return rootFiles(root).find((path) => archive.names.includes(path))
  } catch (error) {
    if (error instanceof ChartError) return undefined
    throw error
  }
}

function rootFiles(container: Element): string[] {
  return children(container, 'rootfiles')
    .flatMap((files) => children(files, 'rootfile'))
    .map(({ attributes }) => attributes['full-path'] ?? '')
}
