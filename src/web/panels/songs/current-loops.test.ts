import { describe, expect, it } from 'vitest'
import { note } from '../../../../test/notes.ts'
import { Performer } from '../../../../test/performer.ts'
import { pedal, song, stageWith, writtenBass } from '../../../../test/songs.ts'
import { answered, goOn, withBand } from '../../../../test/with-band.ts'
import { bassline, fixedGroove } from '../../../groove/index.ts'
import { fourFour } from '../../../music/index.ts'
import { chordsBetween } from '../../../session/index.ts'
import { currentLoops } from './current-loops.ts'
import { playable, troubleWith } from './draft.ts'
import { songNow } from './song-now.ts'

const recorded = () =>
  new Performer()
    .act('count-in', 0)
    .act('record-bass')
    .play([note(0, 36, 0.5), note(1.50004, 43), note(7, 41, 0.9)])
    .wait(9)

describe('loops as a section has them', () => {
  it('are those that go round, in their metre, without the groove that follows from the bass', () => {
    expect(currentLoops(recorded().state)).toEqual({
      metre: '4/4',
      loops: {
        bass: {
          measures: 2,
          notes: [
            { pitch: 36, beat: 0, beats: 0.5, velocity: 90 },
            { pitch: 43, beat: 1.5, beats: 0.5, velocity: 90 },
            { pitch: 41, beat: 7, beats: 0.9, velocity: 90 },
          ],
        },
      },
    })
  })

  it('begin with the bass, all of them, wherever in the form it stands', () => {
    const performer = recorded().act('measures', 3).act('record-chords')
    performer.play([note(0, 60), note(4, 67), note(8, 64)], 16).wait(29)
    performer.do({ type: 'chart', chart: 'C | F | %' })
    expect(performer.state.material.loops.chords?.phase).toBe(1)
    const { loops, chart } = currentLoops(performer.state)
    const again = stageWith(song([{ play: true, metre: '4/4', loops, chart }])).wait(1)
    const sounds = (of: Performer, from: number) =>
      (['bass', 'chords'] as const).map((track) =>
        of.due(track, from, from + 24).map(({ pitch, beat }) => [pitch, beat - from]),
      )
    expect(sounds(again, 24)).toEqual(sounds(performer, 48))
    const harmony = (of: Performer, from: number) =>
      chordsBetween(of.state, from, from + 24).map(({ beat, chord }) => [chord?.symbol, beat])
    expect(harmony(again, 24)).toEqual(harmony(performer, 48))
  })

  it('go with the band, which plays again', () => {
    const performer = goOn(withBand().act('band-style', 'bossa'), 5)
    const made = songNow(performer.state)
    expect(made.sections[0]).toMatchObject({
      chart: 'Dm7 | G7 | Cmaj7 | A7',
      set: { 'source-bass': 'band', 'source-chords': 'band', 'band-style': 'bossa' },
    })
    expect(made.sections[0]?.loops).toBeUndefined()
    const again = stageWith(...(playable([made]) ?? []))
      .act('count-in', 1)
      .act('play')
    expect(goOn(answered(again), 5).due('bass', 4, 8).length).toBeGreaterThan(0)
  })

  it('are nothing but the metre where there are none', () => {
    expect(currentLoops(new Performer().state)).toEqual({ metre: '4/4' })
  })

  it('can be played: the same sounds again', () => {
    const performer = recorded().do({ type: 'chart', chart: 'C | F' })
    const written = song([{ play: true, ...currentLoops(performer.state) }])
    expect(troubleWith(written)).toBeNull()
    const again = stageWith(written)
    const bass = (of: Performer, from: number) =>
      of.due('bass', from, from + 8).map(({ pitch, beat, velocity }) => [pitch, beat - from, velocity])
    expect(bass(again, 8)).toEqual(bass(performer, 16))
    expect(again.state.material.chart?.text).toBe('C | F')
  })

  it('begin with a first note that was played early', () => {
    const performer = new Performer().act('count-in', 1).act('record-bass')
    performer.play([note(-0.05, 36, 0.4), note(2, 38)]).wait(9)
    expect(performer.state.material.loops.bass?.notes[0]?.beat).toBeLessThan(0)
    expect(currentLoops(performer.state).loops?.bass?.notes[0]?.beat).toBe(0)
  })

  it('fit the metre that is counted now', () => {
    const performer = recorded().act('play').do({ type: 'metre', metre: '7/8' })
    const { metre, loops } = currentLoops(performer.state)
    expect(metre).toBe('7/8')
    expect(loops?.bass?.notes.map(({ beat }) => beat)).toEqual([0, 1.5, 6.5])
    expect(troubleWith(song([currentLoops(performer.state)]))).toBeNull()
  })

  it('bring the model’s groove, as hard as it is touched', () => {
    const performer = recorded().act('new-groove')
    const plain = fixedGroove(bassline([note(0)], fourFour, 2))
    const felt = { ...plain, hits: plain.hits.map((hit) => ({ ...hit, velocity: 20, offsetMs: 5 })) }
    performer.do({ type: 'answer', job: 'groove', request: 1, answer: { plain, felt } }).wait(24)
    const { loops } = currentLoops(performer.state)
    expect(loops?.drums?.hits).toHaveLength(plain.hits.length)
    expect(new Set(loops?.drums?.hits.map(({ velocity }) => velocity))).toEqual(new Set([20]))
    expect(troubleWith(song([currentLoops(performer.state)]))).toBeNull()
  })

  it('keep the triplets of a song’s drums', () => {
    const hits = [0, 4, 10].map((step) => ({ step, drum: 'ride' as const, velocity: 70 }))
    const drums = { measures: 1, hits, stepsPerBeat: 6 as const }
    const performer = pedal(stageWith(song([{}, { metre: '4/4', loops: { ...writtenBass(36), drums } }])))
    expect(currentLoops(performer.state).loops?.drums).toEqual(drums)
  })

  it('bring the drums that a song has written', () => {
    const drums = { measures: 1, hits: [{ step: 4, drum: 'snare' as const }] }
    const performer = pedal(stageWith(song([{}, { metre: '4/4', loops: { ...writtenBass(36), drums } }])))
    expect(currentLoops(performer.state).loops?.drums).toEqual({
      measures: 1,
      hits: [{ step: 4, drum: 'snare', velocity: 96 }],
    })
  })
})

describe('what goes round, as a song to share', () => {
  it('swings as it does', () => {
    const performer = recorded().act('swing', 2 / 3)
    const shared = songNow(performer.state)
    expect(troubleWith(shared)).toBeNull()
    const again = stageWith(...(playable([shared]) ?? [])).act('play')
    const bass = (of: Performer, from: number) => of.due('bass', from, from + 8).map(({ beat }) => beat - from)
    expect(bass(again, 8)).toEqual(bass(performer, 16).map((beat) => expect.closeTo(beat, 9)))
  })

  it('says nothing of swing where it is straight', () => {
    expect(songNow(recorded().state).sections[0]).not.toHaveProperty('set')
  })
})
