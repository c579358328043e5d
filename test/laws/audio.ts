/** One suite, for every Web Audio that there is: its length is that of the list of laws. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createAudioOutput } from '../../src/devices/audio/audio-output.ts'
import { type Band, type Cast, createBand, usualCast } from '../../src/devices/audio/band.ts'
import { type Bank, loadBank, type VoiceName, voiceNames } from '../../src/devices/audio/bank.ts'
import { channelsOf } from '../../src/devices/audio/channels.ts'
import { createMixer, type Mixer } from '../../src/devices/audio/mixer.ts'
import type { NodeAudio } from '../../src/devices/audio/node.ts'
import { drumPitch, drums, type MidiPitch } from '../../src/music/index.ts'
import { type DueNote, type Effect, mixParts, type PlayedTrack } from '../../src/session/index.ts'
import { runs, some } from '../runs.ts'
import { largestStep, onset, peak, rms, type Samples, strengthAt, truePeak } from '../waves.ts'
import { liveToneLaws } from './live-tone.ts'
import { between, renderLaws } from './render.ts'

const sampleRate = 48_000

/** A note of a loop. */
const due = (track: DueNote['track'], pitch: MidiPitch, velocity = 96, gain = 1): DueNote => ({
  track,
  pitch,
  velocity,
  gain,
  beat: 0,
  beats: 0,
})

/** A key that sounds. */
const key = (track: PlayedTrack, pitch: MidiPitch, by: 'human' | 'machine' = 'human', velocity = 96) =>
  ({ type: 'sound', track, pitch, velocity, gain: 1, by, key: pitch }) satisfies Effect

