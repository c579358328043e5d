import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml'
import { ChartError } from '../lead-sheet.ts'

/** An element of an XML document. */
export type Element = XmlElement

/** The longest document, in characters: a big band's score is half of it. */
export const maxXmlLength = 8 * 1024 * 1024

/**
 * The root element of a document. Entities of its own are not expanded, and nothing outside it is loaded.
 *
 * @throws ChartError when it is not well-formed, or too long.
 */
export function rootOf(text: string): Element {
  if (text.length > maxXmlLength) {
    throw new ChartError(`has more than ${maxXmlLength >> 20} MiB of MusicXML: export the lead sheet alone.`)
  }
  try {
    const { root } = parseXml(text.trimStart(), { ignoreUndefinedEntities: true })
    if (root) return root
  } catch (error) {
    if (error instanceof XmlError) throw new ChartError(`is damaged MusicXML (line ${error.line}): export it again.`)
    // Elements without end within each other.
    if (!(error instanceof RangeError)) throw error
  }
  throw new ChartError('is damaged MusicXML: export it again.')
}

/** The elements in an element, of a name if one is given. */
export function children(element: Element, name?: string): Element[] {
  return element.children.filter(
    (node): node is Element => node instanceof XmlElement && (name === undefined || node.name === name),
  )
}

/** The first element of a path of names. */
export function child(element: Element | null, ...path: readonly string[]): Element | null {
  let found = element
  for (const name of path) {
    const next: XmlElement | undefined = found?.children.find(
      (node): node is Element => node instanceof XmlElement && node.name === name,
    )
    found = next ?? null
  }
  return found
}

/** The text of the first element of a path; null where there is none. */
export function textAt(element: Element | null, ...path: readonly string[]): string | null {
  return child(element, ...path)?.text.trim() ?? null
}

/** A number in the first element of a path; null where there is none. */
export function numberAt(element: Element | null, ...path: readonly string[]): number | null {
  const text = textAt(element, ...path)
  const value = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : null
}
