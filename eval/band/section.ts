import {
  arrange,
  type BandStyle,
  type Brief,
  bandStyles,
  formOf,
  measureOf,
  type PlayedMeasure,
} from '../../src/band/index.ts'
import { accompany } from '../../src/cli/accompany.ts'
import type { Chorus } from '../../src/io/charts/index.ts'
import { type Random, seeded } from '../../src/models/index.ts'
import { measureBeats, type Note } from '../../src/music/index.ts'
import { untouchedSolos } from '../listening.ts'
import { Mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section, type Table } from '../report/report.ts'
import { evaluationCharts } from './charts.ts'
import { BassFigures, CompingFigures, followsForm } from './figures.ts'
import { following } from './listening.ts'

/** The levels at which each style is played, one after the other. */
const intensities = [0.3, 0.5, 0.7]

const seeds = [1, 2, 3]

/** So many choruses show whether the band keeps its place. */
const longRun = 20

/** Styles whose bass walks, and styles whose bass plays with the kick. */
const walking = ['swing', 'modal']

/** The band over a hundred charts, in every style and with three seeds. */
export async function bandSection({ data, quick }: Options): Promise<Section> {
  const charts = await evaluationCharts(quick ? 20 : 100)
  const rows: Table['rows'][number][] = []
  const all = { bass: new BassFigures(), comp: new CompingFigures() }
  const walks = new BassFigures()
  for (const style of bandStyles) {
    const [bass, comp] = [new BassFigures(), new CompingFigures()]
    for (const [index, chart] of charts.entries()) {
      for (const seed of seeds) {
        const lead = seeded(1000 * index + seed)
        const take = played(chart, style, seed, intensities[(index + seed) % intensities.length] ?? 0.5, lead)
        for (const figures of [bass, all.bass]) figures.add(take)
        for (const figures of [comp, all.comp]) figures.add(take, take.lead)
        if (walking.includes(style.name)) walks.add(take)
      }
    }
    rows.push(rowOf(style.name, bass, comp))
  }
  rows.push(rowOf('all', all.bass, all.comp))
  const kicks = await kickRows(charts.slice(0, quick ? 4 : 12))
  const solos = await untouchedSolos(data, quick ? 8 : 24)
  const followed = bandStyles.map((style) => ({ style: style.name, ...following(style, solos) }))
  const parts = followed.flatMap(({ style, ...figures }) => Object.values(figures))
  const ownLeast = Math.min(...parts.map(({ own }) => own))
  const otherMost = Math.max(...parts.map(({ other }) => other))
  const { bass, comp } = all
  const inForm = charts.filter(({ bars }) => followsForm(arrange(formOf(bars), longRun), bars, longRun)).length
  const target = (says: string, value: number, met: boolean, figure = percent(value)) => ({ says, figure, met })
  return {
    title: 'band',
    notes: [
      `Bass and comping over ${charts.length} charts, ${bandStyles.length} styles, ${seeds.length} seeds and two choruses each, at three intensities. The lead that the comping hears is a random walk over the scale.`,
      `Listening: the notes and the mean velocity of each measure of bass and comping (but for dead notes), beyond those of a band that nobody leads, against the notes of a solo in the two measures before, which is what can be heard; and against those of another solo. The ${solos.length} solos are of tunes that were not in sight when the styles’ patterns were chosen. The figure is of the band's parts without a session around them.`,
    ],
    tables: [
      {
        title: 'Bass and comping',
        columns: [
          ['root first', 3],
          ['chord strong', 3],
          ['approach', 3],
          ['repeated', 3],
          ['range', 3],
          ['alike', 3],
          ['movement', 2],
          ['3rd and 7th', 3],
          ['scale', 3],
          ['above bass', 3],
          ['no clash', 3],
        ],
        rows,
      },
      {
        title: 'Kick and bass',
        columns: [
          ['bass notes with the kick', 3],
          ['kicks with the bass', 3],
        ],
        rows: kicks,
      },
      {
        title: 'Listening: correlation of band and solo, its own and another',
        columns: ['bass notes', 'bass velocity', 'chord notes', 'chord velocity'].flatMap((name) => [
          [name, 2] as const,
          ['another', 2] as const,
        ]),
        rows: followed.map(({ style, ...figures }) => [
          style,
          ...Object.values(figures).flatMap(({ own, other }) => [own, other]),
        ]),
      },
    ],
    pictures: [],
    targets: [
      target(
        'band: the bass on a chord’s first beat in 70 to 90 %',
        bass.rootOnFirst.value,
        within(bass.rootOnFirst.value, 0.7, 0.9),
      ),
      target(
        'band: chord tones on strong beats in at least 85 %',
        bass.chordOnStrong.value,
        bass.chordOnStrong.value >= 0.85,
      ),
      target('band: a chord change approached in at least 90 %', bass.approach.value, bass.approach.value >= 0.9),
      target('band: at most 10 % repeated pitches in walking', walks.repeated.value, walks.repeated.value <= 0.1),
      target('band: the bass within E1 and G3', bass.inRange.value, bass.inRange.value === 1),
      target(
        'band: two measures over the same chords alike in at most 10 %',
        bass.alike.value,
        bass.alike.value <= 0.1,
      ),
      target(
        'band: each chord where the chart has it, in 20 choruses of each chart',
        inForm / charts.length,
        inForm === charts.length,
      ),
      target(
        'band: kick and bass together in funk and rock in at least 60 %',
        Math.min(...kicks.map((row) => Number(row[1]))),
        kicks.every((row) => Number(row[1]) >= 0.6),
      ),
      target(
        'band: voices move at most 2.5 semitones',
        comp.movement.value,
        comp.movement.value <= 2.5,
        comp.movement.value.toFixed(2),
      ),
      target('band: third and seventh in each voicing', comp.complete.value, comp.complete.value === 1),
      target(
        'band: no clash of the top voice with a held note in at least 97 %',
        comp.clashFree.value,
        comp.clashFree.value >= 0.97,
      ),
      target(
        'band: notes and velocity go with the solo (at least 0.6), and with no other (at most 0.2), in every style',
        ownLeast,
        ownLeast >= 0.6 && otherMost <= 0.2,
        `${ownLeast.toFixed(2)} at least, ${otherMost.toFixed(2)} at most`,
      ),
    ],
  }
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function rowOf(name: string, bass: BassFigures, comp: CompingFigures): Table['rows'][number] {
  const { rootOnFirst, chordOnStrong, approach, repeated, inRange, alike } = bass
  const figures = [rootOnFirst, chordOnStrong, approach, repeated, inRange, alike]
  const ofComp = [comp.movement, comp.complete, comp.ofTheChord, comp.aboveBass, comp.clashFree]
  return [name, ...[...figures, ...ofComp].map(({ value }) => value)]
}

function played(chart: Chorus, style: BandStyle, seed: number, intensity: number, chance: Random) {
  const measures = arrange(formOf(chart.bars), 2)
  const lead = measures.map(({ now }) => leadOver(now.chords[0]?.chord?.scale ?? [], measureBeats(now.metre), chance))
  const bass: PlayedMeasure[] = []
  const comp: PlayedMeasure[] = []
  for (const [measure, arranged] of measures.entries()) {
    const { now } = arranged
    const bpm = chart.tempo ?? style.bpm
    const brief: Brief = { ...arranged, measure, style, seed, intensity, bpm, lead: lead[measure] ?? [] }
    bass.push({ now, notes: measureOf('bass', brief, bass.slice(-48)) })
    comp.push({ now, notes: measureOf('comping', { ...brief, bass: bass[measure]?.notes ?? [] }, comp.slice(-48)) })
  }
  return { measures, lead, bass: bass.map(({ notes }) => notes), comp: comp.map(({ notes }) => notes) }
}

/** A lead that wanders over a scale, a note a beat, with rests. */
function leadOver(scale: readonly number[], beats: number, chance: Random): Note[] {
  if (scale.length === 0) return []
  return Array.from({ length: Math.floor(beats) }, (_, beat) => beat).flatMap((beat): Note[] => {
    if (chance.next() < 0.3) return []
    const pitch = 72 + (scale[Math.floor(chance.next() * scale.length)] ?? 0)
    return [{ pitch, velocity: 80, beat, beats: 0.9 }]
  })
}

/** How often kick and bass are together in the styles that lock them. */
async function kickRows(charts: readonly Chorus[]): Promise<Table['rows'][number][]> {
  const rows: Table['rows'][number][] = []
  for (const style of bandStyles.filter(({ bass }) => bass.isLocked)) {
    const [ofBass, ofKicks] = [new Mean(), new Mean()]
    for (const [index, chart] of charts.entries()) {
      const measures = arrange(formOf(chart.bars), 1)
      const bpm = style.bpm
      const { bass, drums } = await accompany({
        measures,
        styleOf: () => style,
        bpm,
        intensity: 0.5,
        seed: index,
        solo: null,
      })
      const kicks = drums.filter(({ drum }) => drum === 'kick').map(({ beat }) => beat)
      const near = (beat: number, others: readonly number[]) => others.some((each) => Math.abs(each - beat) < 0.12)
      for (const { beat } of bass) ofBass.add(near(beat, kicks))
      for (const beat of kicks)
        ofKicks.add(
          near(
            beat,
            bass.map((note) => note.beat),
          ),
        )
    }
    rows.push([style.name, ofBass.value, ofKicks.value])
  }
  return rows
}
