import type { LineMemory, Soloist } from '../../src/improv/index.ts'

/**
 * A soloist without a model. Each pitch depends on everything that it has been told so far, to the last digit: so its
 * answers are others as soon as it is told anything else.
 */
export const attentiveSoloist: Soloist = {
  temperature: 1,
  silence: memoryOf(0),
  hear: (memory, press, pitch) => memoryOf(mixed(memory, press, pitch)),
  answer(memory, press, { random, hand, harmony, contour, temperature, range }) {
    if (memory === attentiveSoloist.silence) return null
    const [lowest, highest] = range
    const sum = mixed(memory, press, [random.next(), hand, harmony, contour, temperature, lowest, highest])
    const pitch = lowest + (sum % (highest - lowest + 1))
    return { pitch, memory: memoryOf(sum) }
  },
  prepare() {},
  forgetPerformer() {},
  learn() {},
}

/** What a soloist was told of the harmony at a key press: the chord, the next one, and how many beats it is away. */
export type Told = readonly [chord: string | null, next: string | null, beats: number]

/**
 * The same soloist, who is told the harmony as version 1 heard it: press by press, instead of what is heard today. For
 * recorded performances whose chords, played and not typed, have other names now.
 */
export function toldAs(told: readonly Told[]): Soloist {
  let count = 0
  const then = (press: Press): Press => {
    const [chord, next, beatsToNextChord] = told[count++] ?? [null, null, Number.NaN]
    const named = (symbol: string | null) =>
      symbol === null ? null : { symbol, root: 0, bass: 0, tones: [], scale: [] }
    return { ...press, chord: named(chord), nextChord: named(next), beatsToNextChord }
  }
  return {
    ...attentiveSoloist,
    hear: (memory, press, pitch) => attentiveSoloist.hear(memory, then(press), pitch),
    answer: (memory, press, choice) => attentiveSoloist.answer(memory, then(press), choice),
  }
}

type Press = Parameters<Soloist['hear']>[1]

/** Nobody but the soloist looks into its memory. */
function memoryOf(sum: number): LineMemory {
  return { sum } as unknown as LineMemory
}

function mixed(memory: LineMemory, press: Press, more: unknown): number {
  const { sum } = memory as unknown as { readonly sum: number }
  const { seconds, bpm, place, measure, released, chord, nextChord, beatsToNextChord } = press
  const known = [seconds, bpm, place, measure, released, chord?.symbol, nextChord?.symbol, beatsToNextChord]
  let mix = sum
  for (const letter of JSON.stringify([known, more])) mix = (Math.imul(mix, 31) + letter.charCodeAt(0)) >>> 0
  return mix
}
