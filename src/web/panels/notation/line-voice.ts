import {
  type Beats,
  type Chord,
  type ChordChange,
  type Metre,
  type MidiPitch,
  measureBeats,
  type Note,
} from '../../../music/index.ts'
import { type Clef, clefFor } from './clef.ts'
import { ticksPerBeat } from './measure.ts'
import { type Written, writeRhythm } from './rhythm.ts'
import { alterationIn, type KeySignature, keyName, type Spelling, spell } from './spelling.ts'
import { beamed, lengthText, nameText, struck, type Voice } from './voice.ts'

/** What a line is written with. */
export type LineWriting = {
  readonly name?: string | undefined
  readonly metre: Metre
  readonly measures: number
  readonly key: KeySignature
  /** The chords: their names are above the line, and its notes are spelled by them. */
  readonly chords: readonly ChordChange[]
  readonly showsChords: boolean
  /** How many measures are in a system that is drawn by itself: what is tied into it says so. */
  readonly inLine?: number | undefined
}

/** Writes a line of notes as a voice. */
export function lineVoice(notes: readonly Note[], writing: LineWriting): Voice {
  const { name, metre, measures, key, chords, showsChords, inLine } = writing
  const clef = clefFor(notes.map(({ pitch }) => pitch))
  const cuts = showsChords ? chords.map(({ beat }) => beat) : []
  const written = writeRhythm(notes, { metre, measures, cuts })
  const speller = new Speller(key, clef)
  const next = followers(written)
  const lines = written.map((values, measure) => {
    speller.crossBar()
    const begins = inLine !== undefined && measure > 0 && measure % inLine === 0
    return beamed(values, metre, (value) => {
      const beat = measure * measureBeats(metre) + value.from / ticksPerBeat
      const symbol = showsChords ? symbolAt(chords, beat) : ''
      if (value.pitches.length === 0) return `${symbol}z${lengthText(value)}`
      const isTiedIn = begins && value.goesOn && value.from === 0
      const names = isTiedIn
        ? speller.recall(value)
        : speller.call(value, next.get(value) ?? null, chordAt(chords, beat))
      return symbol + struck(names, value, isTiedIn)
    })
  })
  return { head: `clef=${clef.name}${nameText(name)}`, key: keyName(key), measures: lines }
}

/** Writes pitches without a rhythm, as heads without stems. */
export function pitchRow(pitches: readonly MidiPitch[], key: KeySignature): { clef: string; row: string } {
  const clef = clefFor(pitches)
  const speller = new Speller(key, clef)
  const heads = pitches.map((pitch, index) =>
    speller.call({ pitches: [pitch], goesOn: false }, pitches[index + 1] ?? null, null),
  )
  return { clef: clef.name, row: heads.map((head) => `${head}0`).join(' ') }
}

/** For each value of a line of single notes, the other pitch that comes after it. */
function followers(measures: readonly (readonly Written[])[]): Map<Written, MidiPitch> {
  const values = measures.flat()
  const next = new Map<Written, MidiPitch>()
  for (const [index, value] of values.entries()) {
    const after = values.slice(index + 1).find(({ pitches }) => `${pitches}` !== `${value.pitches}`)
    if (after?.pitches.length === 1) next.set(value, after.pitches[0] as MidiPitch)
  }
  return next
}

/** A chord and a note that are as near as this are at the same place. */
const nearby: Beats = 1 / 16

function symbolAt(chords: readonly ChordChange[], beat: Beats): string {
  const change = chords.find((each) => Math.abs(each.beat - beat) < nearby)
  return change ? `"${change.chord?.symbol ?? 'N.C.'}"` : ''
}

function chordAt(chords: readonly ChordChange[], beat: Beats): Chord | null {
  return chords.findLast((change) => change.beat <= beat + nearby)?.chord ?? null
}

/** Spells pitches measure by measure: an accidental holds until the bar line. */
class Speller {
  readonly #key: KeySignature
  readonly #clef: Clef
  /** The alterations of letters in this measure: for each octave, and the last one in any octave. */
  #altered = new Map<string, number>()
  /** The names of the pitches that sound. */
  #called = new Map<MidiPitch, Spelling>()

  constructor(key: KeySignature, clef: Clef) {
    this.#key = key
    this.#clef = clef
  }

  crossBar(): void {
    this.#altered = new Map()
  }

  /** The names of a value's pitches. A tied value has the same names, without accidentals. */
  call(
    { pitches, goesOn }: Pick<Written, 'pitches' | 'goesOn'>,
    next: MidiPitch | null,
    chord: Chord | null,
  ): string[] {
    if (goesOn) return pitches.map((pitch) => this.#letter(this.#called.get(pitch) as Spelling))
    const leadsTo = pitches.length === 1 ? next : null
    this.#called = new Map(pitches.map((pitch) => [pitch, spell(pitch, { key: this.#key, chord, next: leadsTo })]))
    return [...this.#called.values()].map((spelling) => this.#accidental(spelling) + this.#letter(spelling))
  }

  /** The names of a value's pitches that goes on from the line before: with their accidentals, as a reminder. */
  recall({ pitches }: Pick<Written, 'pitches'>): string[] {
    return pitches.map((pitch) => {
      const spelling = this.#called.get(pitch) as Spelling
      return this.#accidental(spelling) + this.#letter(spelling)
    })
  }

  /** The accidental of a note. It is also written if only another octave was altered, as a reminder. */
  #accidental({ letter, alteration, octave }: Spelling): string {
    const plain = alterationIn(this.#key, letter)
    const here = this.#altered.get(letter + octave) ?? plain
    const last = this.#altered.get(letter) ?? plain
    this.#altered.set(letter + octave, alteration).set(letter, alteration)
    return here === alteration && last === alteration ? '' : (['_', '=', '^'][alteration + 1] as string)
  }

  #letter({ letter, octave }: Spelling): string {
    const up = octave - this.#clef.octaves - 5
    return up >= 0 ? letter.toLowerCase() + "'".repeat(up) : letter + ','.repeat(-1 - up)
  }
}
