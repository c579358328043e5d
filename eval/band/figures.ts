import { type ArrangedMeasure, chordPartsOf, isSameChord } from '../../src/band/index.ts'
import { accentAt, type Chord, type ChordChange, measureBeats, mod, type Note } from '../../src/music/index.ts'
import { Mean } from '../mean.ts'

/** What a band played, on the straight grid, measure by measure. */
export type BandTake = {
  readonly measures: readonly ArrangedMeasure[]
  readonly bass: readonly (readonly Note[])[]
  readonly comp: readonly (readonly Note[])[]
}

/** The figures of a bass. */
export class BassFigures {
  readonly rootOnFirst = new Mean()
  readonly chordOnStrong = new Mean()
  readonly approach = new Mean()
  readonly repeated = new Mean()
  readonly inRange = new Mean()
  readonly alike = new Mean()

  add({ measures, bass }: BandTake): void {
    const line = measures.flatMap(({ now, start }, index) =>
      (bass[index] ?? []).map((note) => ({ ...note, at: start + note.beat, chord: chordAt(now, note.beat), now })),
    )
    for (const [index, note] of line.entries()) {
      const before = line[index - 1]
      this.inRange.add(note.pitch >= 28 && note.pitch <= 55)
      if (before) this.repeated.add(before.pitch === note.pitch)
      if (!note.chord) continue
      const pitchClass = mod(note.pitch, 12)
      const start = note.now.chords.find((each) => each.chord && Math.abs(each.beat - note.beat) < 1e-6 && !each.isHeld)
      if (start) this.rootOnFirst.add(pitchClass === note.chord.bass)
      if (isStrong(note.now, note.beat)) this.chordOnStrong.add(isTone(note.chord, pitchClass))
      if (before?.chord && !isSameChord(before.chord, note.chord)) {
        const size = Math.abs(note.pitch - before.pitch)
        const isNear = [0, 1, 2, 5, 7, 12].includes(size) || isTone(before.chord, mod(before.pitch, 12))
        this.approach.add(isNear || isTone(note.chord, mod(before.pitch, 12)))
      }
    }
    const lines = new Map<string, string[]>()
    for (const [index, { now, end }] of measures.entries()) {
      if (end !== null) continue
      const over = now.chords.map(({ beat, chord }) => `${chord?.symbol}@${beat}`).join(' ')
      const text = (bass[index] ?? []).map(({ pitch, beat }) => `${beat}:${pitch}`).join(' ')
      for (const other of lines.get(over) ?? []) this.alike.add(other === text)
      lines.set(over, [...(lines.get(over) ?? []), text])
    }
  }
}

/** The figures of comping. */
export class CompingFigures {
  readonly movement = new Mean()
  readonly complete = new Mean()
  readonly aboveBass = new Mean()
  readonly clashFree = new Mean()
  readonly ofTheChord = new Mean()

  add({ measures, bass, comp }: BandTake, lead: readonly (readonly Note[])[]): void {
    let before: readonly number[] | null = null
    for (const [index, { now, next }] of measures.entries()) {
      const strikes = new Map<number, Note[]>()
      for (const note of comp[index] ?? []) strikes.set(note.beat, [...(strikes.get(note.beat) ?? []), note])
      for (const [beat, notes] of strikes) {
        const pitches = notes.map(({ pitch }) => pitch).sort((a, b) => a - b)
        const classes = new Set(pitches.map((pitch) => mod(pitch, 12)))
        const chords = [now.chords.filter((each) => each.beat <= beat + 0.5 + 1e-6).at(-1), next?.chords[0]]
        const here = chordAt(now, beat)
        const sounding = [here, ...chords.map((each) => each?.chord)].filter((chord) => chord !== null)
        this.complete.add(sounding.some((chord) => chord !== undefined && isComplete(chord, classes)))
        this.ofTheChord.add(
          sounding.some(
            (chord) => chord && [...classes].every((each) => isTone(chord, each) || chord.scale.includes(each)),
          ),
        )
        const under = (bass[index] ?? []).filter((note) => note.beat <= beat && note.beat + note.beats > beat)
        this.aboveBass.add(under.every(({ pitch }) => pitch < (pitches[0] ?? 0)))
        const top = pitches.at(-1) ?? 0
        const held = (lead[index] ?? []).filter((note) => note.beat <= beat && note.beat + note.beats > beat)
        for (const { pitch } of held) this.clashFree.add(![1, 11].includes(mod(pitch - top, 12)))
        if (before && before.length === pitches.length && `${before}` !== `${pitches}`) {
          const ways = pitches.map((pitch, voice) => Math.abs(pitch - (before?.[voice] ?? pitch)))
          this.movement.add(ways.reduce((sum, each) => sum + each, 0) / ways.length)
        }
        before = pitches
      }
    }
  }
}

function chordAt({ chords }: ArrangedMeasure['now'], beat: number): Chord | null {
  return chords.findLast((each) => each.beat <= beat + 1e-6)?.chord ?? null
}

function isStrong({ metre }: ArrangedMeasure['now'], beat: number): boolean {
  if (metre.groups.some((group) => group > 1)) return ['downbeat', 'pulse'].includes(accentAt(metre, beat))
  return beat === 0 || (metre.numerator % 2 === 0 && beat === measureBeats(metre) / 2)
}

function isTone(chord: Chord, pitchClass: number): boolean {
  return chord.tones.includes(pitchClass) || chord.bass === pitchClass
}

function isComplete(chord: Chord, classes: ReadonlySet<number>): boolean {
  const { third, seventh, isSuspended } = chordPartsOf(chord)
  const hasThird = third === null || isSuspended || classes.has(third)
  return hasThird && (seventh === null || isSuspended || classes.has(seventh))
}

/**
 * Whether an arrangement has, beat by beat, the chords of the chart's bars, chorus after chorus, each where the bars before it
 * end.
 */
export function followsForm(measures: readonly ArrangedMeasure[], bars: readonly Bar[], choruses: number): boolean {
  let start = 0
  return measures.slice(0, choruses * bars.length).every((measure, index) => {
    const bar = bars[index % bars.length]
    const isInPlace = bar !== undefined && Math.abs(measure.start - start) < 1e-6
    start += measureBeats(measure.now.metre)
    if (!isInPlace) return false
    for (let beat = 0; beat < measureBeats(bar.metre); beat += 1 / 4) {
      if (!isSameChord(chordAt(measure.now, beat), written(bars, index % bars.length, beat))) return false
    }
    return true
  })
}

/** A measure of a chart: the chords that begin in it. */
type Bar = Pick<ArrangedMeasure['now'], 'metre'> & {
  readonly chords: readonly ChordChange[]
}

/** The chord that the chart has at a beat of a bar, from whatever bar it began in. */
function written(bars: readonly Bar[], index: number, beat: number): Chord | null {
  const here = bars[index]?.chords.findLast((each) => each.beat <= beat + 1e-6)
  if (here) return here.chord
  for (let bar = index - 1; bar >= 0; bar--) {
    const last = bars[bar]?.chords.at(-1)
    if (last) return last.chord
  }
  return null
}
