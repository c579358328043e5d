/** What each voice is made of. */
import type { VoiceName } from '../../src/devices/audio/bank.ts'
import { type Drum, drumPitch } from '../../src/music/index.ts'
import { begin, finish, keep, type Manner, type Place } from './bank.ts'
import type { Sound } from './sound.ts'
import { click, note, stroke } from './source.ts'
import { again, biting, driven, highs, shelved, together, trimmed, turning } from './treat.ts'

begin('click', { polyphony: 4, release: 0.01, oneShot: true })
for (const [name, pitch, hertz] of [
  ['loop', 34, 2200],
  ['bar', 76, 1650],
  ['beat', 77, 1100],
] as const) {
  keep('click', name, trimmed(click(hertz), 1), { root: pitch, keys: [pitch, pitch], velocities: [1, 127] }, -12, 0.05)
}

/**
 * A drum: takes of one stroke at full strength.
 *
 * @param level in LUFS.
 * @param place where it stands and what softness takes from it.
 */
function drum(
  name: Drum,
  level: number,
  takes: readonly Sound[],
  place: Pick<Place, 'mellow' | 'pan' | 'choke'>,
): void {
  const pitch = drumPitch(name)
  for (const [index, take] of takes.entries()) {
    const zone = { root: pitch, keys: [pitch, pitch], velocities: [1, 127], ...place } as const
    keep('kit', `${name}-${index + 1}`, trimmed(take, 3), zone, level, 0.05)
  }
}

begin('kit', { polyphony: 24, release: 0.06, oneShot: true, varies: true })

const kick = shelved(driven(stroke('Std Kick 2'), 2), 2500, 3)
drum('kick', -16.2, [kick], { mellow: [900, 20] })

// The body is one recording, and what the wires do is another, which goes up higher.
const wires = highs(stroke('Snr 1-2'), 350)
const snares = ['Snr 2-1', 'Snr 2-2'].map((name) => driven(together(stroke(name), wires, 0.6), 1.5))
drum('snare', -15.2, [...snares, ...snares.map((snare) => again(snare, 5))], { pan: -0.1, mellow: [2500, 14] })

for (const [name, recording, pan] of [
  ['low-tom', 'Low Studio', 0.45],
  ['mid-tom', 'Md Studio(L)', 0.1],
  ['high-tom', 'Hi Studio', -0.3],
] as const) {
  drum(name, -16.2, [shelved(driven(stroke(recording), 1.5), 3500, 4)], { pan, mellow: [900, 16] })
}

const closed = shelved(stroke('Hi-Hat Closed'), 10_000, 4)
drum('closed-hat', -23.2, [closed, again(closed, 11), again(closed, 12)], {
  pan: -0.6,
  choke: 'hat',
  mellow: [5000, 8],
})
const open = shelved(stroke('Hi-Hat Half-Open'), 10_000, 7)
drum('open-hat', -21.2, [open, again(open, 13)], { pan: -0.6, choke: 'hat', mellow: [5000, 8] })
drum('crash', -16.2, [shelved(stroke('Crsh 1'), 9000, 10)], { pan: -0.5, mellow: [4000, 10] })
const ride = shelved(stroke('Ride1'), 10_000, 6)
drum('ride', -20.7, [ride, again(ride, 14)], { pan: 0.55, mellow: [5000, 8] })

/** Velocities from one layer's least to the next one's. */
const layer = (from: readonly number[], index: number): [number, number] => [
  from[index] ?? 1,
  (from[index + 1] ?? 128) - 1,
]

/** A pitched voice: a sample each so many keys, the outermost stretched over what is left of the keyboard. */
async function pitched(
  voice: VoiceName,
  manner: Manner,
  plan: {
    readonly program: number
    readonly lowest: number
    readonly highest: number
    readonly every: number
    readonly level: number
    readonly seconds: (pitch: number) => number
    readonly mellow?: readonly [number, number]
    readonly layers: readonly {
      readonly from: number
      readonly velocity: number
      readonly treat?: (sound: Sound) => Sound
    }[]
  },
): Promise<void> {
  const { program, lowest, highest, every, level, seconds, mellow, layers } = plan
  begin(voice, manner)
  const from = layers.map((each) => each.from)
  for (let root = lowest; root <= highest; root += every) {
    const low = root === lowest ? 0 : root - Math.floor((every - 1) / 2)
    const high = root + every > highest ? 127 : root + Math.ceil((every - 1) / 2)
    for (const [index, { velocity, treat }] of layers.entries()) {
      const held = await note(program, root, velocity, seconds(root) + 0.1)
      const name = layers.length > 1 ? `${root}-${index + 1}` : `${root}`
      const zone = { root, keys: [low, high], velocities: layer(from, index), ...(mellow && { mellow }) } as const
      keep(voice, name, trimmed(treat ? treat(held) : held, seconds(root)), zone, level, 0.25)
    }
  }
}

/** Low strings and bars ring longer: seconds of the lowest and of the highest. */
const ringing = (low: number, high: number) => (pitch: number) => low * (high / low) ** ((pitch - 28) / 72)

/** A bass that is heard on small loudspeakers, too: by its overtones. */
const growling = (sound: Sound) => shelved(driven(sound, 1.8), 350, 8)

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
    mellow: [700, 9],
    layers: [
      { from: 1, velocity: 60, treat: growling },
      { from: 88, velocity: 112, treat: growling },
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
    mellow: [700, 14],
    layers: [{ from: 1, velocity: 100, treat: growling }],
  },
)
await pitched(
  'piano',
  { polyphony: 24, release: 0.12 },
  {
    program: 0,
    lowest: 33,
    highest: 93,
    every: 6,
    level: -20,
    seconds: ringing(4, 1.4),
    mellow: [900, 18],
    layers: [{ from: 1, velocity: 100 }],
  },
)
await pitched(
  'guitar',
  { polyphony: 24, release: 0.1 },
  {
    program: 24,
    lowest: 40,
    highest: 82,
    every: 6,
    level: -24,
    seconds: ringing(3, 1.2),
    mellow: [900, 12],
    layers: [{ from: 1, velocity: 96 }],
  },
)
/** Its amplifier has a treble knob. */
const bright = (sound: Sound) => shelved(sound, 1500, 6)

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
    mellow: [1200, 6],
    layers: [
      { from: 1, velocity: 90, treat: bright },
      { from: 92, velocity: 90, treat: (sound) => bright(biting(sound)) },
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
    mellow: [1500, 8],
    layers: [
      { from: 1, velocity: 64 },
      { from: 84, velocity: 106 },
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
    mellow: [1500, 8],
    layers: [
      { from: 1, velocity: 70, treat: turning },
      { from: 90, velocity: 110, treat: turning },
    ],
  },
)

finish()
