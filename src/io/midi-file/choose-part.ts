import type { Note } from '../../music/index.ts'
import type { MidiPart } from './read.ts'

const percussionChannel = 10

/** Acoustic, fingered, picked, fretless, slapped and synthesised basses, counted from 0. */
const bassPrograms = [32, 33, 34, 35, 36, 37, 38, 39]

/** Up to this many keys down at once, on average, is still one voice: legato overlaps, a double stop here and there. */
const monophonicKeys = 1.5

/**
 * The part that is most likely the bassline: the lowest of those that play mostly one note at a time. Parts
 * with one of General MIDI's bass sounds go before all others; where all play chords, the lowest it is.
 *
 * @returns null when nothing but percussion plays.
 */
export function bassPart(parts: readonly MidiPart[]): MidiPart | null {
  const basses = preferred(melodic(parts), ({ program }) => program !== null && bassPrograms.includes(program))
  return fromLowest(preferred(basses, isLine))[0] ?? null
}

/**
 * The part that is most likely the melody: the highest of those that play mostly one note at a time, or of all.
 *
 * @returns null when nothing but percussion plays.
 */
export function melodyPart(parts: readonly MidiPart[]): MidiPart | null {
  return fromLowest(preferred(melodic(parts), isLine)).at(-1) ?? null
}

function melodic(parts: readonly MidiPart[]): MidiPart[] {
  return parts.filter(({ channel }) => channel !== percussionChannel)
}

function isLine({ notes }: MidiPart): boolean {
  return keysDown(notes) <= monophonicKeys
}

function fromLowest(parts: readonly MidiPart[]): MidiPart[] {
  return [...parts].sort((a, b) => medianPitch(a) - medianPitch(b))
}

/** Those that pass the test, or all of them where none does. */
function preferred(parts: readonly MidiPart[], test: (part: MidiPart) => boolean): readonly MidiPart[] {
  const passing = parts.filter(test)
  return passing.length > 0 ? passing : parts
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

function medianPitch({ notes }: MidiPart): number {
  const pitches = notes.map(({ pitch }) => pitch).sort((a, b) => a - b)
  return pitches[pitches.length >> 1] as number
}
