import fc from 'fast-check'
import { expect, it } from 'vitest'
import { phraseRequests } from '../../../test/arbitraries/phrase-requests.ts'
import { randomModel, randomPhraseModel } from '../../../test/fakes/soloist.ts'
import { runs } from '../../../test/runs.ts'
import { finish } from '../../models/index.ts'
import { improvisePhrase } from './improvise-phrase.ts'
import type { PhraseRequest } from './request.ts'

const models = { phrase: randomPhraseModel(), solo: randomModel() }
const answer = (request: PhraseRequest) => finish(improvisePhrase(models, request)).notes

it('phrases end before the hand-over, note after note, in whatever metre and tempo', () => {
  fc.assert(
    fc.property(phraseRequests, (request) => {
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
    { numRuns: runs(2_000) },
  )
})

it('refuses models of other things with a sentence', () => {
  const [request] = fc.sample(phraseRequests, 1) as [PhraseRequest]
  const [phrase, solo] = [models.solo, models.phrase]
  expect(() => finish(improvisePhrase({ ...models, phrase }, request))).toThrow('plays no phrases')
  expect(() => finish(improvisePhrase({ ...models, solo }, request))).toThrow('answers no key presses')
})
