import { classInterval, intervalClasses, type KeyPress, type SoloMemory } from '../../models/index.ts'
import { mod, pitchClass } from '../../music/index.ts'
import { chordKinds, keptChord } from '../memory/index.ts'

/** Intervals are told apart up to an octave, and as steps of a pattern up to a tritone. */
const [octave, tritone] = [12, 6]
const [intervals, steps] = [2 * octave + 1, 2 * tritone + 1]

/** On the beat, on its second eighth, straight or swung, and elsewhere; tones of the chord, of its scale, foreign ones, and those without a chord. */
const [phases, tones, degrees] = [3, 4, 12]

/** What a note is: one of so many kinds, for each class of the interval that leads to it. */
type Trait = { readonly kinds: number; readonly of: Uint8Array }

const interval = traitOf(intervals, (semitones) => within(semitones, octave) + octave)
const step = traitOf(steps, (semitones) => within(semitones, tritone) + tritone)
const direction = traitOf(3, (semitones) => Math.sign(semitones) + 1)
// What these are depends on the last pitch and on the chord, so they are told anew for each key.
const tone = traitOf(tones)
const toneBy = traitOf(tones * intervals)
const degree = traitOf(degrees)
const height = traitOf(43)

/** What is counted of notes: a trait, in each of so many contexts. */
const tables = {
  toneOnBeat: [tone, phases],
  toneBy: [toneBy, 1],
  intervalOnBeat: [interval, phases],
  degree: [degree, chordKinds.length],
  fromDegree: [step, chordKinds.length * degrees],
  afterOne: [step, steps],
  afterTwo: [step, steps ** 2],
  afterThree: [step, steps ** 3],
  contour: [direction, 3 ** 4],
  fromHeight: [step, 15],
  height: [height, 1],
} as const satisfies Record<string, readonly [Trait, contexts: number]>

type Table = keyof typeof tables

/** Where the row of a context begins among all features, and what it holds: the feature of a class of intervals is `at + of[class]`. */
export type BalanceRow = { readonly at: number; readonly of: Uint8Array }

let end = 0
const placed = Object.entries(tables).map(([name, [trait, contexts]]) => {
  const start = end
  end += contexts * trait.kinds
  return { table: name as Table, start, ...trait }
})

/** How many features there are. */
export const balanceFeatures: number = end

/**
 * The features of a note before it is chosen: its tone by the place in the beat, the interval to each kind of tone and on
 * each place in the beat, its degree by the kind of chord, the step from each degree, the step after one, two and three
 * others, the direction after four, the step by how far the line is from its register, and its height. The rows hold until
 * the next call.
 */
export function balanceRows(press: Pick<KeyPress, 'chord' | 'place'>, sounded: SoloMemory): BalanceRow[] {
  tellTraits(press.chord, sounded)
  const contexts = contextsOf(press, sounded)
  const rows: BalanceRow[] = []
  for (const { table, start, kinds, of } of placed) {
    const context = contexts[table]
    if (context !== null) rows.push({ at: start + context * kinds, of })
  }
  return rows
}

/** Tells the traits that depend on the last pitch and the chord. */
function tellTraits(chord: KeyPress['chord'], { pitches: [last = 0] }: SoloMemory): void {
  for (let each = 0; each < intervalClasses; each++) {
    const pitch = last + classInterval(each)
    const sound = pitchClass(pitch)
    tone.of[each] = !chord ? 3 : chord.tones.includes(sound) ? 0 : chord.scale.includes(sound) ? 1 : 2
    toneBy.of[each] = (tone.of[each] as number) * intervals + (interval.of[each] as number)
    degree.of[each] = chord ? pitchClass(pitch - chord.root) : 0
    height.of[each] = Math.floor(Math.max(0, Math.min(127, pitch)) / 3)
  }
}

/** The context that a moment is in, of each table; null where it is unknown. */
function contextsOf(
  { chord, place }: Pick<KeyPress, 'chord' | 'place'>,
  { pitches, register }: SoloMemory,
): Record<Table, number | null> {
  const twelfth = mod(Math.floor(12 * place + 0.5), 12)
  const phase = twelfth === 0 ? 0 : twelfth === 6 || twelfth === 8 ? 1 : 2
  const kept = chord && keptChord(chord)
  const kind = kept && chordKinds.indexOf(kept.kind)
  const [last = 0] = pitches
  const before = pitches.slice(1).map((pitch, index) => (pitches[index] as number) - pitch)
  const near = before.map((semitones) => within(semitones, tritone) + tritone)
  const directions = before.map((semitones) => Math.sign(semitones) + 1)
  return {
    toneOnBeat: phase,
    toneBy: 0,
    intervalOnBeat: phase,
    degree: kind,
    fromDegree: kept && (kind as number) * degrees + pitchClass(last - kept.root),
    afterOne: pattern(near, 1, steps),
    afterTwo: pattern(near, 2, steps),
    afterThree: pattern(near, 3, steps),
    contour: pattern(directions, 4, 3),
    fromHeight: within(Math.round((last - register) / 2), 7) + 7,
    height: 0,
  }
}

/** The newest digits, which come first, as a number; null where there are fewer than asked for. */
function pattern(digits: readonly number[], count: number, base: number): number | null {
  if (digits.length < count) return null
  return digits.slice(0, count).reduceRight((number, digit) => number * base + digit, 0)
}

function traitOf(kinds: number, of: (semitones: number) => number = () => 0): Trait {
  return { kinds, of: Uint8Array.from({ length: intervalClasses }, (_, each) => of(classInterval(each))) }
}

function within(semitones: number, most: number): number {
  return Math.max(-most, Math.min(most, semitones))
}
