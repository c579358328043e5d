import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import { song, writtenBass } from '../../../test/songs.ts'
import { measureBeats, metreName, parseMetre } from '../../music/index.ts'
import { secondsAt } from '../../timing/index.ts'
import { otherReadings } from './index.ts'

/** Four measures of a bassline at about 104, faster towards the end. */
const line = Array.from({ length: 32 }, (_, eighth) => ({
  eighth,
  pitch: [36, 36, 43, 36, 41, 36, 43, 40][eighth % 8] as number,
}))
const drifting = (beat: number) => 2 + (60 / 104) * (beat - 0.0012 * beat * beat)

function playsFreely(performer: Performer, at: (beat: number) => number, beats = 16): Performer {
  performer.act('free-bass', undefined, at(0) - 0.01)
  for (const { eighth, pitch } of line.filter(({ eighth }) => eighth < 2 * beats)) {
    performer.do({ type: 'noteOn', pitch, velocity: 90 }, at(eighth / 2))
    performer.do({ type: 'noteOff', pitch }, at(eighth / 2 + 0.4))
  }
  return performer.act('free-bass', undefined, at(beats) + 0.015)
}

describe('foot down, play, foot down', () => {
  it('goes round in the tempo and the metre that were played, and the drums come in on beat one', () => {
    const performer = playsFreely(new Performer(), drifting)
    const { material, transport, settings } = performer.state
    expect(material.loops.bass).toMatchObject({ measures: 4, metre: { numerator: 4, denominator: 4 } })
    expect(transport.playing).toBe(true)
    const mean = (60 * 16) / (drifting(16) - drifting(0))
    expect(Math.abs(settings.tempo / mean - 1)).toBeLessThan(0.01)
    const kick = performer.due('drums', 0, 16).find(({ drum }) => drum === 'kick')
    expect(performer.secondsAt(kick?.beat ?? -1)).toBeCloseTo(drifting(16), 1)
    expect(performer.due('bass', 0, 16).map(({ beat, pitch }) => [Math.round(beat * 2), pitch])).toEqual(
      line.map(({ eighth, pitch }) => [eighth, pitch]),
    )
  })

  it.each([
    [0.04, 8],
    [0.3, 7],
  ])('has a first note that was %d s before the foot, if that is as good as together: %d of 8', (late, count) => {
    const performer = new Performer().act('keys', 'bass')
    for (let beat = 0; beat < 8; beat++) {
      performer.do({ type: 'noteOn', pitch: 36 + beat, velocity: 90 }, 2 + beat / 2)
      if (beat === 0) performer.act('free-bass', undefined, 2 + late)
      performer.do({ type: 'noteOff', pitch: 36 + beat }, 2.4 + beat / 2)
    }
    const { bass } = performer.act('free-bass', undefined, 6 + late).state.material.loops
    expect(bass?.notes).toHaveLength(count)
    expect(bass?.notes.find(({ pitch }) => pitch === 37)?.beats).toBeCloseTo(0.8, 1)
    if (count === 8) expect(bass?.notes[0]).toMatchObject({ pitch: 36, beats: expect.closeTo(0.72, 1) })
  })

  it('goes by a clock that counts: in its tempo, from its nearest beat on, in any metre', () => {
    for (const [past, end] of [
      [0.5, 2 + 16 * 0.6 + 0.3],
      [null, null],
    ] as const) {
      const performer = new Performer().act('free-bass', undefined, 1.9)
      performer.do({ type: 'clock', bpm: 100, past }, 2)
      playsFreely(performer, (beat) => 2.3 + 0.59 * beat)
      const { settings, transport, material } = performer.state
      expect(settings.tempo).toBe(100)
      expect(material.loops.bass).toMatchObject({ measures: 4, metre: { numerator: 4, denominator: 4 } })
      expect(secondsAt(transport.timeline, 0)).toBeCloseTo(end ?? performer.at, 6)
    }
  })

  it.each(['6/8', '12/8', '9/8', '3+2+2/8'])('is in the metre that was chosen, where one was: %s', (text) => {
    const metre = parseMetre(text)
    const performer = new Performer().do({ type: 'metre', metre: text })
    for (const start of [0, 40]) {
      playsFreely(performer, (beat) => start + 2 + beat / 2, 4 * measureBeats(metre)).act('stop')
      expect(performer.state.material.loops.bass).toMatchObject({ measures: 4, metre })
      expect(performer.state.settings.tempo).toBeCloseTo(120, 0)
    }
  })

  it('has no click and no tempo meanwhile', () => {
    const performer = new Performer().act('free-bass', undefined, 1)
    performer.do({ type: 'noteOn', pitch: 40, velocity: 80 }, 2)
    expect(performer.state.transport.playing).toBe(false)
    expect(performer.due('click', 0, 8)).toEqual([])
  })

  it('is undone while it is recorded, and afterwards', () => {
    const performer = new Performer().act('free-bass', undefined, 1).do({ type: 'noteOn', pitch: 40, velocity: 80 }, 2)
    expect(performer.act('undo').state.recording.free).toBeNull()
    playsFreely(performer, (beat) => drifting(beat) + 5)
    expect(performer.act('undo').state.material.loops.bass).toBeNull()
  })

  it('is over with stop, play and another record, too: nothing is lost', () => {
    for (const action of ['stop', 'play', 'record-bass', 'record-chords'] as const) {
      const performer = new Performer().act('free-bass', undefined, 1)
      for (const { eighth, pitch } of line) performer.do({ type: 'noteOn', pitch, velocity: 80 }, 1 + eighth / 4)
      performer.act(action, undefined, 9)
      expect(performer.state.material.loops.bass?.notes).toHaveLength(32)
      expect(performer.state.recording.armed?.track).toBe(action === 'record-chords' ? 'chords' : undefined)
      expect(performer.state.transport.playing).toBe(action !== 'stop')
    }
  })

  it('goes on where it is too short for a measure', () => {
    const performer = new Performer().act('free-bass', undefined, 1).act('free-bass', undefined, 1.1)
    expect(performer.notices).toEqual(['free-too-short'])
    expect(performer.state.recording.free).not.toBeNull()
  })

  it('of one note is as long as from the note to the press', () => {
    const performer = new Performer().act('free-bass', undefined, 1)
    performer.do({ type: 'noteOn', pitch: 40, velocity: 80 }, 1.5).act('free-bass', undefined, 5.5)
    const { material, settings } = performer.state
    const loop = material.loops.bass
    expect(loop?.notes).toHaveLength(1)
    expect(loop && (loop.measures * measureBeats(loop.metre) * 60) / settings.tempo).toBeCloseTo(4, 6)
    expect(performer.notices).toEqual(['free-guessed'])
  })

  it('goes along with music that plays already', () => {
    const performer = new Performer().act('count-in', 0).act('play').act('free-chords', undefined, 1)
    expect(performer.notices).toEqual(['free-in-tempo'])
    expect(performer.state.recording.armed?.track).toBe('chords')
  })
})

