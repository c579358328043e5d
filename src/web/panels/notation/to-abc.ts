import type { Groove } from '../../../groove/index.ts'
import { type Metre, type MidiPitch, metreText, type Note } from '../../../music/index.ts'
import type { ChordChange } from '../../../session/index.ts'
import { drumHeads, drumVoices } from './drum-voices.ts'
import { lineVoice, pitchRow } from './line-voice.ts'
import { type KeySignature, keyName, keySignature } from './spelling.ts'
import type { Voice } from './voice.ts'

/** A sheet: staves that sound together, one below the other. */
export type Sheet = {
  readonly metre: Metre
  readonly measures: number
  /** The tempo above the first staff; none unless given. */
  readonly bpm?: number
  /** The key signature; unless given, the one with the fewest accidentals. */
  readonly key?: KeySignature
  /** The chords above the first staff, and where each starts. */
  readonly chords?: readonly ChordChange[]
  readonly staves: readonly Staff[]
  /** Whether it is a loop. */
  readonly repeats?: boolean
}

/** A line of notes, or a groove in the sheet's metre. Beats count from the start of the sheet. */
export type Staff = { readonly name?: string } & ({ readonly notes: readonly Note[] } | { readonly groove: Groove })

/** Writes a sheet as ABC (version 2.1, as abcjs draws it). */
export function toAbc(sheet: Sheet): string {
  const { metre, measures, bpm, staves, chords = [], repeats = false } = sheet
  const pitches = staves.flatMap((staff) => ('notes' in staff ? staff.notes.map(({ pitch }) => pitch) : []))
  const key = sheet.key ?? keySignature(pitches)
  const parts = staves.map((staff, index) =>
    'groove' in staff
      ? drumVoices(staff.groove, measures, staff.name)
      : [lineVoice(staff.notes, { name: staff.name, metre, measures, key, chords, showsChords: index === 0 })],
  )
  const voices = parts.flat()
  return [
    'X:1',
    'L:1/16',
    `M:${metreText(metre).replace(/^(.*\+.*)\//, '($1)/')}`,
    ...(bpm === undefined ? [] : [`Q:1/4=${Math.round(bpm)}`]),
    ...drumHeads,
    `%%score ${scoreText(parts)}`,
    ...voices.map(({ head }, index) => `V:${index + 1} ${head}`),
    `K:${keyName(key)}`,
    ...systems(voices, repeats),
    '',
  ].join('\n')
}

/** Writes pitches without a rhythm as ABC: a row of heads. */
export function pitchesToAbc(pitches: readonly MidiPitch[], key: KeySignature): string {
  const { clef, row } = pitchRow(pitches, key)
  return ['X:1', 'L:1/4', 'M:none', `K:${keyName(key)} clef=${clef}`, `${row} |]`, ''].join('\n')
}

/** Which voices share a staff, and which staves belong together. */
function scoreText(parts: readonly (readonly Voice[])[]): string {
  let number = 0
  const texts = parts.map((voices) => {
    const numbers = voices.map(() => ++number).join(' ')
    return voices.length > 1 ? `(${numbers})` : numbers
  })
  return texts.length > 1 ? `[${texts.join(' ')}]` : `${texts[0]}`
}

/** How many note values fit a line. */
const valuesInLine = 40

/** The lines of the page, each with all voices. */
function systems(voices: readonly Voice[], repeats: boolean): string[] {
  const count = Math.max(...voices.map(({ measures }) => measures.length))
  const inLine = measuresInLine(voices, count)
  const lines: string[] = []
  for (let first = 0; first < count; first += inLine) {
    const closing = first + inLine < count ? '|' : repeats ? ':|' : '|]'
    for (const [index, { key, measures }] of voices.entries()) {
      lines.push(`V:${index + 1}`)
      if (first === 0) lines.push(`K:${key}`)
      const opening = first === 0 && repeats ? '|: ' : ''
      lines.push(`${opening}${measures.slice(first, first + inLine).join(' | ')} ${closing}`)
    }
  }
  return lines
}

function measuresInLine(voices: readonly Voice[], count: number): number {
  const values = (measure: number) =>
    Math.max(...voices.map(({ measures }) => measures[measure]?.match(/[a-gxz\]][,']*\d/gi)?.length ?? 0))
  const sizes = Array.from({ length: count }, (_, measure) => values(measure))
  const fits = (inLine: number) =>
    sizes.every((_, first) => sizes.slice(first, first + inLine).reduce((sum, size) => sum + size) <= valuesInLine)
  return [4, 2].find(fits) ?? 1
}
