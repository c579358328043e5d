import type { Random } from '../../src/models/index.ts'
import { type Beats, measureBeats, type Note, parseMetre } from '../../src/music/index.ts'
import type { BassTune } from './phrases.ts'
import { drawn } from './takes.ts'

/** The metres that a tune in 4/4 can be cut to, and how often. */
const cuts: readonly (readonly [name: string, weight: number])[] = [
  ['4/4', 60],
  ['3/4', 16],
  ['5/4', 5],
  ['7/8', 5],
  ['5/8', 1.5],
  ['7/4', 1.5],
  ['6/8', 5],
  ['12/8', 5],
]

/** The same tune at a tempo nearby, and, if wanted, in another metre: there are too few tunes to learn either from. */
export function varied(tune: BassTune, random: Random, inAnotherMetre: boolean): BassTune {
  const bpm = tune.bpm * Math.exp(0.1 * (2 * random.next() - 1))
  if (!inAnotherMetre || tune.metre.numerator !== 4 || tune.metre.denominator !== 4) return { ...tune, bpm }
  const name = drawn(cuts, random)
  if (name === '4/4') return { ...tune, bpm }
  const metre = parseMetre(name)
  const length = measureBeats(metre)
  if (metre.denominator === 8 && metre.numerator % 3 === 0) {
    // Pulses of two eighths become pulses of three.
    if (tune.notes.some(({ beat }) => Math.abs(beat * 2 - Math.round(beat * 2)) > 0.1)) return { ...tune, bpm }
    const warp = (beat: Beats) => {
      const pulse = Math.floor(beat + 1e-6)
      const within = beat - pulse
      return 1.5 * pulse + (within < 0.5 ? within * 2 : 1 + (within - 0.5))
    }
    const notes = tune.notes.map((note) => ({
      ...note,
      beat: warp(note.beat),
      beats: Math.max(0.2, warp(note.beat + note.beats) - warp(note.beat)),
    }))
    return { ...tune, metre, bpm: bpm * 1.5, measures: Math.floor((tune.measures * 6) / length), notes }
  }
  const notes: Note[] = []
  for (let measure = -1; measure < tune.measures; measure++) {
    const inside = tune.notes.filter(({ beat }) => beat >= 4 * measure - 0.05 && beat < 4 * measure + 3.95)
    for (const note of inside) {
      for (const copy of [0, 4]) {
        const place = note.beat - 4 * measure + copy
        if (place >= (measure < 0 ? 4 - length : 0) - 0.05 && place < (measure < 0 ? 4 : length) - 0.05) {
          const at = measure < 0 ? place - 4 : measure * length + place
          notes.push({ ...note, beat: at, beats: Math.min(note.beats, length) })
        }
      }
    }
  }
  return { ...tune, metre, bpm, notes: notes.sort((a, b) => a.beat - b.beat) }
}
