import { type ArrangedMeasure, type BandStyle, namedStyle, soundingBeat, swingAt } from '../band/index.ts'
import type { Chorus } from '../io/charts/index.ts'
import { metreText, type Note } from '../music/index.ts'
import type { Timeline } from '../timing/index.ts'
import type { Accompaniment } from './accompany.ts'

/** Where the music changes its metre, from the first measure on. */
export function metresOf(measures: readonly ArrangedMeasure[]) {
  return measures.flatMap(({ now, start }, index) => {
    const before = measures[index - 1]
    const isSame = before && metreText(before.now.metre) === metreText(now.metre)
    return isSame ? [] : [{ bar: index + 1, beat: start, metre: now.metre }]
  })
}

/** What a band plays, as `tradefours accompany --json` prints it. */
export function bandJson(
  { title }: Chorus,
  measures: readonly ArrangedMeasure[],
  style: BandStyle,
  tempi: Timeline,
  { bass, comp, drums }: Accompaniment,
) {
  const [{ bpm: tempo }] = tempi
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000 + 0
  const notes = (part: readonly Note[]) =>
    part.map(({ pitch, velocity, beat, beats }) => ({ pitch, velocity, beat: rounded(beat), beats: rounded(beats) }))
  const metres = metresOf(measures)
  const swing = swingAt(style, tempo)
  const swingIn = ({ now }: ArrangedMeasure) => swingAt(namedStyle(now.style ?? '') ?? style, tempo)
  const sounding = (beat: number) => rounded(soundingBeat(measures, beat, swingIn))
  return {
    metre: metres[0] && metreText(metres[0].metre),
    bars: measures.length,
    bass: notes(bass),
    comp: notes(comp),
    drums: drums.map(({ drum, velocity, beat }) => ({ drum, velocity, beat: rounded(beat) })),
    title,
    style: style.name,
    tempo,
    swing: rounded(swing),
    metres: metres.map(({ bar, metre }) => ({ bar, metre: metreText(metre) })),
    chords: measures.flatMap(({ now, start }) =>
      now.chords
        .filter(({ isHeld }) => !isHeld)
        .map(({ chord, beat }) => ({ symbol: chord?.symbol ?? 'N.C.', beat: sounding(start + beat) })),
    ),
    ending: endingJson(measures, sounding),
    parts: partsJson(measures),
    tempi: tempi.map(({ beat, bpm }) => ({ beat: rounded(beat), bpm: rounded(bpm) })),
  }
}

/** Where each part of the performance begins, and each chorus of solos. */
function partsJson(measures: readonly ArrangedMeasure[]) {
  return measures.flatMap(({ part, chorus }, index) => {
    const before = measures[index - 1]
    return before?.part === part && before.chorus === chorus ? [] : [{ bar: index + 1, part, chorus: chorus + 1 }]
  })
}

function endingJson(measures: readonly ArrangedMeasure[], sounding: (beat: number) => number) {
  const index = measures.findIndex(({ end }) => end !== null)
  const last = measures[index]
  if (!last?.end || last.end === 'over') return null
  const { beat } = last.end
  const symbol = last.now.chords.findLast((each) => each.beat <= beat)?.chord?.symbol ?? null
  return { bar: index + 1, beat: sounding(last.start + beat), symbol }
}
