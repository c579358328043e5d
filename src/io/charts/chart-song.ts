import { type Beats, type Metre, measureBeats, metreText } from '../../music/index.ts'
import { type Song, songVersion } from '../../session/index.ts'
import { type Measure, noChord } from './lead-sheet.ts'
import type { Chorus } from './read-charts.ts'

/** A song made of a chart, and what of the chart a song can't hold. */
export type ChartSong = { readonly song: Song; readonly notices: readonly string[] }

/** The longest chart of a section, in letters, and the most sections of a song: the limits of songs. */
const maxLetters = 10_000
const maxSections = 256

/** Into how many equal parts a measure can be divided. */
const maxParts = 48

/**
 * A song whose sections have the chart.
 *
 * A section goes round until a pedal calls the next one, so the whole form is one section, and each change of metre
 * begins another.
 */
export function songOf({ title, tempo, bars }: Chorus): ChartSong {
  const stretches = stretchesOf(bars)
  const notices = new Set<string>()
  if (stretches.length > 1) {
    notices.add(
      `The song has ${Math.min(stretches.length, maxSections)} sections: call each one with a pedal or a key.`,
    )
  }
  if (stretches.length > maxSections) notices.add(`A song has ${maxSections} sections at most: the rest is left out.`)
  const names = new Map<string, number>()
  const sections = stretches.slice(0, maxSections).map(({ metre, name, chart, isRounded }, index) => {
    const count = (names.get(name) ?? 0) + 1
    names.set(name, count)
    if (isRounded) notices.add('Chords between the beats are moved to the nearest one.')
    return {
      name: count === 1 ? name : `${name} (${count})`,
      ...(index === 0 && tempo !== null ? { tempo } : {}),
      ...(index > 0 ? { enter: 'loop' as const } : {}),
      metre: metreText(metre),
      chart,
    }
  })
  return {
    song: { format: 'tradefours-song', version: songVersion, title: title ?? 'Untitled', sections },
    notices: [...notices],
  }
}

const unnamed = ''

type Stretch = { metre: Metre; name: string; chart: string; isRounded: boolean }

/** Measures in one metre, as charts that a section can hold. */
function stretchesOf(bars: readonly Measure[]): Stretch[] {
  const stretches: Stretch[] = []
  let metre: Metre | null = null
  let texts: string[] = []
  let letters = 0
  let names: string[] = []
  let isRounded = false
  let current = noChord
  const finish = () => {
    if (metre === null) return
    // A form of which a part has no name has none.
    const name = names.includes(unnamed) ? 'Form' : names.join(' ').slice(0, 180)
    stretches.push({ metre, name, chart: texts.join(' | '), isRounded })
    texts = []
    names = []
    letters = 0
    isRounded = false
  }
  for (const bar of bars) {
    const parts = partsOf(bar)
    const words = Array<string>(parts.count).fill('%')
    words[0] = current
    for (const [index, { symbol }] of bar.chords.entries()) words[parts.places[index] ?? 0] = symbol
    const text = words.join(' ')
    const isOther = metre === null || metreText(bar.metre) !== metreText(metre)
    if (isOther || letters + text.length + 3 > maxLetters) finish()
    metre = bar.metre
    current = bar.chords.at(-1)?.symbol ?? current
    texts.push(text)
    letters += text.length + 3
    isRounded ||= parts.isRounded
    const section = bar.section ?? unnamed
    if (names.at(-1) !== section) names.push(section)
  }
  finish()
  return stretches
}

/** The fewest equal parts of a measure such that each chord begins with one, and the part of each chord. */
function partsOf({ metre, chords }: Measure): { count: number; places: number[]; isRounded: boolean } {
  const length = measureBeats(metre)
  const place = (beat: Beats, count: number) => (beat * count) / length
  for (let count = 1; count <= maxParts; count++) {
    const places = chords.map(({ beat }) => place(beat, count))
    if (places.every((each) => Math.abs(each - Math.round(each)) < 1e-6)) {
      return { count, places: places.map(Math.round), isRounded: false }
    }
  }
  const count = metre.numerator
  const places = chords.map(({ beat }) => Math.min(count - 1, Math.round(place(beat, count))))
  return { count, places, isRounded: true }
}
