import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { openCheckpoint } from '../../io/checkpoints/node.ts'
import { createModel, finish, type Model } from '../../models/index.ts'
import { measureBeats, type Note, parseChart, parseMetre } from '../../music/index.ts'
import { improvisePhrase } from './improvise-phrase.ts'
import { closenesses, type PhraseRequest } from './request.ts'

const metres = ['3/4', '4/4', '5/4', '7/8', '12/8'].map(parseMetre)
const chart = parseChart('Dm7 | G7 | Cmaj7 | A7').flat()

/** A call of some notes, the last of which ends as the turn begins. */
function callOf(lengths: readonly number[]): Note[] {
  let beat = -lengths.reduce((sum, length) => sum + length, 0)
  return lengths.map((beats, index) => {
    const note = { pitch: 60 + ((index * 5) % 19), velocity: 60 + ((index * 17) % 50), beat, beats: 0.8 * beats }
    beat += beats
    return note
  })
}

const requests: fc.Arbitrary<PhraseRequest> = fc
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
      range: [40, 90],
      seed,
    }
  })

describe('phrases of its own, by the shipped models', () => {
  let models: { phrase: Model; solo: Model }
  beforeAll(async () => {
    const open = async (name: string) => createModel(await openCheckpoint(name), name)
    models = { phrase: await open('phrase'), solo: await open('solo') }
  })
  const answer = (request: PhraseRequest) => finish(improvisePhrase(models, request)).notes

  it('end before the hand-over, note after note, in whatever metre and tempo', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const notes = answer(request)
        for (const [index, { pitch, velocity, beat, beats }] of notes.entries()) {
          expect(beat).toBeGreaterThanOrEqual(request.from - 1e-9)
          expect(beats).toBeGreaterThan(0)
          expect(beat + beats).toBeLessThan(request.beats)
          expect(beat + beats).toBeLessThanOrEqual((notes[index + 1]?.beat ?? request.beats) + 1e-9)
          expect(pitch).toSatisfy((each: number) => Number.isInteger(each) && each >= 40 && each <= 90)
          expect(velocity).toSatisfy((each: number) => Number.isInteger(each) && each >= 1 && each <= 127)
        }
        if (request.beats - request.from >= 4) expect(notes.length).toBeGreaterThan(0)
      }),
      { numRuns: runs(20) },
    )
  })

  it('are the same for the same seed, and others for another', () => {
    const request = { ...fc.sample(requests, { numRuns: 1, seed: 1 })[0], beats: 16, from: 0 } as PhraseRequest
    expect(answer(request)).toEqual(answer(request))
    expect(answer({ ...request, seed: request.seed + 1 })).not.toEqual(answer(request))
  })

  it('repeat the rhythm of the call where they echo it', () => {
    const call = callOf([0.5, 0.5, 1, 0.5, 0.5, 1])
    const [request] = fc.sample(requests, { numRuns: 1, seed: 1 }) as [PhraseRequest]
    const four = { metre: parseMetre('4/4'), beats: 4, from: 0, place: 0, bpm: 120, swing: { ratio: 0.5, pair: 1 } }
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const shared = (closeness: PhraseRequest['closeness']) =>
      seeds.flatMap((seed) => {
        const notes = answer({ ...request, ...four, call, chords: [], closeness, seed })
        return call.filter(({ beat }) => notes.some((note) => Math.abs(note.beat - beat - 4) < 0.01))
      }).length
    expect(shared('echo')).toBeGreaterThan(0.9 * 20 * call.length)
    expect(shared('echo')).toBeGreaterThan(shared('vary'))
    expect(shared('vary')).toBeGreaterThan(shared('contrast'))
  })
})
