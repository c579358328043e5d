import type { Groove } from '../../../groove/index.ts'
import { type ChordChange, type Metre, type MidiPitch, metreText, type Note } from '../../../music/index.ts'
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

/**
 * A line of notes; two, for the hands of a keyboard, the upper one first; or a groove in the sheet's metre. Beats count from
 * the start of the sheet.
 */
export type Staff = { readonly name?: string } & (
  | { readonly notes: readonly Note[] }
  | { readonly hands: readonly [upper: readonly Note[], lower: readonly Note[]] }
  | { readonly groove: Groove }
)

/** How many note values fit a line: of a screen, and of a phone that is held upright. */
export const valuesInLine = { wide: 40, narrow: 16 } as const

/**
 * Writes a sheet as ABC (version 2.1, as abcjs draws it).
 *
 * @param values how many note values fit a line.
 */
export function toAbc(sheet: Sheet, values: number = valuesInLine.wide): string {
  const { head, voices } = write(sheet)
  const count = Math.max(...voices.map(({ measures }) => measures.length))
  const inLine = measuresInLine(voices, count, values)
  const lines = [...head]
  for (let first = 0; first < count; first += inLine) {
    lines.push(...system(voices, { first, inLine, isAlone: first === 0, repeats: sheet.repeats }))
  }
  return [...lines, ''].join('\n')
}

/**
 * Writes a sheet as ABC, each of its systems by itself, so that one that changes can be drawn without the others.
 *
 * @param inLine how many measures are in a system.
 */
export function systemsToAbc(sheet: Sheet, inLine: number): string[] {
  const { head, voices } = write(sheet, inLine)
  return Array.from({ length: Math.ceil(sheet.measures / inLine) }, (_, line) =>
    [...head, ...system(voices, { first: line * inLine, inLine, isAlone: true }), ''].join('\n'),
  )
}

/** The head of a sheet, and its voices. @param inLine how many measures are in a system that is drawn by itself. */
function write(sheet: Sheet, inLine?: number): { head: readonly string[]; voices: readonly Voice[] } {
  const { metre, measures, bpm, staves, chords = [] } = sheet
  const key = sheet.key ?? keySignature(staves.flatMap(linesOf).flatMap((notes) => notes.map(({ pitch }) => pitch)))
  const parts = staves.map((staff, index) => {
    if ('groove' in staff) return drumVoices(staff.groove, measures, staff.name)
    return linesOf(staff).map((notes, line) => {
      const isFirst = line === 0
      const name = isFirst ? staff.name : undefined
      return lineVoice(notes, { name, metre, measures, key, chords, inLine, showsChords: index === 0 && isFirst })
    })
  })
  const voices = parts.flat()
  const head = [
    'X:1',
    'L:1/16',
    `M:${metreText(metre).replace(/^(.*\+.*)\//, '($1)/')}`,
    ...(bpm === undefined ? [] : [`Q:1/4=${Math.round(bpm)}`]),
    ...drumHeads,
    `%%score ${scoreText(parts, staves)}`,
    ...voices.map(({ head }, index) => `V:${index + 1} ${head}`),
    `K:${keyName(key)}`,
  ]
  return { head, voices }
}

/** The lines of a staff; none of a groove. */
function linesOf(staff: Staff): readonly (readonly Note[])[] {
  return 'hands' in staff ? staff.hands : 'notes' in staff ? [staff.notes] : []
}

/** Writes pitches without a rhythm as ABC: a row of heads. */
export function pitchesToAbc(pitches: readonly MidiPitch[], key: KeySignature): string {
  const { clef, row } = pitchRow(pitches, key)
  return ['X:1', 'L:1/4', 'M:none', `K:${keyName(key)} clef=${clef}`, `${row} |]`, ''].join('\n')
}

/** Which voices share a staff, and which staves belong together. */
function scoreText(parts: readonly (readonly Voice[])[], staves: readonly Staff[]): string {
  let number = 0
  const texts = parts.map((voices, index) => {
    const numbers = voices.map(() => ++number).join(' ')
    if (voices.length === 1) return numbers
    return 'hands' in (staves[index] as Staff) ? `{${numbers}}` : `(${numbers})`
  })
  return texts.length > 1 ? `[${texts.join(' ')}]` : `${texts[0]}`
}

/** Which measures are in a system. */
type Line = {
  readonly first: number
  readonly inLine: number
  /** Nobody has said yet in which keys the voices are. */
  readonly isAlone: boolean
  readonly repeats?: boolean | undefined
}

/** A system: some measures of all voices. */
function system(voices: readonly Voice[], { first, inLine, isAlone, repeats = false }: Line): string[] {
  const count = Math.max(...voices.map(({ measures }) => measures.length))
  const closing = first + inLine < count ? '|' : repeats ? ':|' : '|]'
  const opening = first === 0 && repeats ? '|: ' : ''
  return voices.flatMap(({ key, measures }, index) => [
    `V:${index + 1}`,
    ...(isAlone ? [`K:${key}`] : []),
    `${opening}${measures.slice(first, first + inLine).join(' | ')} ${closing}`,
  ])
}

function measuresInLine(voices: readonly Voice[], count: number, most: number): number {
  const values = (measure: number) =>
    Math.max(...voices.map(({ measures }) => measures[measure]?.match(/[a-gxz\]][,']*\d/gi)?.length ?? 0))
  const sizes = Array.from({ length: count }, (_, measure) => values(measure))
  const fits = (inLine: number) =>
    sizes.every((_, first) => sizes.slice(first, first + inLine).reduce((sum, size) => sum + size) <= most)
  return [4, 2].find(fits) ?? 1
}
