import { expect, it } from 'vitest'
import { randomSoloist } from '../../../test/fakes/soloist.ts'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { ownNotesOf } from './lead-notes.ts'

it('what a performer plays is kept: the top of chords, the chord that it is over, lengths and rests', () => {
  const performer = new Performer().do({ type: 'chart', chart: 'Dm7 | G7' }).act('count-in', 0).act('play')
  performer.play([note(0, 62, 0.5), note(1, 65, 1.5), note(1.01, 69, 1.5), note(1.02, 60, 1.5), note(5.5, 71, 0.25)])
  expect(ownNotesOf({ seed: 0, events: performer.events })).toEqual(
    [
      { pitch: 62, velocity: 80, since: null, beats: 0.5, place: 0, chord: { root: 2, kind: 'minor' } },
      { pitch: 69, velocity: 80, since: 1, beats: 1.51, place: 1.01, chord: { root: 2, kind: 'minor' } },
      { pitch: 71, velocity: 80, since: 4.5, beats: 0.25, place: 1.5, chord: { root: 7, kind: 'dominant' } },
    ].map((kept) => ({
      ...kept,
      velocity: expect.any(Number),
      beats: expect.closeTo(kept.beats),
      place: expect.closeTo(kept.place),
      since: kept.since === null ? null : expect.closeTo(kept.since),
    })),
  )
})

it('what a soloist chose is not the performer’s own, and a line begins anew after it', () => {
  const performer = new Performer(1, randomSoloist()).act('count-in', 0).act('play').act('improvise', true)
  performer.act('hand-over', 'count').act('notes', 2)
  performer.play([0, 1, 2, 3, 4, 5].map((beat) => note(beat, 60 + beat, 0.5)))
  const events = performer.events.flatMap((event) => {
    const sound = performer.effects.find(
      (effect) => effect.type === 'sound' && effect.at === event.at && event.type === 'noteOn',
    )
    const isAnswer = sound?.type === 'sound' && sound.by === 'machine'
    return [isAnswer && event.type === 'noteOn' ? { ...event, answer: sound.pitch } : event]
  })
  expect(ownNotesOf({ seed: 1, events }).map(({ pitch, since }) => [pitch, since])).toEqual([
    [60, null],
    [61, expect.closeTo(1)],
    [64, null],
    [65, expect.closeTo(1)],
  ])
})
