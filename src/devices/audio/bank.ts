import type { MidiPitch, Velocity } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** What can play; `sounds/README.md` says what each is and where it comes from. */
export const voiceNames = [
  'click',
  'kit',
  'upright-bass',
  'electric-bass',
  'piano',
  'guitar',
  'electric-piano',
  'fm-piano',
  'vibraphone',
] as const
export type VoiceName = (typeof voiceNames)[number]

/** A voice that stands for a General MIDI program, and how loud it is against the band: 1 is as it is in the bank. */
export type ProgramVoice = { readonly voice: VoiceName; readonly gain: number }

/** General MIDI's programs, from 0, by families, and what plays them here. `npm run loudness` measures their balance. */
const families: readonly (readonly [last: number, played: ProgramVoice | null])[] = [
  [3, { voice: 'piano', gain: 0.56 }],
  [7, { voice: 'electric-piano', gain: 1 }],
  [23, null],
  [25, { voice: 'guitar', gain: 1 }],
  [31, null],
  [32, { voice: 'upright-bass', gain: 0.75 }],
  [39, { voice: 'electric-bass', gain: 0.75 }],
]

/** What plays a General MIDI program; null where there is nothing like it. */
export function voiceOfProgram(program: number): ProgramVoice | null {
  return families.find(([last]) => program <= last)?.[1] ?? null
}

/** How a voice is played. */
type Manner = {
  /** How many notes sound at once; another one ends the first of them. */
  readonly polyphony: number
  /** How long a note takes to fade when it ends. */
  readonly release: Seconds
  /** Strokes ring as long as they do, however long the key is held. */
  readonly oneShot?: boolean
  /** Equal strokes differ a little, as a drummer's do. */
  readonly varies?: boolean
}

/** `sounds/bank.json`. Both ends of a range belong to it; zones of one key and velocity are takes of the same stroke. */
export type Manifest = {
  readonly voices: Readonly<
    Record<
      VoiceName,
      Manner & {
        readonly zones: readonly (Treatment & {
          /** Its place in `sounds/`. */
          readonly file: string
          readonly keys: readonly [MidiPitch, MidiPitch]
          readonly velocities: readonly [Velocity, Velocity]
        })[]
      }
    >
  >
}

/** What becomes of a sample at a key. */
type Treatment = {
  /** The pitch that was recorded. */
  readonly root: MidiPitch
  /** How loud it is at velocity 127. */
  readonly gain: number
  /** From -1, left, to 1, right. */
  readonly pan?: number
  /** What the softest stroke lacks: from which frequency up it is weaker, and by how much. A harder one lacks less, the hardest nothing. */
  readonly mellow?: readonly [hertz: number, decibels: number]
  /** Of two strokes with the same word the later ends the earlier, as a closed hi-hat does an open one. */
  readonly choke?: string
}

/** A sample, ready to be played. */
export type Sample = Treatment & { readonly buffer: AudioBuffer }

/** A voice, ready to be played. */
export type VoiceSounds = Manner & {
  /**
   * What sounds at a key and a velocity, or null where nothing is.
   *
   * @param which chooses between takes of the same stroke, from 0 to below 1.
   */
  sampleAt(pitch: MidiPitch, velocity: Velocity, which?: number): Sample | null
}

/** Every voice, decoded. */
export type Bank = Readonly<Record<VoiceName, VoiceSounds>>

/**
 * Loads all sounds and decodes them for a context, so that no note ever waits. A file that fails is asked for once more:
 * one that a network has dropped costs no band.
 *
 * @param read gives a file of `sounds/`.
 * @param onProgress receives the share that is ready, from 0 to 1.
 * @throws Error that names a file that is missing or damaged.
 */
export async function loadBank(
  context: BaseAudioContext,
  read: (file: string) => Promise<ArrayBuffer>,
  onProgress: (share: number) => void = () => {},
): Promise<Bank> {
  const { voices } = JSON.parse(new TextDecoder().decode(await twice(() => read('bank.json')))) as Manifest
  const files = [...new Set(voiceNames.flatMap((name) => voices[name].zones.map(({ file }) => file)))]
  const buffers = new Map<string, AudioBuffer>()
  await Promise.all(
    files.map(async (file) => {
      buffers.set(file, await decode(context, file, read))
      onProgress(buffers.size / files.length)
    }),
  )
  const sounds = (name: VoiceName) => voiceSounds(voices[name], buffers)
  return Object.fromEntries(voiceNames.map((name) => [name, sounds(name)])) as Bank
}

function twice<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  return load().catch(load)
}

async function decode(
  context: BaseAudioContext,
  file: string,
  read: (file: string) => Promise<ArrayBuffer>,
): Promise<AudioBuffer> {
  try {
    return await twice(async () => context.decodeAudioData(await read(file)))
  } catch (error) {
    throw new Error(`The sound ${file} can’t be used (${(error as Error).message}): install Tradefours again.`)
  }
}

function voiceSounds(
  { zones, ...manner }: Manifest['voices'][VoiceName],
  buffers: ReadonlyMap<string, AudioBuffer>,
): VoiceSounds {
  /** By key, the layers from the softest on, each with the hardest velocity that it is for and its takes. */
  const keyboard = Array.from({ length: 128 }, (): { readonly upTo: Velocity; readonly takes: Sample[] }[] => [])
  for (const { file, keys, velocities, ...treatment } of [...zones].sort((a, b) => a.velocities[0] - b.velocities[0])) {
    const sample = { ...treatment, buffer: buffers.get(file) as AudioBuffer }
    for (let key = keys[0]; key <= keys[1]; key++) {
      const layer = keyboard[key]?.find(({ upTo }) => upTo === velocities[1])
      if (layer) layer.takes.push(sample)
      else keyboard[key]?.push({ upTo: velocities[1], takes: [sample] })
    }
  }
  return {
    ...manner,
    sampleAt(pitch, velocity, which = 0) {
      const takes = keyboard[pitch]?.find(({ upTo }) => velocity <= upTo)?.takes
      return takes?.[Math.floor(which * takes.length)] ?? null
    },
  }
}
