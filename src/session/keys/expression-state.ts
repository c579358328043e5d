import type { Expression } from '../core/index.ts'
import type { PlayedTrack } from '../track.ts'
import { type MpeZones, noMpe } from './mpe.ts'

/** What hands and feet do to notes that sound: bends, pressure, wheels and pedals. */
export type ExpressionState = {
  readonly mpe: MpeZones
  /** The tracks whose outputs have been sent the zones. */
  readonly introduced: readonly PlayedTrack[]
  /** The parameters that data entry sets, by channel: the controllers that have chosen them, with their values. */
  readonly parameters: Readonly<Record<number, Parameter>>
  /** How far a bend goes, in semitones, by channel, where that was set. */
  readonly bendRanges: Readonly<Record<number, number>>
  /** What is away from where it rests, and has to come back. */
  readonly moved: readonly Moved[]
}

/** A parameter as two controllers choose it: 101 and 100 a registered one, 99 and 98 an instrument's own. */
export type Parameter = { readonly high: Chosen | null; readonly low: Chosen | null }
type Chosen = { readonly controller: number; readonly value: number }

/** A wheel, pedal or pressure of a channel that has moved the notes of a track. */
export type Moved = { readonly track: PlayedTrack; readonly channel: number; readonly name: MovedName }

/** A controller is called by its number. */
type MovedName = 'bend' | 'pressure' | number

/** Nothing has been moved. */
export const noExpression: ExpressionState = { mpe: noMpe, introduced: [], parameters: {}, bendRanges: {}, moved: [] }

/** Where controllers rest: timbre in the centre, expression all the way up, all others at 0. */
const rests: ReadonlyMap<number, number> = new Map([
  ...[1, 2, 64, 65, 66, 67, 68, 69].map((controller): [number, number] => [controller, 0]),
  [11, 127],
  [74, 64],
])

/** Whether a controller is a pedal or a switch. */
export function isPedal(controller: number): boolean {
  return controller >= 64 && controller <= 69
}

/** Whether a controller is passed on: it moves what sounds, or chooses a program's bank. */
export function isPassedOn(controller: number): boolean {
  return rests.has(controller) || controller === 0 || controller === 32
}

/** What an expression moves; null for what rests nowhere. */
export function movedName(expression: Expression): MovedName | null {
  if (expression.kind === 'bend' || expression.kind === 'pressure') return expression.kind
  return expression.kind === 'control' && rests.has(expression.controller) ? expression.controller : null
}

/** The same, at rest. */
export function atRest(name: MovedName): Expression {
  if (name === 'bend') return { kind: 'bend', value: 0, semitones: 0 }
  if (name === 'pressure') return { kind: 'pressure', value: 0 }
  return { kind: 'control', controller: name, value: rests.get(name) ?? 0 }
}

/** Whether it brings back what it moves. */
export function isAtRest(expression: Expression): boolean {
  const name = movedName(expression)
  const still = name === null ? null : atRest(name)
  return still !== null && 'value' in still && 'value' in expression && still.value === expression.value
}
