import fc from 'fast-check'
import { closenesses, type PhraseRequest } from '../../src/improv/index.ts'
import { measureBeats, type Note, parseChart, parseMetre } from '../../src/music/index.ts'

const metres = ['3/4', '4/4', '5/4', '7/8', '12/8'].map(parseMetre)
const chart = parseChart('Dm7 | G7 | Cmaj7 | A7').flat()

/** A call of some notes, the last of which ends as the turn begins. */
export function callOf(lengths: readonly number[]): Note[] {
  let beat = -lengths.reduce((sum, length) => sum + length, 0)
  return lengths.map((beats, index) => {
    const note = { pitch: 60 + ((index * 5) % 19), velocity: 60 + ((index * 17) % 50), beat, beats: 0.8 * beats }
    beat += beats
    return note
  })
}

/** Turns of every length, metre and tempo, after any call, over chords that may change with every eighth. */
export const phraseRequests: fc.Arbitrary<PhraseRequest> = fc
  .record({
    lengths: fc.array(fc.constantFrom(0.25, 1 / 3, 0.5, 1, 3), { maxLength: 24 }),
    measures: fc.oneof(fc.constant(1 / 16), fc.integer({ min: 1, max: 16 })),
    metre: fc.constantFrom(...metres),
    bpm: fc.double({ min: 60, max: 300, noNaN: true }),
    ratio: fc.double({ min: 0.5, max: 0.75, noNaN: true }),
    placed: fc.double({ min: 0, max: 0.99, noNaN: true }),
    played: fc.double({ min: 0, max: 0.9, noNaN: true }),
    closeness: fc.constantFrom(...closenesses),
    chordEvery: fc.constantFrom(null, 0.5, 4),
    seed: fc.nat(),
  })
  .map(({ lengths, measures, metre, bpm, ratio, placed, played, closeness, chordEvery, seed }) => {
    const beats = measures * measureBeats(metre)
    const count = chordEvery === null ? 0 : Math.ceil(beats / chordEvery)
    return {
      call: callOf(lengths),
      beats,
      from: played < 0.5 ? 0 : played * beats,
      metre,
      place: placed < 0.5 ? 0 : placed * measureBeats(metre),
      bpm,
      swing: { ratio, pair: 1 },
      chords: Array.from({ length: count }, (_, index) => ({
        beat: index * Number(chordEvery),
        chord: chart[index % chart.length] ?? null,
      })),
      closeness,
      temperature: 1,
      harmony: 0,
      memory: 0.6,
      range: [40, 90],
      seed,
    }
  })
