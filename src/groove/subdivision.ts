import { type Beats, mod, nearestStep, type Steps, stepBeat } from '../music/index.ts'
import { type Swing, swung, unswung } from '../timing/index.ts'

/**
 * How a performer divides the beat.
 *
 * Grooves and models live on straight sixteenths; this says where those sound. With swing, the second eighth of a beat
 * sounds later. Triplets are the first three sixteenths of a beat with a swing of 2/3: they sound at 0, 1/3 and 2/3.
 */
export type Subdivision = {
  /** 4 for sixteenths, 3 for triplets, 6 for triplets and their halves. */
  readonly stepsPerBeat: 4 | 3 | 6
  /** Where in the beat its second eighth sounds: 1/2 is straight, 2/3 a shuffle or triplets. */
  readonly swing: number
}

/** Triplets, as in a shuffle. */
export const triplets: Subdivision = { stepsPerBeat: 3, swing: 2 / 3 }

/** Straight sixteenths. */
export const evenSixteenths: Subdivision = { stepsPerBeat: 4, swing: 1 / 2 }

/** Sixteenths in a beat. */
const perBeat = 4

/** This near to a beat, a note is on it, early or late, and says nothing of how the beat is divided. */
const onBeat: Beats = 1 / 8

/** The fewest notes between the beats that say anything: fewer are chance. */
const fewest = 3

/** The least swing that is meant: less is a hand that drags. */
const leastSwing = 0.54

/** From here on, swung eighths are the first and the last of three triplets. */
export const leastTripletSwing = 0.59

/** The most: more is a dotted eighth and a sixteenth. */
const mostSwing = 0.73

/** A grid is heard where straight sixteenths are this many times further from the notes, in squares. */
const clear = 4

/**
 * Hears how the beat is divided: into sixteenths, straight or with swing, or into triplets. The notes between the beats
 * decide, by how far they are from each grid; a few notes on the other grid change nothing.
 *
 * @param onsets in beats, which are counted from the start of a measure.
 * @param unheard what counts where too few notes are between the beats.
 */
export function hearSubdivision(onsets: readonly Beats[], unheard: Subdivision = evenSixteenths): Subdivision {
  const phases = onsets.map((beat) => beat - Math.floor(beat))
  const between = phases.filter(isBetween)
  if (between.length < fewest) return unheard
  const late = median(between.filter((phase) => phase > 0.45 && phase < 0.78))
  // A hand that plays the whole line early or late plays no swing.
  const drag = mean(phases.filter((phase) => !isBetween(phase)).map((phase) => phase - Math.round(phase)))
  const swing = Math.round(1000 * (late === null ? 2 / 3 : late - drag)) / 1000
  const isNearer = (grid: readonly number[]) =>
    clear * meanSquare(between, grid) < meanSquare(between, [1 / 4, 1 / 2, 3 / 4])
  if (swing < leastSwing || swing > mostSwing) return evenSixteenths
  if (swing >= leastTripletSwing && isNearer([swing / 2, swing])) return { stepsPerBeat: 3, swing }
  return isNearer([swing / 2, swing, (1 + swing) / 2]) ? { stepsPerBeat: 4, swing } : evenSixteenths
}

/**
 * Hears whether a single beat is divided into sixteenths, 4, or into triplets, 3; where the music swings, the sixteenths may
 * be even against it.
 *
 * @param phases where its notes are on the straight grid, as parts of the beat.
 * @param sounding where they sound, with the swing.
 */
export function hearBeat(phases: readonly number[], sounding: readonly number[] = phases): 4 | 3 | 'even' {
  const between = phases.filter(isBetween)
  const fromSixteenths = meanSquare(between, [1 / 4, 1 / 2, 3 / 4])
  const fromTriplets = meanSquare(between, [1 / 3, 2 / 3])
  const fromEven = meanSquare(
    sounding.filter((_, index) => isBetween(phases[index] ?? 0)),
    [1 / 4, 1 / 2, 3 / 4],
  )
  if (clear * Math.min(fromTriplets, fromEven) >= fromSixteenths) return 4
  return fromTriplets <= fromEven ? 3 : 'even'
}

/** Whether a note is between the beats, and so says something of how they are divided. */
export function isBetween(phase: number): boolean {
  return phase > onBeat && phase < 1 - onBeat
}

/** The sixteenth of the straight grid that a note at a beat belongs to; exactly between two, the later one. */
export function sixteenthAt(beat: Beats, { stepsPerBeat, swing }: Subdivision): Steps {
  if (stepsPerBeat !== 3) return nearestStep(unswung(beat, eighths(swing)))
  // Between the last triplet and the next beat there is nothing.
  const whole = Math.floor(beat)
  const phase = beat - whole
  const third = [swing / 4, 0.75 * swing, (1 + swing) / 2].filter((border) => phase >= border).length
  return perBeat * whole + (third === 3 ? perBeat : third)
}

/** Where a sixteenth of the straight grid sounds. */
export function sixteenthBeat(sixteenth: Steps, { swing }: Subdivision): Beats {
  return swung(stepBeat(sixteenth), eighths(swing))
}

/** The sixths of a beat where its sixteenths are, if they swing. */
const sixths = [0, 2, 4, 5]

/** A sixteenth as a step of triplets and their halves. */
export function sixthOf(sixteenth: Steps): Steps {
  return 6 * Math.floor(sixteenth / perBeat) + (sixths[mod(sixteenth, perBeat)] as Steps)
}

/** Where a step of triplets and their halves sounds. */
export function sixthBeat(sixth: Steps, { swing }: Subdivision): Beats {
  return swung(unswung(sixth / 6, eighths(2 / 3)), eighths(swing))
}

/** A sixteenth as a step of the subdivision's own grid; on triplets, the last sixteenth of a beat is the last triplet. */
export function ownStep(sixteenth: Steps, { stepsPerBeat }: Subdivision): Steps {
  if (stepsPerBeat === perBeat) return sixteenth
  if (stepsPerBeat === 6) return sixthOf(sixteenth)
  const beat = Math.floor(sixteenth / perBeat)
  return stepsPerBeat * beat + Math.min(sixteenth - perBeat * beat, stepsPerBeat - 1)
}

function eighths(ratio: number): Swing {
  return { ratio, pair: 1 }
}

/** The mean square of how far phases are from the nearest place of a grid. */
function meanSquare(phases: readonly number[], grid: readonly number[]): number {
  return mean(phases.map((phase) => Math.min(...grid.map((place) => Math.abs(phase - place))) ** 2))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null
}
