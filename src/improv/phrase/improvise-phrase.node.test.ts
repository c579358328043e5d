import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { callOf, phraseRequests } from '../../../test/arbitraries/phrase-requests.ts'
import { openCheckpoint } from '../../io/checkpoints/node.ts'
import { createModel, finish, type Model } from '../../models/index.ts'
import { parseMetre } from '../../music/index.ts'
import { improvisePhrase } from './improvise-phrase.ts'
import type { PhraseRequest } from './request.ts'

describe('phrases of its own, by the shipped models', () => {
  let models: { phrase: Model; solo: Model }
  beforeAll(async () => {
    const open = async (name: string) => createModel(await openCheckpoint(name), name)
    models = { phrase: await open('phrase'), solo: await open('solo') }
  })
  const answer = (request: PhraseRequest) => finish(improvisePhrase(models, request)).notes

  it('are the same for the same seed, and others for another', () => {
    const request = { ...fc.sample(phraseRequests, { numRuns: 1, seed: 1 })[0], beats: 16, from: 0 } as PhraseRequest
    expect(answer(request)).toEqual(answer(request))
    expect(answer({ ...request, seed: request.seed + 1 })).not.toEqual(answer(request))
  })

  it('divide the beat as the call does', () => {
    const [request] = fc.sample(phraseRequests, { numRuns: 1, seed: 1 }) as [PhraseRequest]
    const four = { metre: parseMetre('4/4'), beats: 16, from: 0, place: 0, bpm: 120, swing: { ratio: 0.5, pair: 1 } }
    const calls = [
      {
        call: callOf([...Array.from({ length: 24 }, () => 0.5), 0.25, 0.25, ...Array.from({ length: 11 }, () => 0.5)]),
        by: 4,
      },
      { call: callOf(Array.from({ length: 30 }, () => 1 / 3)), by: 6 },
    ]
    for (const { call, by } of calls) {
      for (let seed = 0; seed < 8; seed++) {
        const notes = answer({ ...request, ...four, call, chords: [], closeness: 'vary', seed })
        // Each phrase's own first and last notes, too.
        for (const { beat } of notes) expect(Math.abs(by * beat - Math.round(by * beat))).toBeLessThan(0.01)
      }
    }
  })

  it('repeat the rhythm of the call where they echo it', () => {
    const call = callOf([0.5, 0.5, 1, 0.5, 0.5, 1])
    const [request] = fc.sample(phraseRequests, { numRuns: 1, seed: 1 }) as [PhraseRequest]
    const four = { metre: parseMetre('4/4'), beats: 4, from: 0, place: 0, bpm: 120, swing: { ratio: 0.5, pair: 1 } }
    const seeds = Array.from({ length: 16 }, (_, seed) => seed)
    const shared = (closeness: PhraseRequest['closeness']) =>
      seeds.flatMap((seed) => {
        const notes = answer({ ...request, ...four, call, chords: [], closeness, seed })
        return call.filter(({ beat }) => notes.some((note) => Math.abs(note.beat - beat - 4) < 0.01))
      }).length
    expect(shared('echo')).toBeGreaterThan(0.9 * seeds.length * call.length)
    expect(shared('echo')).toBeGreaterThan(shared('vary'))
    expect(shared('vary')).toBeGreaterThan(shared('contrast'))
  })
})
