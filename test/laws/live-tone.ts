import { describe, expect, it } from 'vitest'
import type { Band } from '../../src/devices/audio/band.ts'
import type { Express } from '../../src/session/index.ts'
import { rms, type Samples, strengthAt } from '../waves.ts'
import { between } from './render.ts'

const sampleRate = 48_000

type Moves = Pick<Express, 'expression'> & Partial<Express>

/** What every Web Audio must make of what hands do to notes that they hold. */
export function liveToneLaws(left: (seconds: number, play: (band: Band) => void) => Promise<Samples>): void {
  describe('hands that hold notes', () => {
    const key = { type: 'sound', track: 'chords', pitch: 60, velocity: 96, gain: 1, by: 'human', key: 60 } as const
    const express = (band: Band, moves: Moves, at: number) =>
      band.express({ type: 'express', track: 'chords', ...moves }, at)
    const bend = (semitones: number) => ({ kind: 'bend', value: 0, semitones }) as const
    const control = (controller: number, value: number) => ({ kind: 'control', controller, value }) as const
    const hertz = (pitch: number) => 440 * 2 ** ((pitch - 69) / 12)
    const at = (samples: Samples, pitch: number) => strengthAt(between(samples, 1, 1.5), hertz(pitch), sampleRate)

    it('bend them, those that follow too, and leave loops where they are', async () => {
      const samples = await left(1.5, (band) => {
        band.sound(key, 0)
        band.schedule({ ...key, pitch: 66, beat: 0, beats: 4 }, 0, 4)
        express(band, { expression: bend(2) }, 0.5)
        band.sound({ ...key, pitch: 71 }, 0.6)
      })
      expect(at(samples, 62)).toBeGreaterThan(5 * at(samples, 60))
      expect(at(samples, 73)).toBeGreaterThan(5 * at(samples, 71))
      expect(at(samples, 66)).toBeGreaterThan(5 * at(samples, 68))
    })

    it('bend each note of an MPE zone by itself, and all of them by the master', async () => {
      const samples = await left(1.5, (band) => {
        express(band, { expression: bend(3), channel: 3 }, 0)
        band.sound({ ...key, channel: 2 }, 0.1)
        band.sound({ ...key, pitch: 72, channel: 3 }, 0.1)
        express(band, { expression: bend(1), channel: 1, zone: true }, 0.5)
      })
      expect(at(samples, 61)).toBeGreaterThan(5 * at(samples, 60))
      expect(at(samples, 76)).toBeGreaterThan(5 * at(samples, 72))
    })

    it('make them softer and as loud again by the expression pedal', async () => {
      const samples = await left(3, (band) => {
        band.sound({ ...key, pitch: 40 }, 0)
        express(band, { expression: control(11, 30) }, 0.5)
        express(band, { expression: control(11, 127) }, 1.5)
      })
      const level = (from: number) => rms(between(samples, from, from + 0.3))
      expect(level(1)).toBeLessThan(0.2 * level(0.15))
      expect(level(2)).toBeGreaterThan(4 * level(1))
    })

    it.each([
      ['the modulation wheel', { expression: control(1, 127) }],
      ['aftertouch', { expression: { kind: 'pressure', value: 127 } }],
      ['a key’s own pressure', { expression: { kind: 'key-pressure', pitch: 60, value: 127 } }],
      ['a note’s own pressure in an MPE zone', { expression: { kind: 'pressure', value: 127 }, channel: 2 }],
    ] as const)('let them vibrate by %s, and be still again', async (_, moves) => {
      const channel = 'channel' in moves ? { channel: moves.channel } : {}
      const play = (still: boolean) => (band: Band) => {
        band.sound({ ...key, ...channel }, 0)
        express(band, moves, 0.1)
        const { expression } = moves
        if (still) express(band, { ...moves, expression: { ...expression, value: 0 } }, 0.6)
      }
      const [swaying, still] = [await left(1.5, play(false)), await left(1.5, play(true))]
      expect(at(still, 60)).toBeGreaterThan(1.3 * at(swaying, 60))
    })
  })
}
