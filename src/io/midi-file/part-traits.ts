import type { Beats, MidiPitch, Note } from '../../music/index.ts'
import { namesBass, namesDrums } from './instrument-names.ts'
import type { MidiPart } from './read-parts.ts'

/** Up to this many keys down at once, on average, is still one voice: legato overlaps, a double stop here and there. */
const monophonicKeys = 1.5

/** Whether a part plays mostly one note at a time; octaves are one. */
export function isLine({ notes }: MidiPart): boolean {
  return keysDown(withoutOctaves(notes)) <= monophonicKeys
}

/** Notes that begin so near to each other begin together. */
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

/** The share of so many beats' stretches of four in which a part strikes a note. */
export function sharePlayed({ notes }: MidiPart, songEnd: Beats): number {
  const played = new Set(notes.map(({ beat }) => Math.floor(beat / stretch)))
  return Math.min(1, played.size / Math.max(1, Math.ceil(songEnd / stretch)))
}

/** The share of so many beats' stretches of four in which each part strikes the lowest note of all. */
export function sharesLowest(parts: readonly MidiPart[], songEnd: Beats): Map<MidiPart, number> {
  const lowest = new Map<number, { pitch: MidiPitch; part: MidiPart }>()
  for (const part of parts) {
    for (const { pitch, beat } of part.notes) {
      const at = Math.floor(beat / stretch)
      const known = lowest.get(at)
      if (!known || pitch < known.pitch) lowest.set(at, { pitch, part })
    }
  }
  const stretches = Math.max(1, Math.ceil(songEnd / stretch))
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
  const isTogether = onsets < 0.9 * notes.length
  return isTogether && share(kit) > 0.95 && share(hats) > 0.2 && share(kicks) > 0.05 && share(snares) > 0.05
}
