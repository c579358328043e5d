import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { song, writtenBass } from '../../test/songs.ts'
import type { Answer, DueNote, Happening, Question } from '../session/index.ts'
import { createLive, type Output, wakeMs } from './index.ts'

/** A rig whose clock is set by hand, and whose one output writes down what it is told. */
function stage(answer: (question: Question) => Promise<Answer | null> = async () => null) {
  let now = 0
  const told: { what: string; at: number; note?: DueNote }[] = []
  const output: Output = {
    sound: ({ track, pitch }) => told.push({ what: `sound ${track} ${pitch}`, at: now }),
    stop: ({ track, pitch }) => told.push({ what: `stop ${track} ${pitch}`, at: now }),
    schedule: (due, at) => told.push({ what: `${due.track} ${due.pitch}`, at, note: due }),
    silence: (track) => told.push({ what: `silence ${track}`, at: now }),
  }
  const clock = { now: () => now, of: (timeStamp: number) => timeStamp / 1000 }
  const live = createLive({ clock, outputs: [output], soloist: null, ask: answer, heard: () => {} }, 1)
  return {
    live,
    told,
    /** Wakes the session as often as it wants, or less often, until a moment. */
    runTo(until: number, everyMs: number = wakeMs) {
      for (; now < until; now = Math.min(until, now + everyMs / 1000)) live.wake()
      live.wake()
    },
    happen: (happening: Happening, at = now) => {
      now = Math.max(now, at)
      live.happen(happening, at)
    },
  }
}

const key = (pitch: number): Happening => ({ type: 'noteOn', pitch, velocity: 80 })
const keyUp = (pitch: number): Happening => ({ type: 'noteOff', pitch })

/** Records a bass of one measure at 120, from second 2 on; the count-in begins at 0. */
function withBass() {
  const rig = stage()
  rig.happen({ type: 'act', action: 'measures', value: 1 })
  rig.happen({ type: 'act', action: 'record-bass' })
  for (const { beat, pitch } of [note(0, 36), note(1.5, 38), note(3, 41)]) {
    rig.runTo(2 + beat / 2)
    rig.happen(key(pitch))
    rig.runTo(2 + beat / 2 + 0.2)
    rig.happen(keyUp(pitch))
  }
  return rig
}

describe('a live session', () => {
  it('hands every note of a loop over once, in time and exactly in its place', () => {
    const rig = withBass()
    rig.runTo(602)
    const bass = rig.told.flatMap(({ what, at, note }) => (note && what.startsWith('bass') && at < 602 ? [at] : []))
    expect(bass).toEqual(
      Array.from({ length: 299 }, (_, pass) => [0, 0.75, 1.5].map((place) => 4 + 2 * pass + place)).flat(),
    )
    expect([rig.live.trust.missed, rig.live.trust.lateness.quantile(1)]).toEqual([0, 0])
  })

  it('misses nothing when it is woken late, up to the look-ahead, and counts what it missed after that', () => {
    const [steady, sleepy] = [withBass(), withBass()]
    steady.runTo(60)
    sleepy.runTo(60, 130)
    const notes = ({ told }: typeof steady) =>
      told.flatMap(({ what, at, note }) => (note && at < 60 ? [`${what} ${at}`] : []))
    expect(notes(sleepy)).toEqual(notes(steady))
    expect(sleepy.live.trust.missed).toBe(0)
    sleepy.runTo(80, 5000)
    expect(sleepy.live.trust.missed).toBeGreaterThan(50)
  })

  it('sounds a key before anything else, and ends it', () => {
    const rig = stage()
    rig.happen(key(60))
    rig.happen(keyUp(60))
    expect(rig.told.map(({ what }) => what)).toEqual(['sound solo 60', 'stop solo 60'])
    expect(rig.live.trust.keys.count).toBe(1)
  })

  it('begins with the first click of the count-in, and stops at once', () => {
    const rig = stage()
    rig.happen({ type: 'act', action: 'play' }, 7)
    expect(rig.told.map(({ what, at }) => [what, at])).toEqual([['click 76', 7]])
    rig.runTo(7.7)
    rig.happen({ type: 'act', action: 'stop' })
    const count = rig.told.length
    expect(rig.told.at(-1)?.what).toBe('silence null')
    rig.runTo(9)
    expect(rig.told).toHaveLength(count)
  })

  it('goes on with the next song at once, in the middle of one', () => {
    const rig = stage()
    const songs = [36, 48].map((pitch) => song([{ play: true, metre: '4/4', loops: writtenBass(pitch, 1) }]))
    rig.happen({ type: 'setList', songs })
    rig.runTo(20.1)
    rig.told.length = 0
    rig.happen({ type: 'act', action: 'next-song' })
    rig.runTo(21.9)
    const bass = rig.told.flatMap(({ what, at }) => (what.startsWith('bass') ? [`${what} ${at.toFixed(1)}`] : []))
    expect(bass).toEqual(['bass 48 20.1', 'bass 49 20.6', 'bass 50 21.1', 'bass 51 21.6'])
    expect(rig.live.trust.missed).toBe(0)
  })

  it.each([
    ['late', 0.005, [2.005, 2.5, 3]],
    ['early', -0.005, [2, 2.5, 3]],
    ['far too late', 0.2, [2.5, 3]],
  ])('begins on the tapped beat, though it is told to %s', (_, late, clicks) => {
    const rig = stage()
    for (const at of [0, 0.5, 1, 1.5]) rig.happen({ type: 'act', action: 'tap' }, at)
    rig.happen({ type: 'act', action: 'play' }, 2 + late)
    rig.runTo(3.2)
    const begun = rig.told.flatMap(({ what, at }) => (what.startsWith('click') && at < 3.2 ? [at] : []))
    expect(begun).toEqual(clicks.map((at) => expect.closeTo(at, 6)))
    expect(rig.live.trust.missed).toBe(0)
  })

  it('passes questions on, and answers back as events', async () => {
    const asked: Question[] = []
    const rig = stage(async (question) => {
      asked.push(question)
      return { type: 'melody', pitches: [90] }
    })
    rig.happen({ type: 'act', action: 'live', value: 0 })
    rig.happen({ type: 'act', action: 'notes', value: 1 })
    rig.happen({ type: 'act', action: 'improvise', value: 1 })
    rig.happen(key(60))
    await Promise.resolve()
    await Promise.resolve()
    rig.happen(key(61))
    expect(asked).toHaveLength(1)
    expect(rig.told.map(({ what }) => what)).toEqual(['sound solo 60', 'sound solo 90'])
  })
})