/** When each note of the bass is heard in a loop's pass from now on. */
function heard(performer: Performer, seconds: number): number[] {
  const from = performer.beat
  const to = from + (seconds * performer.state.settings.tempo) / 60
  return performer.due('bass', from, to).map(({ beat }) => Math.round(1000 * performer.secondsAt(beat)))
}

describe('a wrong guess', () => {
  it.each(['half-time', 'double-time', 'other-metre'] as const)(
    'is mended by %s, and nothing sounds elsewhere',
    (action) => {
      const performer = playsFreely(new Performer(), (beat) => 2 + beat / 2).act('quantise', 0)
      performer.do({ type: 'tick' }, 13.3)
      const { tempo } = performer.state.settings
      const before = heard(performer, 6)
      performer.act(action)
      const after = heard(performer, 6)
      for (const at of before) expect(after.some((other) => Math.abs(other - at) < 25)).toBe(true)
      if (action !== 'other-metre')
        expect(performer.state.settings.tempo / tempo).toBeCloseTo(action === 'half-time' ? 0.5 : 2)
      else expect(metreName(performer.state.transport.form.metre)).not.toBe('4/4')
    },
  )

  it('is heard so at once the next time, in about that tempo', () => {
    const performer = playsFreely(new Performer(), (beat) => 2 + beat / 2)
    const { tempo } = performer.state.settings
    expect(otherReadings(performer.state)).toMatchObject({ 'half-time': '60', 'double-time': '240' })
    performer.do({ type: 'tick' }, 12.1).act('half-time').act('stop', undefined, 13)
    playsFreely(performer, (beat) => 20 + beat / 2.06)
    expect(performer.state.settings.tempo / tempo).toBeCloseTo(1.03 / 2, 2)
  })

  it('of a metre is mended for the next take, too', () => {
    const performer = playsFreely(new Performer(), (beat) => 2 + beat / 2)
    performer.do({ type: 'tick' }, 12.1).act('other-metre').act('stop', undefined, 13)
    const { metre } = performer.state.transport.form
    expect(metreName(metre)).not.toBe('4/4')
    playsFreely(performer, (beat) => 20 + beat / 2)
    expect(performer.state.material.loops.bass?.metre).toEqual(metre)
  })

  it('is what was before after the opposite press', () => {
    const performer = playsFreely(new Performer(), (beat) => 2 + beat / 2)
    const { tempo } = performer.state.settings
    const notes = performer.state.material.loops.bass?.notes ?? []
    performer.do({ type: 'tick' }, 12.1).act('double-time').act('half-time')
    expect(performer.state.settings.tempo).toBeCloseTo(tempo, 9)
    for (const [index, note] of (performer.state.material.loops.bass?.notes ?? []).entries()) {
      expect(note.beat).toBeCloseTo(notes[index]?.beat ?? -1, 6)
    }
  })

  it('is nothing where nothing was recorded freely, or where a song’s loop plays by now', () => {
    expect(new Performer().act('half-time').notices).toEqual(['nothing-free'])
    const performer = playsFreely(new Performer(), (beat) => 2 + beat / 2)
    const { metre, measures } = performer.state.material.loops.bass ?? { metre: parseMetre('4/4'), measures: 1 }
    const loops = writtenBass(40, measures, measureBeats(metre))
    performer.do({ type: 'setList', songs: [song([{ metre: metreName(metre), loops }])] })
    expect(otherReadings(performer.state)).toEqual({})
    expect(performer.act('half-time').notices).toContain('nothing-free')
    performer.act('undo').act('undo')
    expect(otherReadings(performer.state)).toHaveProperty('half-time')
  })
})

