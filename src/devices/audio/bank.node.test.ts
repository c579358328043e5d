import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drumPitch, drums } from '../../music/index.ts'
import { loadBank, type Manifest, voiceNames, voiceOfProgram } from './bank.ts'

const sounds = fileURLToPath(new URL('../../../sounds', import.meta.url))
const { voices } = JSON.parse(readFileSync(join(sounds, 'bank.json'), 'utf8')) as Manifest
const zones = voiceNames.flatMap((name) => voices[name].zones.map((zone) => ({ name, ...zone })))
const pitchedNames = voiceNames.filter((name) => !voices[name].oneShot)
const velocities = Array.from({ length: 127 }, (_, index) => index + 1)

/** How many samples a key has at a velocity. */
function samplesAt(name: (typeof voiceNames)[number], pitch: number, velocity: number): number {
  const isIn = ([least, most]: readonly [number, number], value: number) => value >= least && value <= most
  return voices[name].zones.filter(({ keys, velocities }) => isIn(keys, pitch) && isIn(velocities, velocity)).length
}

describe('the sounds that are shipped', () => {
  it('are the files that the bank names, and no others', () => {
    const there = readdirSync(sounds, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.flac'))
    const named = zones.map(({ file }) => file)
    expect(there.map((file) => file.replaceAll('\\', '/')).sort()).toEqual([...named].sort())
  })

  it('are small enough to be loaded with the models before the first note', () => {
    const bytes = zones.reduce((sum, { file }) => sum + statSync(join(sounds, file)).size, 0)
    expect(bytes).toBeLessThan(5_500_000)
  })

  it.each(pitchedNames)('have one sample of the %s for each key at each velocity', (name) => {
    for (let pitch = 0; pitch <= 127; pitch++) {
      for (const velocity of velocities) expect(samplesAt(name, pitch, velocity)).toBe(1)
    }
  })

  it.each(pitchedNames)(
    'move no sample of the %s by more than a minor third, but at the ends of the keyboard',
    (name) => {
      for (const { keys, root } of voices[name].zones) {
        if (keys[0] > 0) expect(root - keys[0]).toBeLessThanOrEqual(3)
        if (keys[1] < 127) expect(keys[1] - root).toBeLessThanOrEqual(3)
      }
    },
  )

  it.each(drums)('have the %s at every velocity, and no two strokes of it the same', (drum) => {
    const takes = samplesAt('kit', drumPitch(drum), 1)
    expect(takes).toBeGreaterThan(0)
    for (const velocity of velocities) expect(samplesAt('kit', drumPitch(drum), velocity)).toBe(takes)
    expect(voices.kit.varies).toBe(true)
  })
})

describe('a program of General MIDI', () => {
  it.each([
    [0, 'piano'],
    [4, 'electric-piano'],
    [24, 'guitar'],
    [32, 'upright-bass'],
    [33, 'electric-bass'],
    [27, undefined],
    [80, undefined],
  ])('%s is played by the %s', (program, voice) => {
    expect(voiceOfProgram(program)?.voice).toBe(voice)
  })
})

describe('a bank', () => {
  /** A context to which every sound is the same. */
  const context = { decodeAudioData: async () => ({}) } as unknown as BaseAudioContext

  /** A network that drops each file so often before it gives it. */
  const dropping = (times: number) => {
    const asked = new Map<string, number>()
    return async (file: string) => {
      asked.set(file, (asked.get(file) ?? 0) + 1)
      if ((asked.get(file) ?? 0) <= times) throw new TypeError('Failed to fetch')
      return file.endsWith('.json') ? new Uint8Array(readFileSync(join(sounds, file))).buffer : new ArrayBuffer(0)
    }
  }

  it('is whole where a network has dropped its files once', async () => {
    const bank = await loadBank(context, dropping(1))
    expect(bank['upright-bass'].sampleAt(40, 90)).not.toBeNull()
  })

  it('says which file it lacks where it can’t be had', async () => {
    await expect(loadBank(context, dropping(2))).rejects.toThrow('Failed to fetch')
  })
})
