import { describe, expect, it } from 'vitest'
import type { Bank } from '../../src/devices/audio/bank.ts'
import type { NodeAudio } from '../../src/devices/audio/node.ts'
import { renderPerformance } from '../../src/devices/audio/render.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import { sung } from '../cues.ts'
import { note } from '../notes.ts'
import { Performer } from '../performer.ts'
import { runs } from '../runs.ts'
import { largestStep, onset, peak, rms, type Samples, strengthAt } from '../waves.ts'

const sampleRate = 48_000

/** Samples between two seconds. */
export function between(samples: Samples, from: number, to: number): Samples {
  return samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate))
}

/** What every Web Audio must make of a performance. */
export function renderLaws(createContext: NodeAudio['createContext'], bankOf: () => Bank): void {
  describe('a rendered performance', () => {
    const createFor = (frames: number) => createContext(2, frames, sampleRate)

    it('has each click within a sample of its beat', async () => {
      const seconds = 1 + runs(60)
      const performer = new Performer().act('tempo', 97).act('play').act('stop', undefined, seconds)
      const { channels } = await renderPerformance(
        { seed: 0, events: performer.events },
        bankOf(),
        sampleRate,
        createFor,
        { click: true },
      )
      const samples = channels[0] as Samples
      const firsts = new Map<string, number>()
      const wrong: number[] = []
      for (let beat = 0; beat < Math.floor((seconds * 97) / 60); beat++) {
        const place = (beat * 60 * sampleRate) / 97
        const late = onset(samples, Math.max(0, Math.floor(place) - 500)) - place
        const click = beat % 8 === 0 ? 'loop' : beat % 4 === 0 ? 'bar' : 'beat'
        const first = firsts.get(click) ?? late
        firsts.set(click, first)
        if (Math.abs(late - first) > 1 || late > 0.001 * sampleRate) wrong.push(beat)
      }
      expect(wrong).toEqual([])
    })

    it('goes on bent from one stretch to the next', async () => {
      const performer = new Performer().do({ type: 'bend', value: 8191 })
      performer.do({ type: 'noteOn', pitch: 60, velocity: 90 }, 19).do({ type: 'noteOff', pitch: 60 }, 20.5)
      const { channels } = await renderPerformance(
        { seed: 0, events: performer.events },
        bankOf(),
        sampleRate,
        createFor,
      )
      const samples = between(channels[0] as Samples, 19.2, 20)
      const strength = (pitch: number) => strengthAt(samples, 440 * 2 ** ((pitch - 69) / 12), sampleRate)
      expect(strength(62)).toBeGreaterThan(5 * strength(60))
    })

    /** A chord that sounds as long as its loop of 2.4 seconds, again and again, and how far its rendering was. */
    const chordLoop = once(async () => {
      const performer = new Performer().act('tempo', 100).act('measures', 1).act('count-in', 0).act('mute-click')
      performer.act('record-chords')
      performer.play([note(0, 52, 3.99), note(0, 59, 3.99), note(0, 62, 3.99)])
      performer.act('stop', undefined, performer.secondsAt(40))
      const progress: number[] = []
      const performance = { seed: 0, events: performer.events }
      const onProgress = (share: number) => void progress.push(share)
      return { ...(await renderPerformance(performance, bankOf(), sampleRate, createFor, { onProgress })), progress }
    })

    it('sounds at each note, has no click at the loop’s seam, and says how far it is', async () => {
      const { channels, progress } = await chordLoop()
      const samples = channels[0] as Samples
      const start = onset(samples) / sampleRate
      for (let at = start; at < start + 23.5; at += 0.1) {
        expect(rms(between(samples, at, at + 0.1))).toBeGreaterThan(0.001)
      }
      expect(peak(between(samples, start + 26.5, samples.length / sampleRate))).toBeLessThan(1e-3)
      expect(progress).toEqual([...progress].sort((a, b) => a - b))
      expect(progress.at(-1)).toBe(1)
      // A chord ends and begins there: no larger step than where it begins the first time.
      const attack = largestStep(between(samples, start, start + 0.3))
      for (let seam = start + 2.4; seam < start + 23; seam += 2.4) {
        expect(largestStep(between(samples, seam - 0.2, seam + 0.3))).toBeLessThan(1.3 * attack)
      }
    })

    /** A human's note, and then one that a melody model chose for their key; or the same by a human alone. */
    const trade = (twoSounds: boolean, byMachine: boolean) => {
      const performer = new Performer().act('two-sounds', twoSounds)
      if (byMachine) performer.act('live', false).act('hand-over', 'count').act('notes', 1).act('improvise', true)
      const played = (pitch: MidiPitch, at: number) => {
        performer.do({ type: 'noteOn', pitch, velocity: 90 }, at).do({ type: 'noteOff', pitch }, at + 0.4)
      }
      played(60, 0)
      if (byMachine) performer.do({ type: 'answer', job: 'melody', request: 1, answer: sung([67]) }, 0.5)
      played(byMachine ? 62 : 67, 1)
      return { seed: 0, events: performer.events }
    }

    it('has two sounds, one for the human’s notes and one for the machine’s, or one for both', async () => {
      const rendered = (...sounds: Parameters<typeof trade>) =>
        renderPerformance(trade(...sounds), bankOf(), sampleRate, createFor)
      const [two, one, alone] = [await rendered(true, true), await rendered(false, true), await rendered(true, false)]
      const sides = (wave: typeof two, from: number, to: number) =>
        wave.channels.map((samples) => between(samples, from, to)) as [Samples, Samples]
      // But for how a browser rounds: it adds in any order.
      const areSame = (a: readonly Samples[], b: readonly Samples[]) =>
        a.every((samples, side) => samples.every((sample, at) => Math.abs(sample - (b[side]?.[at] ?? 0)) < 1e-5))
      expect(areSame(one.channels, alone.channels)).toBe(true)
      expect(areSame(sides(two, 0, 0.9), sides(alone, 0, 0.9))).toBe(true)
      expect(areSame(sides(two, 1, 1.4), sides(alone, 1, 1.4))).toBe(false)
      expect(peak(sides(two, 1, 1.4)[1])).toBeGreaterThan(0.01)
    })

    it('is the same in stretches as in one go', async () => {
      const { channels } = await chordLoop()
      for (const samples of channels) {
        // A stretch ends after 16 seconds, in the middle of a chord; none ends in the pass before.
        const [pass, before] = [between(samples, 15, 17.4), between(samples, 12.6, 15)]
        expect(pass.every((sample, at) => Math.abs(sample - (before[at] as number)) < 1e-4)).toBe(true)
      }
    })
  })
}

/** The same, made at the first call and never again. */
function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