/** The suite that every Web Audio must pass, on what it renders. */
export function audioLaws({ createContext, read }: NodeAudio): void {
  let bank: Bank
  const progress: number[] = []
  beforeAll(async () => {
    bank = await loadBank(createContext(2, 1, sampleRate), read, (share) => progress.push(share))
  })

  /** What comes out of the speakers, a channel each, when the band does something. */
  async function render(
    seconds: number,
    play: (band: Band, mixer: Mixer) => void,
    { cast = usualCast, channels = 2 }: { cast?: Cast; channels?: number } = {},
  ): Promise<Samples[]> {
    const context = createContext(channels, Math.ceil(seconds * sampleRate), sampleRate)
    const mixer = createMixer(context)
    play(createBand(context, bank, mixer, cast), mixer)
    return channelsOf(await context.startRendering())
  }

  async function left(...args: Parameters<typeof render>): Promise<Samples> {
    const [samples] = await render(...args)
    return samples as Samples
  }

  /** A cast in which the bass is played by a voice. */
  const onBass = (voice: VoiceName) => ({ cast: { ...usualCast, bass: voice } })

  describe('a bank', () => {
    it('is loaded whole, and says how far it is', () => {
      expect(Object.keys(bank)).toEqual([...voiceNames])
      expect(progress.at(-1)).toBe(1)
      expect(progress).toEqual([...progress].sort((a, b) => a - b))
    })

    it('names a file that is damaged', async () => {
      const damaged = async (file: string) => (file === 'kit/snare-1.flac' ? new ArrayBuffer(100) : read(file))
      const load = loadBank(createContext(2, 1, sampleRate), damaged)
      await expect(load).rejects.toThrow(/kit\/snare-1\.flac.*install Tradefours again/)
    })

    it('begins each sound within a millisecond', () => {
      const buffers = new Set<AudioBuffer | undefined>()
      for (const { sampleAt } of Object.values(bank)) {
        for (let pitch = 0; pitch <= 127; pitch++) {
          for (const velocity of [1, 70, 90, 127]) buffers.add(sampleAt(pitch, velocity)?.buffer)
        }
      }
      for (const buffer of buffers) {
        if (!buffer) continue
        const samples = channelsOf(buffer)[0] as Samples
        const most = peak(samples)
        expect(samples.findIndex((sample) => Math.abs(sample) > 0.05 * most)).toBeLessThan(0.001 * sampleRate)
      }
    })
  })

  liveToneLaws(left)

  describe('scheduled notes', () => {
    it('sound within a sample of their place', async () => {
      const [first] = await render(0.2, (band) => band.schedule(due('click', 76), 0, 0.1))
      const late = onset(first as Samples)
      const places = Array.from({ length: runs(40) }, (_, index) => 0.05 + index * 0.2501 + index / 7777)
      const clicks = await left((places.at(-1) ?? 0) + 0.5, (band) => {
        for (const at of places) band.schedule(due('click', 76), at, 0.1)
      })
      for (const at of places) {
        const place = at * sampleRate
        const found = onset(clicks, Math.floor(place) - 2000)
        expect(Math.abs(found - late - place)).toBeLessThanOrEqual(1)
      }
    })

    it('sound where they are, each for its length, and nowhere else', async () => {
      for (const voice of [
        'upright-bass',
        'electric-bass',
        'piano',
        'electric-piano',
        'fm-piano',
        'vibraphone',
      ] as const) {
        const samples = await left(3, (band) => band.schedule(due('bass', 40), 0.5, 0.6), onBass(voice))
        expect(peak(between(samples, 0, 0.5))).toBe(0)
        for (let at = 0.5; at < 1.1; at += 0.1) expect(rms(between(samples, at, at + 0.1))).toBeGreaterThan(0.005)
        expect(peak(between(samples, 2.9, 3))).toBeLessThan(1e-3)
      }
    })

    it('are silent once they are cancelled, even those that have not begun', async () => {
      const samples = await left(3, (band) => {
        for (const track of ['click', 'bass', 'drums', 'chords'] as const) {
          band.schedule(due(track, track === 'click' ? 76 : 36), 1, 1)
        }
        band.silence(null, 0.5)
        band.sound(key('lead', 60), 2.1)
        band.stop({ type: 'stop', track: 'lead', pitch: 60 }, 2)
      })
      expect(peak(samples)).toBe(0)
    })

    it('are cancelled on one track alone, while keys go on', async () => {
      const play = (band: Band) => {
        band.schedule(due('bass', 40), 0, 2)
        band.schedule(due('chords', 64), 0, 2)
        band.sound(key('bass', 52), 0)
      }
      const fundamental = (samples: Samples, pitch: number) =>
        strengthAt(between(samples, 0.8, 1.3), 440 * 2 ** ((pitch - 69) / 12), sampleRate)
      const before = await left(1.5, play)
      const after = await left(1.5, (band) => {
        play(band)
        band.silence('bass', 0.5)
      })
      expect(fundamental(after, 40)).toBeLessThan(0.05 * fundamental(before, 40))
      expect(fundamental(after, 64)).toBeGreaterThan(0.9 * fundamental(before, 64))
      expect(fundamental(after, 52)).toBeGreaterThan(0.9 * fundamental(before, 52))
    })
  })

  describe('a note', () => {
    it.each(voiceNames)('of the %s ends without a click', async (voice) => {
      const pitch = voice === 'kit' ? drumPitch('crash') : voice === 'click' ? 76 : 45
      const samples = await left(
        2.5,
        (band) => {
          band.schedule(due('bass', pitch, 127), 0, 0.4)
          band.silence('bass', 0.5)
        },
        onBass(voice),
      )
      const ringing = largestStep(between(samples, 0.02, 0.39))
      expect(largestStep(between(samples, 0.39, 2.5))).toBeLessThanOrEqual(ringing)
    })

    it('is ended by its key alone, and a loop’s note of its pitch plays on', async () => {
      const held = await left(1.5, (band) => {
        band.sound(key('bass', 40), 0)
        band.stop({ type: 'stop', track: 'bass', pitch: 41 }, 0.2)
      })
      const looped = await left(1.5, (band) => {
        band.schedule(due('bass', 40), 0, 1.4)
        band.stop({ type: 'stop', track: 'bass', pitch: 40 }, 0.2)
      })
      const ended = await left(1.5, (band) => {
        band.sound(key('bass', 40), 0)
        band.stop({ type: 'stop', track: 'bass', pitch: 40 }, 0.2)
      })
      expect(rms(between(held, 0.8, 1.2))).toBeGreaterThan(0.01)
      expect(rms(between(looped, 0.8, 1.2))).toBeGreaterThan(0.01)
      expect(rms(between(ended, 0.8, 1.2))).toBeLessThan(1e-3)
    })

    it('of the machine ends with the key that was pressed for it', async () => {
      const samples = await left(1.5, (band) => {
        band.sound(key('lead', 64, 'machine'), 0)
        band.stop({ type: 'stop', track: 'lead', pitch: 64 }, 0.2)
      })
      expect(rms(between(samples, 0, 0.2))).toBeGreaterThan(0.01)
      expect(rms(between(samples, 1, 1.5))).toBeLessThan(1e-3)
    })

    it('that is ended again while it fades goes on from where it is', async () => {
      const samples = await left(
        1,
        (band) => {
          band.schedule(due('bass', 57, 127), 0, 0.3)
          band.schedule(due('bass', 57, 1), 0.4, 0.1)
          band.silence('bass', 0.45)
        },
        onBass('vibraphone'),
      )
      expect(largestStep(between(samples, 0.29, 1))).toBeLessThanOrEqual(largestStep(between(samples, 0.1, 0.29)))
    })

    it('makes room for another where too many sound, without a click', async () => {
      const { polyphony } = bank.vibraphone
      const play = (count: number) => (band: Band) => {
        band.schedule(due('bass', 45), 0, 2)
        for (let index = 1; index < count; index++) band.schedule(due('bass', 60 + index, 20), index * 0.02, 2)
      }
      const [enough, tooMany] = [
        await left(2, play(polyphony), onBass('vibraphone')),
        await left(2, play(polyphony + 1), onBass('vibraphone')),
      ]
      const first = (samples: Samples) => strengthAt(between(samples, 0.6, 0.9), 110, sampleRate)
      expect(first(tooMany)).toBeLessThan(0.05 * first(enough))
      expect(largestStep(tooMany)).toBeLessThan(1.1 * largestStep(enough))
    })

    it.each(voiceNames.filter((name) => name !== 'click'))(
      'of the %s is louder the harder it is struck',
      async (voice) => {
        const pitches = voice === 'kit' ? some(drums).map(drumPitch) : [45, 60]
        const velocities = [1, 20, 40, 63, 64, 75, 76, 87, 88, 91, 92, 103, 104, 116, 127]
        for (const pitch of pitches) {
          const play = (band: Band) => {
            for (const [index, velocity] of velocities.entries()) {
              band.schedule(due('bass', pitch, velocity), index * 0.5, 0.3)
              band.silence('bass', index * 0.5 + 0.3)
            }
          }
          const samples = await left(velocities.length * 0.5, play, onBass(voice))
          const loudness = velocities.map((_, index) => rms(between(samples, index * 0.5, index * 0.5 + 0.25)))
          const rises = loudness.slice(1).map((now, index) => now / (loudness[index] as number))
          // Layers are set to the same loudness by ear, which rms is not: at a seam it may stand still.
          for (const rise of rises) expect(rise).toBeGreaterThan(0.8)
          for (const index of [2, 4, 8, 12, 14]) {
            expect(loudness[index]).toBeGreaterThan(loudness[index - 2] as number)
          }
        }
      },
    )
  })

  describe('voices', () => {
    /** How strong the partials over the fundamental are, against it. */
    const overtones = async (play: (band: Band) => void, pitch: MidiPitch, options?: { readonly cast: Cast }) => {
      const samples = between(await left(0.6, play, options), 0, 0.5)
      const fundamental = 440 * 2 ** ((pitch - 69) / 12)
      const [first, ...others] = [1, 2, 3, 4].map((count) => strengthAt(samples, count * fundamental, sampleRate))
      return others.reduce((sum, other) => sum + other, 0) / (first as number)
    }

    it.each(some([55, 60, 65, 70, 75]))('tell the human from the machine by their overtones, at %d', async (pitch) => {
      const human = await overtones((band) => band.sound(key('lead', pitch, 'human'), 0), pitch)
      const machine = await overtones((band) => band.sound(key('lead', pitch, 'machine'), 0), pitch)
      expect(human).toBeGreaterThan(2 * machine)
    })

    it('can be the same for both', async () => {
      const cast = { ...usualCast, answer: 'fm-piano' } as const
      const played = (by: 'human' | 'machine') => overtones((band) => band.sound(key('lead', 60, by), 0), 60, { cast })
      expect(await played('machine')).toBeCloseTo(await played('human'), 1)
    })

    it.each(some(drums))('strike the %s twelve times as hard and never the same', async (drum) => {
      const strokes = await left(12, (band) => {
        for (let at = 0; at < 12; at++) band.schedule({ ...due('drums', drumPitch(drum)), beat: at / 2 }, at, 0.1)
      })
      const cut = Array.from({ length: 12 }, (_, beat) => between(strokes, beat, beat + 0.2))
      for (const [index, one] of cut.entries()) {
        for (const other of cut.slice(index + 1)) {
          expect(rms(one.map((sample, at) => sample - (other[at] as number)))).toBeGreaterThan(0.01 * rms(one))
        }
      }
    })

    it('close the hi-hat', async () => {
      const open = due('drums', drumPitch('open-hat'))
      const rings = await left(1, (band) => band.schedule(open, 0, 0.1))
      const choked = await left(1, (band) => {
        band.schedule(open, 0, 0.1)
        band.schedule(due('drums', drumPitch('closed-hat'), 1), 0.3, 0.1)
      })
      expect(rms(between(choked, 0.4, 0.8))).toBeLessThan(0.1 * rms(between(rings, 0.4, 0.8)))
    })
  })

  describe('the mix', () => {
    /** Everybody at once, as hard as they can, each with as many notes as they have. */
    const everything = (gain: number) => (band: Band) => {
      for (const at of [0.1, 0.35, 0.6, 0.85]) {
        for (const drum of drums) band.schedule(due('drums', drumPitch(drum), 127, gain), at, 0.1)
        for (const pitch of [34, 76, 77]) band.schedule(due('click', pitch, 127, gain), at, 0.1)
        for (let index = 0; index < 12; index++) {
          band.schedule(due('bass', 28 + index, 127, gain), at, 0.4)
          band.schedule(due('chords', 48 + 2 * index, 127, gain), at, 0.4)
          band.sound({ ...key('lead', 60 + index, 'human', 127), gain }, at)
          band.sound({ ...key('lead', 72 + index, 'machine', 127), gain }, at)
        }
      }
    }

    it.each([1, 5])('never clips, with everything at once at full velocity and %d times the volume', async (gain) => {
      const channels = await render(1.5, everything(gain))
      for (const samples of channels) {
        expect(peak(samples)).toBeGreaterThan(0.5)
        expect(peak(samples)).toBeLessThanOrEqual(0.6601)
        expect(truePeak(between(samples, 0.09, 0.5))).toBeLessThan(1)
        expect(samples.every(Number.isFinite)).toBe(true)
      }
    })

    it('is left alone by the limiter while it is not too loud', async () => {
      const play = (gain: number) => (band: Band) => {
        band.schedule(due('bass', 40, 96, gain), 0, 0.5)
        band.schedule(due('drums', drumPitch('snare'), 96, gain), 0.1, 0.1)
      }
      const [soft, loud] = [await left(0.6, play(0.2)), await left(0.6, play(0.4))]
      expect(soft.every((sample, at) => Math.abs(2 * sample - (loud[at] as number)) < 1e-4)).toBe(true)
    })

    it('rounds nothing of a full band at its ordinary level but the tips of its strokes', async () => {
      const samples = await left(1, (band) => {
        for (const drum of ['kick', 'closed-hat'] as const) band.schedule(due('drums', drumPitch(drum)), 0, 0.1)
        band.schedule(due('bass', 36), 0, 0.9)
        for (const pitch of [52, 55, 59, 62]) band.schedule(due('chords', pitch, 80), 0, 0.9)
        band.sound(key('lead', 71), 0)
      })
      expect(peak(samples)).toBeGreaterThan(0.1)
      expect(samples.filter((sample) => Math.abs(sample) > 0.5).length).toBeLessThan(0.005 * samples.length)
    })

    it('has the kit all around, as its drummer hears it', async () => {
      let [both, ofLeft, ofRight] = [0, 0, 0]
      const sides: number[] = []
      for (const drum of ['closed-hat', 'high-tom', 'kick', 'snare', 'low-tom', 'ride'] as const) {
        const [l, r] = (await render(0.5, (band) => band.schedule(due('drums', drumPitch(drum)), 0, 0.1))) as [
          Samples,
          Samples,
        ]
        both += l.reduce((sum, sample, at) => sum + sample * (r[at] as number), 0) / l.length
        ofLeft += rms(l) ** 2
        ofRight += rms(r) ** 2
        if (drum !== 'snare') sides.push(rms(r) / rms(l))
      }
      expect(sides).toEqual([...sides].sort((a, b) => a - b))
      expect(both / Math.sqrt(ofLeft * ofRight)).toBeLessThan(0.8)
    })

    it('has a room, and the click stays out of it', async () => {
      const ringing = (track: 'click' | 'drums', pitch: number) =>
        left(1.2, (band) => band.schedule(due(track, pitch), 0, 0.1))
      expect(rms(between(await ringing('drums', drumPitch('kick')), 0.5, 1))).toBeGreaterThan(1e-5)
      expect(peak(between(await ringing('click', 76), 0.2, 1.2))).toBe(0)
    })

    it('measures each part and all of them', async () => {
      let levels: Record<string, number> = {}
      const context = createContext(2, sampleRate, sampleRate)
      const mixer = createMixer(context)
      createBand(context, bank, mixer).schedule(due('bass', 40), 0, 1)
      await context.startRendering()
      levels = Object.fromEntries([...mixParts, 'all' as const].map((part) => [part, mixer.level(part).rms]))
      for (const part of mixParts) {
        if (part === 'bass') expect(levels[part]).toBeGreaterThan(0.01)
        else expect(levels[part]).toBe(0)
      }
      expect(levels.all).toBeGreaterThan(0.01)
      expect(mixer.level('all').peak).toBeLessThan(0.7)
    })

    it('sends the click to its own outputs where there are any, and back', async () => {
      const play = (band: Band) => {
        band.schedule(due('click', 76), 0, 0.1)
        band.schedule(due('bass', 40), 0.5, 0.4)
      }
      const four = await render(
        1,
        (band, mixer) => {
          expect(mixer.setClickApart(true)).toBe(true)
          play(band)
        },
        { channels: 4 },
      )
      const [first, , third, fourth] = four as [Samples, Samples, Samples, Samples]
      expect(peak(between(first, 0, 0.5))).toBe(0)
      expect(peak(between(first, 0.5, 1))).toBeGreaterThan(0.01)
      for (const ear of [third, fourth]) {
        expect(peak(between(ear, 0, 0.5))).toBeGreaterThan(0.01)
        expect(peak(between(ear, 0.5, 1))).toBe(0)
      }
      const [mix, , ear] = await render(
        1,
        (band, mixer) => {
          expect([mixer.setClickApart(true), mixer.setClickApart(false)]).toEqual([true, false])
          play(band)
        },
        { channels: 4 },
      )
      expect(peak(between(mix as Samples, 0, 0.5))).toBeGreaterThan(0.01)
      expect(peak(ear as Samples)).toBe(0)
      const back = await left(1, (band, mixer) => {
        expect(mixer.setClickApart(true)).toBe(false)
        expect(mixer.setClickApart(false)).toBe(false)
        play(band)
      })
      expect(peak(between(back, 0, 0.5))).toBeGreaterThan(0.01)
    })
  })

  describe('an output', () => {
    const hear = async (play: (output: ReturnType<typeof createAudioOutput>) => void) => {
      const context = createContext(2, sampleRate, sampleRate)
      play(createAudioOutput(context, bank))
      return channelsOf(await context.startRendering())[0] as Samples
    }

    it('sounds keys at once and loops at their time, until they are silenced', async () => {
      const samples = await hear((output) => {
        output.sound(key('bass', 45))
        output.schedule(due('click', 76), 0.5, 0.1)
        output.schedule(due('drums', 38), 0.7, 0.1)
        output.silence('drums')
      })
      expect(onset(samples)).toBeLessThan(0.001 * sampleRate)
      const alone = await hear((output) => output.sound(key('bass', 45)))
      const clicks = samples.map((sample, at) => sample - (alone[at] as number))
      expect(onset(clicks)).toBeGreaterThanOrEqual(0.5 * sampleRate)
      expect(onset(clicks)).toBeLessThan(0.501 * sampleRate)
      expect(peak(between(clicks, 0.65, 1))).toBeLessThan(1e-4)
    })

    it('lets nothing out of what has no sound, and throws at nothing', async () => {
      const samples = await hear((output) => {
        for (const pitch of [-1, 60.5, 128, Number.NaN]) output.sound(key('lead', pitch))
        output.sound(key('lead', 60, 'human', 0))
        output.sound({ ...key('lead', 60), gain: 0 })
        output.schedule(due('drums', 100), 0, 0.1)
        output.stop({ type: 'stop', track: 'chords', pitch: 60 })
        output.silence(null)
      })
      expect(peak(samples)).toBe(0)
    })
  })

  renderLaws(createContext, () => bank)
}