it('presses and keys in any order lose no note of a take, and leave no key recorded', () => {
  const press = fc.constantFrom(
    'free-bass',
    'free-chords',
    'record-bass',
    'half-time',
    'double-time',
    'other-metre',
    'play',
    'stop',
    'undo',
  )
  const deed = fc.oneof(press, fc.integer({ min: 40, max: 52 }))
  const deeds = fc.array(fc.tuple(deed, fc.double({ min: 0, max: 2, noNaN: true })), { maxLength: 40 })
  fc.assert(
    fc.property(deeds, (deeds) => {
      const performer = new Performer()
      let at = 0
      for (const [deed, wait] of deeds) {
        at += wait
        const { free } = performer.state.recording
        if (typeof deed === 'number') {
          performer
            .do({ type: 'noteOn', pitch: deed, velocity: 80 }, at)
            .do({ type: 'noteOff', pitch: deed }, at + 0.05)
          continue
        }
        performer.act(deed, undefined, at)
        const { recording, material } = performer.state
        if (!free || recording.free || deed === 'undo') continue
        const loop = material.loops[free.track]
        expect(loop).not.toBeNull()
        expect(loop?.notes.length ?? 0).toBeLessThanOrEqual(free.notes.length)
        if (free.notes.length > 0) expect(loop?.notes.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: runs(200) },
  )
})
