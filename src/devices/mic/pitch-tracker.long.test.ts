import { describe, expect, it } from 'vitest'
import {
  hertzOf,
  type Instrument,
  noise,
  type Played,
  pluckedBass,
  sampleRate,
  soundOf,
} from '../../../test/instruments.ts'
import { runs, some } from '../../../test/runs.ts'
import { seeded } from '../../models/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import { createPitchTracker, type TrackedNote } from './pitch-tracker.ts'

/** Plays pitches one after another, the first at 0.3 s. */
const inTurn = (pitches: readonly MidiPitch[], every: number, seconds: number): Played[] =>
  pitches.map((pitch, index) => ({ pitch, at: 0.3 + index * every, seconds }))

/** A vowel with vibrato and breath. */
const voice: Instrument = (hertz, time, { seconds, level = 0.3 }, random) => {
  const phase = hertz * (time - (0.018 * Math.min(1, time / 0.15) * Math.cos(2 * Math.PI * 5.5 * time)) / 34.6)
  let wave = 0.02 * noise(random)
  for (let harmonic = 1; harmonic <= 20 && harmonic * hertz < 8000; harmonic++) {
    const formant = (centre: number, width: number) => Math.exp(-(((harmonic * hertz - centre) / width) ** 2))
    const strength = (formant(600, 350) + 0.6 * formant(1100, 300) + 0.3 * formant(2600, 500) + 0.1) / harmonic ** 0.5
    wave += strength * Math.sin(2 * Math.PI * harmonic * phase)
  }
  return level * wave * Math.min(1, time / 0.04) * Math.exp(-Math.max(0, time - seconds) / 0.015)
}

/** A plain tone that goes from pitch to pitch without a new attack, each glide around the note's beginning. */
function slurred(notes: readonly Played[]): Float32Array {
  const random = seeded(2)
  const last = notes.at(-1) as Played
  let phase = 0
  return Float32Array.from({ length: Math.ceil((last.at + last.seconds) * sampleRate) }, (_, at) => {
    const time = at / sampleRate
    const index = Math.max(
      0,
      notes.findLastIndex((note) => note.at - 0.015 <= time),
    )
    const [before, note] = [notes[index - 1] ?? notes[0], notes[index]] as [Played, Played]
    const moved = Math.min(1, (time - note.at + 0.015) / 0.03)
    phase += hertzOf(before.pitch + (note.pitch - before.pitch) * moved) / sampleRate
    const wave = Math.sin(2 * Math.PI * phase) + 0.4 * Math.sin(4 * Math.PI * phase)
    return 0.2 * wave * Math.min(1, Math.max(0, (time - 0.3) / 0.02)) + 0.001 * noise(random)
  })
}

function hear(samples: Float32Array, block = 128): TrackedNote[] {
  const tracker = createPitchTracker(sampleRate)
  const heard: TrackedNote[] = []
  for (let at = 0; at < samples.length; at += block) heard.push(...tracker.listen(samples.subarray(at, at + block)))
  return [...heard, ...tracker.letGo()]
}

const begins = (heard: readonly TrackedNote[]) =>
  heard.flatMap(({ input, at }) => (input.type === 'noteOn' ? [{ ...input, at }] : []))

/** All notes were heard, nothing else, and each within 15 ms of where it began. */
function expectHeard(heard: readonly TrackedNote[], notes: readonly Played[]) {
  const heardNotes = begins(heard)
  expect(heardNotes.map(({ pitch }) => pitch)).toEqual(notes.map(({ pitch }) => pitch))
  const late = heardNotes.map(({ at }, index) => Math.abs(at - (notes[index] as Played).at))
  expect(Math.max(...late)).toBeLessThan(0.015)
}

const scale = [0, 2, 4, 5, 7, 9, 11, 12]
const riff = [0, 0, 3, 3, 7, 7, 10, 12]
const from = (lowest: MidiPitch, steps: readonly number[]) => steps.map((step) => lowest + step)

