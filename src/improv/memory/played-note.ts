import {
  type Beats,
  type Chord,
  type MidiPitch,
  type PitchClass,
  pitchClass,
  type Velocity,
} from '../../music/index.ts'

/** The kinds of chord over which degrees are counted. */
export const chordKinds = ['major', 'dominant', 'minor', 'half-diminished', 'diminished', 'other'] as const

/** A kind of chord. */
export type ChordKind = (typeof chordKinds)[number]

/** A chord, as a memory keeps it. */
export type KeptChord = { readonly root: PitchClass; readonly kind: ChordKind }

/** A note, as what has sounded is remembered: plain data. */
export type PastNote = {
  readonly pitch: MidiPitch
  /** From the note before; null where it begins a line, of which nothing before is known. */
  readonly since: Beats | null
  /** The chord that it was played over. */
  readonly chord: KeptChord | null
}

/** A note, as the memory of a performer keeps it. */
export type PlayedNote = PastNote & {
  readonly velocity: Velocity
  /** How long it sounded. */
  readonly beats: Beats
  /** Into its measure. */
  readonly place: Beats
}

/** A rest as long as this ends a phrase. */
const phraseRest: Beats = 0.75

/** Whether a phrase begins with a note: after a rest, or where nothing before it is known. */
export function beginsPhrase({ since }: PlayedNote, before: PlayedNote | undefined): boolean {
  return !before || since === null || since - before.beats >= phraseRest
}

/** Each chord that a memory may keep, once: an evening has thousands of notes. */
const keptChords = Object.fromEntries(
  chordKinds.map((kind) => [kind, Array.from({ length: 12 }, (_, root) => ({ root, kind }))]),
) as unknown as Readonly<Record<ChordKind, Readonly<Record<PitchClass, KeptChord>>>>

/** A chord as a memory keeps it: its root, and its kind, from its tones. */
export function keptChord({ root, tones }: Pick<Chord, 'root' | 'tones'>): KeptChord {
  return keptChords[kindOf(root, tones)][root] as KeptChord
}

function kindOf(root: PitchClass, tones: readonly PitchClass[]): ChordKind {
  const has = (semitones: number) => tones.includes(pitchClass(root + semitones))
  if (has(4)) return has(10) ? 'dominant' : has(8) && !has(7) ? 'other' : 'major'
  if (!has(3)) return 'other'
  if (!has(6) || has(7)) return 'minor'
  return has(10) ? 'half-diminished' : 'diminished'
}
