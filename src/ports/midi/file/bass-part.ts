import type { Note } from '../../../music/index.ts'
import type { MidiPart } from './read.ts'

const percussionChannel = 10

/** Up to this many keys down at once, on average, is still one voice: legato overlaps, a double stop here and there. */
const monophonicKeys = 1.5

/**
 * The part that is most likely the bassline: of the melodic parts that play mostly one note at a time the
 * one that lies lowest; where all play chords, the lowest of them.
 *
 * @returns null when nothing but percussion plays.
 */
export function bassPart(parts: readonly MidiPart[]): MidiPart | null {
  const melodic = parts.filter(({ channel }) => channel !== percussionChannel)
  const monophonic = melodic.filter(({ notes }) => keysDown(notes) <= monophonicKeys)
  const [first, ...rest] = monophonic.length > 0 ? monophonic : melodic
  if (!first) return null
  return rest.reduce((lowest, part) => (medianPitch(part) < medianPitch(lowest) ? part : lowest), first)
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