describe('a pitch tracker', () => {
  it.each(some([28, 33, 40, 45, 52, 60, 72]))('hears a plucked scale and a riff from pitch %d on', (lowest) => {
    for (const notes of [inTurn(from(lowest, scale), 0.4, 0.35), inTurn(from(lowest, riff), 0.3, 0.25)]) {
      expectHeard(hear(soundOf(notes, pluckedBass)), notes)
    }
  })

  it.each(some([40, 45, 52, 60, 67, 72]))('hears a sung scale, and notes repeated, from pitch %d on', (lowest) => {
    for (const notes of [inTurn(from(lowest, scale), 0.5, 0.4), inTurn(from(lowest, riff), 0.35, 0.25)]) {
      expectHeard(hear(soundOf(notes, voice)), notes)
    }
  })

  it('hears where a slurred line goes on', () => {
    const notes = inTurn([57, 59, 60, 64, 62, 69, 57, 58], 0.4, 0.4)
    expectHeard(hear(slurred(notes)), notes)
  })

  it('hears strings that ring into each other, and are struck again', () => {
    const notes = inTurn(from(40, [0, 0, 5, 5, 7, 3, 3, 0]), 0.3, 0.31)
    expectHeard(hear(soundOf(notes, pluckedBass)), notes)
  })

  it('is not deceived by a bass whose lowest wave the microphone hardly hears', () => {
    const thin: Instrument = (hertz, time, { seconds }) => {
      const strengths = [0.1, 1, 0.67, 0.5, 0.4, 0.33, 0.2]
      const wave = strengths.map(
        (strength, index) => strength * Math.sin(2 * Math.PI * (index + 1) * hertz * time + index),
      )
      const damped = Math.exp(-1.5 * time - Math.max(0, time - seconds) / 0.02)
      return 0.1 * wave.reduce((sum, each) => sum + each, 0) * Math.min(1, time / 0.01) * damped
    }
    const notes = inTurn(from(28, scale), 0.4, 0.3)
    expectHeard(hear(soundOf(notes, thin)), notes)
  })

  it('ends each note before the next, and all of them', () => {
    const heard = hear(soundOf(inTurn(from(45, riff), 0.3, 0.2), pluckedBass))
    expect(heard.map(({ input }) => input.type)).toEqual(riff.flatMap(() => ['noteOn', 'noteOff']))
    expect(heard.every(({ at }, index) => index === 0 || at >= (heard[index - 1] as TrackedNote).at)).toBe(true)
  })

  it('hears how loud notes are', () => {
    const notes = [0.01, 0.03, 0.1, 0.3, 0.6].map((level, index) => ({
      pitch: 52,
      at: 0.3 + index * 0.5,
      seconds: 0.3,
      level,
    }))
    const velocities = begins(hear(soundOf(notes, pluckedBass, 0.0003))).map(({ velocity }) => velocity)
    expect(velocities).toEqual([...new Set(velocities)].sort((a, b) => a - b))
    expect(velocities).toHaveLength(5)
    expect([(velocities[0] as number) < 50, (velocities[4] as number) > 110]).toEqual([true, true])
  })

  it('hears no notes in hiss, rumble, claps and hum', () => {
    const random = seeded(3)
    const made = (of: (at: number) => number) => Float32Array.from({ length: runs(10) * sampleRate }, (_, at) => of(at))
    let rumble = 0
    const sounds = [
      ...[0.003, 0.03, 0.5].map((level) => made(() => level * noise(random))),
      made(() => {
        rumble = 0.995 * rumble + 0.005 * noise(random)
        return 3 * rumble
      }),
      made((at) => 0.5 * noise(random) * Math.exp(-(at % 20_000) / 300)),
      made((at) => 0.0015 * Math.sin((2 * Math.PI * 50 * at) / sampleRate)),
    ]
    expect(sounds.map((samples) => begins(hear(samples)).length)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('hears the same whatever pieces the sound comes in', () => {
    const samples = soundOf(inTurn(from(45, riff), 0.3, 0.2), pluckedBass)
    expect(hear(samples, 1000)).toEqual(hear(samples, 37))
  })

  it('hears the same at another rate', () => {
    const tracker = createPitchTracker(44_100)
    const length = 44_100
    const heard = tracker.listen(
      Float32Array.from({ length }, (_, at) => 0.3 * Math.sin((2 * Math.PI * 440 * at) / 44_100)),
    )
    expect(begins(heard).map(({ pitch }) => pitch)).toEqual([69])
    expect(tracker.pitch).toBe(69)
    expect(tracker.letGo()).toEqual([{ input: { type: 'noteOff', pitch: 69 }, at: expect.closeTo(1, 1) }])
    expect(tracker.pitch).toBeNull()
  })
})
