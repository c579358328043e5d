import { type Beats, type MidiPitch, mod, type PitchClass, pitchClass, type Velocity } from '../../music/index.ts'
import { beginsPhrase, type ChordKind, chordKinds, type PlayedNote } from './played-note.ts'
import { notesOf, type Player } from './player.ts'

/** What a memory knows of a performer, in figures. Shares are from 0 to 1; of what never came, there is nothing. */
export type Portrait = {
  readonly name: string
  readonly evenings: number
  readonly notes: number
  readonly phrases: number
  /** The pitches; nearly all of them are between `low` and `high`. Null before any. */
  readonly range: {
    readonly lowest: MidiPitch
    readonly highest: MidiPitch
    readonly low: MidiPitch
    readonly high: MidiPitch
    readonly middle: number
  } | null
  /** From note to note, in semitones up; the most frequent first. */
  readonly intervals: readonly { readonly semitones: number; readonly share: number }[]
  /** Of all intervals. */
  readonly leaps: number
  readonly repeated: number
  /** Over each kind of chord: the share of each of the twelve semitones above the root. */
  readonly degrees: Readonly<Partial<Record<ChordKind, { readonly notes: number; readonly shares: readonly number[] }>>>
  /** From note to note within phrases; the most frequent first. */
  readonly rhythms: readonly { readonly beats: Beats; readonly share: number }[]
  readonly density: {
    readonly notesPerPhrase: number
    readonly beatsPerPhrase: Beats
    readonly notesPerBeat: number
    /** The median rest between phrases. */
    readonly restBeats: Beats
  }
  /** How phrases begin and end: off the beat, going down, and on which semitone above the root. */
  readonly phraseBegins: { readonly offBeat: number }
  readonly phraseEnds: {
    readonly offBeat: number
    readonly falling: number
    readonly lastNoteBeats: Beats
    readonly degrees: readonly number[]
  }
  readonly touch: { readonly mean: Velocity; readonly deviation: number }
}

/** Note values that are told apart. */
const noteValues: readonly Beats[] = [1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 1.5, 2, 3, 4]

const fifth = 7

/** Makes a performer's portrait from all that is kept. */
export function portraitOf(player: Player): Portrait {
  const notes = notesOf(player)
  const phrases = phrasesOf(notes)
  const steps = phrases.flatMap((phrase) => phrase.slice(1).map((note, index) => note.pitch - pitchAt(phrase, index)))
  const gaps = phrases.flatMap((phrase) => phrase.slice(1).map(({ since }) => since ?? 0))
  const lengths = phrases.map(
    (phrase) => sum(phrase.slice(1).map(({ since }) => since ?? 0)) + (phrase.at(-1)?.beats ?? 0),
  )
  const rests = phrases.slice(1).flatMap(([first], index) => {
    const before = phrases[index]?.at(-1)
    return first && first.since !== null && before ? [first.since - before.beats] : []
  })
  const lasts = phrases.flatMap((phrase) => phrase.slice(-1))
  const falls = phrases.filter((phrase) => phrase.length > 1)
  return {
    name: player.name,
    evenings: player.evenings.length,
    notes: notes.length,
    phrases: phrases.length,
    range: rangeOf(notes.map(({ pitch }) => pitch)),
    intervals: ranked(steps).map(([semitones, share]) => ({ semitones, share })),
    leaps: share(steps, (step) => Math.abs(step) > fifth),
    repeated: share(steps, (step) => step === 0),
    degrees: Object.fromEntries(
      chordKinds.flatMap((kind) => {
        const over = notes.filter(({ chord }) => chord?.kind === kind)
        return over.length === 0 ? [] : [[kind, { notes: over.length, shares: degreeShares(over) }]]
      }),
    ),
    rhythms: ranked(gaps.map(noteValue)).map(([beats, share]) => ({ beats, share })),
    density: {
      notesPerPhrase: mean(phrases.map(({ length }) => length)),
      beatsPerPhrase: mean(lengths),
      notesPerBeat: sum(lengths) > 0 ? notes.length / sum(lengths) : 0,
      restBeats: median(rests),
    },
    phraseBegins: { offBeat: share(phrases, ([first]) => first !== undefined && isOffBeat(first)) },
    phraseEnds: {
      offBeat: share(lasts, isOffBeat),
      falling: share(falls, (phrase) => pitchAt(phrase, phrase.length - 1) < pitchAt(phrase, phrase.length - 2)),
      lastNoteBeats: median(lasts.map(({ beats }) => beats)),
      degrees: degreeShares(lasts),
    },
    touch: {
      mean: mean(notes.map(({ velocity }) => velocity)),
      deviation: deviation(notes.map(({ velocity }) => velocity)),
    },
  }
}

/** Notes in phrases: a rest ends one, and so does a line of which nothing before is known. */
export function phrasesOf(notes: readonly PlayedNote[]): PlayedNote[][] {
  const phrases: PlayedNote[][] = []
  for (const note of notes) {
    const phrase = phrases.at(-1)
    if (!phrase || beginsPhrase(note, phrase.at(-1))) phrases.push([note])
    else phrase.push(note)
  }
  return phrases
}

function pitchAt(phrase: readonly PlayedNote[], index: number): MidiPitch {
  return phrase[index]?.pitch ?? 0
}

function isOffBeat({ place }: PlayedNote): boolean {
  const within = mod(place, 1)
  return within > 1 / 12 && within < 11 / 12
}

/** The note value that is nearest, by ratio. */
function noteValue(beats: Beats): Beats {
  const far = (value: Beats) => Math.abs(Math.log(Math.max(0.01, beats) / value))
  return noteValues.reduce((best, value) => (far(value) < far(best) ? value : best))
}

function degreeShares(notes: readonly PlayedNote[]): number[] {
  const tones: PitchClass[] = notes.flatMap(({ pitch, chord }) => (chord ? [pitchClass(pitch - chord.root)] : []))
  return Array.from({ length: 12 }, (_, degree) => share(tones, (tone) => tone === degree))
}

function rangeOf(pitches: readonly MidiPitch[]): Portrait['range'] {
  const sorted = [...pitches].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? 0
  if (sorted.length === 0) return null
  return { lowest: at(0), highest: at(1), low: at(0.02), high: at(0.98), middle: mean(sorted) }
}

/** Values and their shares, the most frequent first. */
function ranked(values: readonly number[]): [value: number, share: number][] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .map(([value, count]) => [value, count / values.length])
}

function share<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
