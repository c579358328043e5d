import { type BandStyleName, bandStyleFor, bandStyleNames, namedStyle } from '../../band/index.ts'
import { fourFour, isSectionName, type Metre, metreText, parseMetre } from '../../music/index.ts'
import { type Section, type Song, songVersion } from '../../session/index.ts'
import { type Measure, noChord } from './lead-sheet.ts'
import { measureWords } from './measure-words.ts'
import { type Chorus, readCharts } from './read-charts.ts'

/** A song made of a chart, and what of the chart a song can't hold. */
export type ChartSong = { readonly song: Song; readonly notices: readonly string[] }

/** The longest chart of a section, in letters, and the most sections of a song: the limits of songs. */
const maxLetters = 10_000
const maxSections = 256

/**
 * A song that has the whole chart, as text in rows of four measures, with the names of its sections.
 *
 * The form is a section of the song and goes round. Where the metre or the style changes, or a section could not hold more,
 * another begins: each is left at its end for the next one, and the last for the first.
 */
export function songOf({ title, style, tempo, bars }: Chorus): ChartSong {
  const { sections, notices } = sectionsOf(bars, styleName(style))
  const [first, ...rest] = sections
  const withTempo = first && tempo !== null ? [{ ...first, tempo }, ...rest] : sections
  return {
    song: { format: 'tradefours-song', version: songVersion, title: title ?? 'Untitled', sections: withTempo },
    notices,
  }
}

/** The sections in which a chart is played, one after the other and round again, and what of it they can't hold. */
function sectionsOf(
  bars: readonly Measure[],
  usual: SectionStyle | null,
): { readonly sections: Section[]; readonly notices: readonly string[] } {
  const stretches = stretchesOf(bars, usual)
  const notices = new Set<string>()
  if (stretches.length > maxSections) notices.add(`A song has ${maxSections} sections at most: the rest is left out.`)
  if (stretches.some(({ isRounded }) => isRounded)) {
    notices.add('Chords between the beats are moved to the nearest one.')
  }
  const kept = stretches.slice(0, maxSections)
  const names = namesOf(kept)
  const hasStyles = kept.some((each) => each.style !== null)
  const sections = kept.map(({ metre, style, rows }, index) => ({
    name: names[index] ?? '',
    ...(index > 0 ? { enter: 'loop' as const } : {}),
    ...(kept.length > 1 ? { leave: 'end' as const } : {}),
    ...(kept.length > 1 && index === kept.length - 1 ? { next: names[0] ?? '' } : {}),
    metre: metreText(metre),
    chart: rows.map((row) => row.join(' | ')).join('\n'),
    ...(hasStyles ? { set: { 'band-style': style ?? styleOf(metre) } } : {}),
  }))
  return { sections, notices: [...notices] }
}

/**
 * A song in which a chart that changes its style, as in `[B: bossa]`, is several sections, which follow each other as the chart
 * goes. What else its section says goes to the first of them; how it is left, to the last.
 */
export async function inStyles(song: Song): Promise<Song> {
  const sections: Section[] = []
  let metre = fourFour
  for (const section of song.sections) {
    metre = section.metre === undefined ? metre : parseMetre(section.metre)
    sections.push(...(await splitByStyle(section, metre)))
  }
  const isSplit = sections.some((section, index) => section !== song.sections[index])
  return isSplit && sections.length <= maxSections ? { ...song, sections } : song
}

/** A section as several of one style each, where its chart has some. */
async function splitByStyle(section: Section, metre: Metre): Promise<readonly Section[]> {
  const { next, ...own } = section
  const { name, chart, set, leave } = own
  if (!chart || !/\[[^\]]*:/.test(chart)) return [section]
  const { songs } = await readCharts(`Metre: ${metreText(metre)}\n${chart}`)
  const bars = songs[0]?.bars ?? []
  if (bars.every(({ style }) => styleName(style) === null)) return [section]
  const usual = sectionStyles.find((style) => style === set?.['band-style']) ?? null
  const { sections } = sectionsOf(bars, usual)
  const last = sections.length - 1
  return sections.map(({ next: _, ...part }, index) => {
    const after = leave === undefined && last > 0 ? name : next
    const left = index === last && { ...(leave && { leave }), ...(after !== undefined && { next: after }) }
    if (index > 0) return { ...part, ...left, name: `${name}: ${part.name}`.slice(0, longestSectionName) }
    return { ...own, ...part, ...left, name, set: { ...set, ...part.set } }
  })
}

