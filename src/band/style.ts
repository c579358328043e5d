import type { DrumPattern } from '../groove/index.ts'
import type { Beats } from '../music/index.ts'
import { type Pattern, patternBeats } from './pattern.ts'
import type { BandStyleName, StyleFeel } from './style-names.ts'
import type { BandSounds } from './style-sounds.ts'

/** A style: its feel and its parts. */
export type BandStyle = StyleFeel & Omit<StyleParts, 'name'> & { readonly name: string; readonly programs: BandSounds }

/**
 * How bass and chords are played: data only, so that a style is a file.
 *
 * Patterns of all lengths that are there fill measures of any metre.
 */
export type StyleParts = {
  readonly name: BandStyleName
  /** What it is, in a line. */
  readonly about: string
  /** How charts call it: the name of a style is this one's if it has one of these words in it. */
  readonly words: readonly string[]
  /** Quarter notes a minute, where neither chart nor player says. */
  readonly bpm: number
  readonly bass: BassStyle
  readonly comping: CompingStyle
  /** Where the drummer strikes what, besides what the drummer does by itself. */
  readonly drumming?: readonly DrumPattern[]
}

/**
 * How a bass plays. In its patterns: `r` is the chord's bass, `o` the same an octave higher, `5` the fifth, `3` the third, `7` the seventh,
 * `c` any tone of the chord, `w` a step of a walking line, `a` an approach to the next chord, `n` the bass of the
 * next measure, struck ahead and tied over the bar line, `x` a dead note.
 */
type BassStyle = {
  readonly patterns: readonly Pattern[]
  /** It plays with the bass drum. */
  readonly isLocked?: true
  /** It comes to a chord by tones of its scale and of the one before, not by half steps that are strange to both. */
  readonly isDiatonic?: true
  /** The share of its length that a note sounds. */
  readonly length: number
  /** Its middle, a MIDI pitch. */
  readonly centre: number
  /** The velocity of a plain note at middling intensity. */
  readonly velocity: number
}

/**
 * How chords are played. In its patterns `x` is a chord, a short one, and `x--` one that is held; a chord on the last eighth
 * of a measure that is held up to the bar line is tied over it, and belongs to the chord that comes.
 */
type CompingStyle = {
  readonly voicings: readonly Voicing[]
  /** Notes of a voicing at low and at high intensity. */
  readonly voices: readonly [few: number, many: number]
  readonly patterns: readonly Pattern[]
  /** The share of its length that a chord sounds. */
  readonly length: number
  /** Where its top voice likes to be, a MIDI pitch. */
  readonly top: number
  readonly velocity: number
}

/**
 * Kinds of voicings: without the root, which a bass player has; third and seventh with a tone above; fourths; close chords
 * with the second voice from above an octave lower; triads, with a seventh where the chord has one.
 */
export type Voicing = 'rootless' | 'shell' | 'quartal' | 'drop 2' | 'triad'

/** How long the patterns of a part are. */
export function lengthsOf(patterns: readonly Pattern[]): ReadonlySet<Beats> {
  return new Set(patterns.map(patternBeats))
}
