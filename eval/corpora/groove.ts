import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMidi } from '../../src/io/midi-file/index.ts'
import { drumEvent, type ModelEvent } from '../../src/models/index.ts'
import {
  type Drum,
  drums,
  type Metre,
  type MidiPitch,
  metre,
  nearestStep,
  type Steps,
  stepsPerMeasure,
  type Velocity,
} from '../../src/music/index.ts'
import { readCsv } from './csv.ts'

/** A stroke on the grid of sixteenths, as it was really played. */
export type Stroke = {
  readonly step: Steps
  readonly drum: Drum
  readonly velocity: Velocity
  /** How late, in steps; negative is early. */
  readonly offset: Steps
}

/** A drummer's take, from the beginning of a measure. */
export type Take = {
  readonly id: string
  readonly metre: Metre
  readonly bpm: number
  /** The loudest of each step and drum. */
  readonly strokes: readonly Stroke[]
  /** Whole measures. */
  readonly events: readonly ModelEvent[]
}

/** The takes of the Groove MIDI Dataset, in the order of its table, read as the training reads them. */
export function grooveTakes(data: string): Take[] {
  const folder = join(data, 'groove')
  const table = readCsv(join(folder, 'info.csv'), 'id', 'bpm', 'time_signature', 'midi_filename')
  return table.flatMap(({ id, bpm, time_signature: signature, midi_filename: file }): Take[] => {
    if (!existsSync(join(folder, file))) return []
    const [numerator = 4, denominator = 4] = signature.split('-').map(Number)
    const strokes = readStrokes(readFileSync(join(folder, file)))
    const played = metre(numerator, denominator)
    return [{ id, metre: played, bpm: Number(bpm), strokes, events: eventsOf(strokes, stepsPerMeasure(played)) }]
  })
}

function readStrokes(bytes: Uint8Array): Stroke[] {
  const loudest = new Map<string, Stroke>()
  for (const { pitch, velocity, beat } of readMidi(bytes).parts.flatMap(({ notes }) => notes)) {
    const drum = drumOf.get(pitch)
    const step = nearestStep(beat)
    if (!drum || (loudest.get(`${step} ${drum}`)?.velocity ?? 0) >= velocity) continue
    loudest.set(`${step} ${drum}`, { step, drum, velocity, offset: 4 * beat - step })
  }
  return [...loudest.values()]
}

function eventsOf(strokes: readonly Stroke[], perMeasure: Steps): ModelEvent[] {
  const measures = 1 + Math.floor(Math.max(0, ...strokes.map(({ step }) => step)) / perMeasure)
  const events: ModelEvent[] = new Array(measures * perMeasure).fill(0)
  for (const { step, drum } of strokes) events[step] = (events[step] as ModelEvent) | drumEvent([drum])
  return events
}

/** The pitches of the dataset's Roland TD-11, as the training folds them, in the order of `drums`. */
const rolandPitches: readonly (readonly MidiPitch[])[] = [
  [35, 36],
  [37, 38, 39, 40],
  [22, 42, 44],
  [26, 46],
  [41, 43, 58],
  [45, 47],
  [48, 50],
  [49, 52, 55, 57],
  [51, 53, 59],
]

const drumOf = new Map(
  rolandPitches.flatMap((pitches, index) => pitches.map((pitch) => [pitch, drums[index] as Drum] as const)),
)
