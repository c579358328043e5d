import { type MidiPitch, pitchName } from '../../music/index.ts'
import { namesBass, namesLeftHand, namesMelody, namesOther, namesUpperVoice } from './instrument-names.ts'
import { isLine, isPercussion, medianPitch, sharePlayed, sharesLowest } from './part-traits.ts'
import type { MidiPart } from './read-parts.ts'

/** Something that speaks for or against a part as the bass. */
export type Reason = { readonly points: number; readonly because: string }

/** A part, and what speaks for it as the bass. */
export type BassChoice = {
  readonly part: MidiPart
  /** The sum of the reasons' points: only its order means something. */
  readonly score: number
  readonly why: readonly Reason[]
}

/**
 * The parts of a song that are not drums, the likeliest bass first. Name, sound, range, one note at a time and the share
 * of the song that a part plays in are weighed against each other: files lie about each of them now and then.
 */
export function rankBasses(parts: readonly MidiPart[]): BassChoice[] {
  const candidates = parts.filter((part) => !isPercussion(part))
  const songEnd = candidates.reduce((most, { notes }) => Math.max(most, notes.at(-1)?.beat ?? 0), 0)
  const lowest = sharesLowest(candidates, songEnd + 1 / 4)
  const isChoir = candidates.filter(({ name }) => namesUpperVoice(name)).length > 1
  return candidates
    .map((part): BassChoice => {
      const median = medianPitch(part)
      const why = [
        ...nameReasons(part, isChoir),
        ...soundReasons(part, median),
        rangeReason(median),
        lowestReason(lowest.get(part) ?? 0),
        isLine(part)
          ? { points: 1, because: 'one note at a time' }
          : { points: -1, because: 'several notes at a time' },
        shareReason(sharePlayed(part, songEnd + 1 / 4)),
        ...pitchReasons(part),
      ]
      return { part, why, score: why.reduce((sum, { points }) => sum + points, 0) }
    })
    .sort((a, b) => b.score - a.score)
}

/**
 * The part that is most likely the bassline: see {@link rankBasses}.
 *
 * @returns null when nothing but percussion plays.
 */
export function bassPart(parts: readonly MidiPart[]): MidiPart | null {
  return rankBasses(parts)[0]?.part ?? null
}

/**
 * The part that is most likely the melody: the highest of those that play mostly one note at a time, or of all.
 *
 * @returns null when nothing but percussion plays.
 */
export function melodyPart(parts: readonly MidiPart[]): MidiPart | null {
  const melodic = parts.filter((part) => !isPercussion(part))
  const lines = melodic.filter(isLine)
  const from = lines.length > 0 ? lines : melodic
  const medians = new Map(from.map((part) => [part, medianPitch(part)]))
  return [...from].sort((a, b) => (medians.get(a) ?? 0) - (medians.get(b) ?? 0)).at(-1) ?? null
}

function nameReasons({ name, sharesTrack, program }: MidiPart, isChoir: boolean): Reason[] {
  if (sharesTrack) return []
  if (namesBass(name) && (isVoice(program) || (isChoir && !isBassSound(program))))
    return [{ points: 1, because: `its name is “${name}”, and it sings` }]
  if (namesBass(name)) return [{ points: 4, because: `its name is “${name}”` }]
  if (namesLeftHand(name)) return [{ points: 1, because: `its name is “${name}”` }]
  if (namesMelody(name)) return [{ points: -2.5, because: `its name is “${name}”` }]
  return namesOther(name) ? [{ points: -1, because: `its name is “${name}”` }] : []
}

/** General MIDI's choirs and voices. */
function isVoice(program: number | null): boolean {
  return program !== null && program >= 52 && program <= 54
}

/** General MIDI's basses. */
function isBassSound(program: number | null): boolean {
  return program !== null && program >= 32 && program < 40
}

/**
 * From F♯3 up a bass's sound says less, and from middle C on little: it plays a melody or an octave over the bass, or its file
 * means other sounds by its programs.
 */
const lowBass: MidiPitch = 54
const highBass: MidiPitch = 60

function soundReasons({ program }: MidiPart, median: MidiPitch): Reason[] {
  const reason = (points: number, sound: string) => [{ points, because: `its sound is ${sound}` }]
  if (program === null) return []
  if (isBassSound(program)) return reason(bassSoundPoints(median), 'a bass')
  if (program === 47) return reason(-2.5, 'timpani')
  if (program === 43) return reason(4, 'a contrabass')
  if (program === 58) return reason(1, 'a tuba')
  if (program === 87) return reason(1, 'a bass and lead')
  return program >= 112 ? reason(-3, 'an effect or a drum') : []
}

function bassSoundPoints(median: number): number {
  const height = Math.min(1, Math.max(0, (median - lowBass) / (highBass - lowBass)))
  return Math.round(10 * (5 - 3 * height)) / 10
}

/** A part of this many notes on one pitch is a drum's, or a click's. */
const manyOnOne = 64

function pitchReasons({ notes }: MidiPart): Reason[] {
  const isOne = notes.length >= manyOnOne && notes.every(({ pitch }) => pitch === notes[0]?.pitch)
  return isOne ? [{ points: -3, because: 'all its notes are one pitch' }] : []
}

function rangeReason(median: number): Reason {
  const points = Math.min(1.5, Math.max(-5, (50 - median) / 6))
  return { points: Math.round(points * 10) / 10, because: `it is around ${pitchName(median)}` }
}

function lowestReason(share: number): Reason {
  return {
    points: share < 1 / 20 ? -0.5 : Math.round(19 * share) / 10,
    because: `it is the lowest in ${Math.round(100 * share)} % of the song`,
  }
}

function shareReason(share: number): Reason {
  const points = 4 * Math.min(share, 0.75) - (share < 1 / 8 ? 2 : 0)
  return { points: Math.round(points * 10) / 10, because: `it plays in ${Math.round(100 * share)} % of the song` }
}