/** The longest name of a section of a song, in letters. */
const longestSectionName = 200

/** The style of a metre, where nobody names one. */
function styleOf(metre: Metre): BandStyleName | 'metre' {
  return styleName(bandStyleFor(null, metre).name) ?? 'metre'
}

/** The style of the band that words name; null where they name none. */
function styleName(words: string | null): BandStyleName | null {
  const style = words === null ? null : namedStyle(words)
  return bandStyleNames.find((name) => name === style?.name) ?? null
}

/** A style that a section can have: one of the band's, or the performer's own. */
type SectionStyle = BandStyleName | 'own'
const sectionStyles: readonly SectionStyle[] = [...bandStyleNames, 'own']

/** Measures in one metre and one style, as a chart that a section of a song can hold. */
type Stretch = {
  readonly metre: Metre
  readonly style: SectionStyle | null
  readonly sections: string[]
  readonly rows: string[][]
  isRounded: boolean
}

const measuresInRow = 4

function stretchesOf(bars: readonly Measure[], usual: SectionStyle | null): Stretch[] {
  const stretches: Stretch[] = []
  let stretch: Stretch | null = null
  let letters = 0
  let section: string | null = null
  let current = noChord
  for (const bar of bars) {
    const { words, isRounded } = wordsOf(bar, current)
    const name = sectionName(bar.section)
    const style = styleName(bar.style) ?? usual
    const isOther = stretch === null || stretch.style !== style || metreText(bar.metre) !== metreText(stretch.metre)
    if (stretch === null || isOther || letters + words.length + longestMark > maxLetters) {
      stretch = { metre: bar.metre, style, sections: [], rows: [], isRounded: false }
      stretches.push(stretch)
      letters = 0
    }
    const begins = name !== null && (name !== section || stretch.rows.length === 0 || bar.beginsAgain === true)
    const text = begins ? `[${name}] ${words}` : words
    if (begins) stretch.sections.push(name)
    section = name
    const row = stretch.rows.at(-1)
    if (begins || !row || row.length === measuresInRow) stretch.rows.push([text])
    else row.push(text)
    stretch.isRounded ||= isRounded
    letters += text.length + 3
    const last = bar.chords.at(-1)
    if (last) current = symbolOf(last)
  }
  return stretches
}

/** The longest name of a section of a chart, and its brackets and bar lines. */
const longestName = 32
const longestMark = longestName + 6

/** The name of a section as a chart can have it; null where it has none, or would read as a chord or an ending. */
function sectionName(name: string | null): string | null {
  const plain =
    name
      ?.replace(/[[\]|:\s]+/g, ' ')
      .trim()
      .replace(/^(?:[1-9](?:[\s,.)-]+|$))+/, '')
      .slice(0, longestName)
      .trim() ?? ''
  return plain !== '' && isSectionName(plain) ? plain : null
}

/** The names of a song's sections, all of them different. */
function namesOf(stretches: readonly Stretch[]): string[] {
  const counts = new Map<string, number>()
  return stretches.map(({ sections }) => {
    const name = sections.join(' ').slice(0, 180) || 'Form'
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

/** The symbol as we write it, which reads the same beside all others. */
function symbolOf({ chord }: Measure['chords'][number]): string {
  return chord?.symbol ?? noChord
}

/** A measure as text, whose words share it. @param before the chord that sounds when it begins. */
function wordsOf(bar: Measure, before: string): { words: string; isRounded: boolean } {
  const { words, isRounded } = measureWords(bar)
  const written = words.map((placed, share) => (placed ? symbolOf(placed) : share === 0 ? before : '%'))
  return { words: written.join(' '), isRounded }
}
