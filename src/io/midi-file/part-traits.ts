import type { Beats, MidiPitch, Note } from '../../music/index.ts'
import { namesBass, namesDrums } from './instrument-names.ts'
import type { MidiPart } from './read-parts.ts'

/** Up to this many keys down at once, on average, is still one voice: legato overlaps, a double stop here and there. */
const monophonicKeys = 1.5

/** Whether a part plays mostly one note at a time; octaves are one. */
export function isLine({ notes }: MidiPart): boolean {
  return keysDown(withoutOctaves(notes)) <= monophonicKeys
}

/** Notes that begin nearer to each other than this begin together. */
const together: Beats = 1 / 16

/** The notes but for those that double a lower one in octaves. */
function withoutOctaves(notes: readonly Note[]): Note[] {
  const kept: Note[] = []
  let group: Note[] = []
  const close = () => {
    const lowest = new Map<number, MidiPitch>()
    for (const { pitch } of group) lowest.set(pitch % 12, Math.min(pitch, lowest.get(pitch % 12) ?? pitch))
    for (const note of group) if (note.pitch === lowest.get(note.pitch % 12)) kept.push(note)
    group = []
  }
  for (const note of notes) {
    const [first] = group
    if (first && note.beat > first.beat + together) close()
    group.push(note)
  }
  close()
  return kept
}

/** How many keys are down on average while any is. */
function keysDown(notes: readonly Note[]): number {
  let held = 0
  let sounding = 0
  let end = Number.NEGATIVE_INFINITY
  for (const { beat, beats } of notes) {
    held += beats
    sounding += Math.max(0, beat + beats - Math.max(beat, end))
    end = Math.max(end, beat + beats)
  }
  return sounding > 0 ? held / sounding : 1
}

/** The middle one of a part's pitches in rising order; of octaves the lower note counts. */
export function medianPitch({ notes }: MidiPart): MidiPitch {
  const pitches = withoutOctaves(notes)
    .map(({ pitch }) => pitch)
    .sort((a, b) => a - b)
  return pitches[pitches.length >> 1] as number
}

/** A stretch in which a part plays or does not. */
const stretch: Beats = 4

/** A note sounds in a stretch if it fills this share of it, or begins there; what is held on longer than `longest` is a drone. */
const longEnough: Beats = 1
const longest: Beats = 8

/** The numbers of the stretches in which a note sounds, up to the last of a song. */
function stretchesOf({ beat, beats }: Note, last: number): number[] {
  const first = Math.floor(beat / stretch)
  const end = Math.min(last, Math.floor((beat + Math.min(longest, beats) - longEnough) / stretch))
  return Array.from({ length: Math.max(1, end - first + 1) }, (_, index) => first + index)
}

function stretchesIn(songEnd: Beats): number {
  return Math.max(1, Math.ceil(songEnd / stretch))
}

/** The share of so many beats' stretches of four in which a part sounds. */
export function sharePlayed({ notes }: MidiPart, songEnd: Beats): number {
  const stretches = stretchesIn(songEnd)
  const played = new Set(notes.flatMap((note) => stretchesOf(note, stretches - 1)))
  return Math.min(1, played.size / stretches)
}

/** The share of so many beats' stretches of four in which each part sounds the lowest note of all. */
export function sharesLowest(parts: readonly MidiPart[], songEnd: Beats): Map<MidiPart, number> {
  const lowest = new Map<number, { pitch: MidiPitch; part: MidiPart }>()
  const stretches = stretchesIn(songEnd)
  for (const part of parts) {
    for (const note of part.notes) {
      for (const at of stretchesOf(note, stretches - 1)) {
        const known = lowest.get(at)
        if (!known || note.pitch < known.pitch) lowest.set(at, { pitch: note.pitch, part })
      }
    }
  }
  const shares = new Map(parts.map((part) => [part, 0]))
  for (const { part } of lowest.values()) shares.set(part, (shares.get(part) ?? 0) + 1 / stretches)
  return shares
}

/** Whether a part plays drums: by its channel or bank, its name, or what it strikes. */
export function isPercussion(part: MidiPart): boolean {
  const name = part.sharesTrack ? '' : part.name
  if (part.channel === 10 && part.isKit) return true
  if (namesBass(name)) return false
  return part.isKit || namesDrums(name) || strikesKit(part.notes)
}

/** General MIDI's bass drums, snares, hi-hats, and the rest that a kit mostly strikes. */
const kicks = [35, 36]
const snares = [38, 40]
const hats = [42, 44, 46]
const kit = [...kicks, ...snares, ...hats, 37, 39, 41, 43, 45, 47, 48, 49, 50, 51, 57]

/** Whether the pitches are those of a drum kit, played as one: kick, snare and hats, some of them together. */
function strikesKit(notes: readonly Note[]): boolean {
  const share = (pitches: readonly number[]) =>
    notes.filter(({ pitch }) => pitches.includes(pitch)).length / notes.length
  const onsets = new Set(notes.map(({ beat }) => beat)).size
  // Some strokes fall together, but whole chords are not strokes.
  const isTogether = onsets < 0.9 * notes.length && onsets > 0.4 * notes.length
  return isTogether && share(kit) > 0.95 && share(hats) > 0.2 && share(kicks) > 0.05 && share(snares) > 0.05
}
