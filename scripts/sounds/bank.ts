import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strokeLoudness } from '../../eval/sound/loudness.ts'
import type { Manifest, VoiceName } from '../../src/devices/audio/bank.ts'
import type { Sound } from './sound.ts'

type Voice = Manifest['voices'][VoiceName]
type Zone = Voice['zones'][number]

/** How a voice is played. */
export type Manner = Omit<Voice, 'zones'>

/** Where a sample is played, and what becomes of it there. */
export type Place = Omit<Zone, 'file' | 'gain'>

const sounds = fileURLToPath(new URL('../../sounds', import.meta.url))
const voices = new Map<VoiceName, { readonly manner: Manner; readonly zones: Zone[]; bytes: number }>()

/** Begins a voice anew. */
export function begin(name: VoiceName, manner: Manner): void {
  rmSync(join(sounds, name), { recursive: true, force: true })
  mkdirSync(join(sounds, name), { recursive: true })
  voices.set(name, { manner, zones: [], bytes: 0 })
}

/**
 * Writes a sample and its zone.
 *
 * @param level in LUFS, of the hardest stroke, in its loudest stretch of so many seconds.
 */
export function keep(name: VoiceName, part: string, sound: Sound, place: Place, level: number, seconds: number): void {
  const voice = voices.get(name)
  if (!voice) throw new Error(`The voice ${name} has not begun.`)
  const file = `${name}/${part}.flac`
  const pcm = Buffer.alloc(sound.samples.length * 2)
  for (const [at, x] of sound.samples.entries()) pcm.writeInt16LE(Math.round(x * 32_767), at * 2)
  const raw = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=1', '--bps=16']
  const options = ['--silent', '--force', '-8', '-e', '-p', '--no-padding', ...raw, `--sample-rate=${sound.rate}`]
  execFileSync('flac', [...options, '-o', join(sounds, file), '-'], { input: pcm })
  voice.bytes += statSync(join(sounds, file)).size
  const loudness = strokeLoudness({ channels: [sound.samples], sampleRate: sound.rate }, seconds)
  voice.zones.push({ file, ...place, gain: Number((10 ** ((level - loudness) / 20)).toFixed(4)) })
}

/** Writes `bank.json`, and says how large everything is. */
export function finish(): void {
  const manifest = join(sounds, 'bank.json')
  const entries = [...voices].map(([name, { manner, zones }]) => [name, { ...manner, zones }])
  writeFileSync(manifest, JSON.stringify({ voices: Object.fromEntries(entries) }))
  execFileSync('npx', ['biome', 'format', '--write', manifest], { stdio: 'ignore' })
  let [all, count] = [0, 0]
  for (const [name, { zones, bytes }] of voices) {
    all += bytes
    count += zones.length
    console.log(`${name.padEnd(16)} ${String(zones.length).padStart(3)} samples ${Math.round(bytes / 1000)} KB`)
  }
  console.log(`${'together'.padEnd(16)} ${String(count).padStart(3)} samples ${Math.round(all / 1000)} KB`)
}
