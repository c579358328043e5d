import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMidi } from '../../src/io/midi-file/index.ts'
import { drumEvent, type ModelEvent } from '../../src/models/index.ts'
import {
  type Beats,
  type Drum,
  type DrumStyle,
  drums,
  type Metre,
  type MidiPitch,
  metre,
  type Steps,
  stepsPerMeasure,
  type Velocity,
} from '../../src/music/index.ts'
import { mean } from '../mean.ts'
import { readCsv } from './csv.ts'
import { drumGrid, offGrid, onTriplets } from './drum-grid.ts'

/** How a style of the dataset begins, and the name that the training gathers it under; the first that fits counts. */
const gathered: readonly (readonly [string, DrumStyle | null])[] = JSON.parse(
  readFileSync(new URL('../../training/tradefours_training/corpora/styles.json', import.meta.url), 'utf8'),
)

/** A stroke on the grid of sixteenths, as it was really played. */
export type Stroke = {
  readonly step: Steps
  readonly drum: Drum
  readonly velocity: Velocity
  /** How late, in steps; negative is early. */
  readonly offset: Steps
}

/** A drummer's take, from the beginning of a measure, on the grid that it fits: triplets are in a compound metre. */
export type Take = {
  readonly id: string
  readonly metre: Metre
  readonly bpm: number
  readonly style: DrumStyle | undefined
  /** The loudest of each step and drum. */
  readonly strokes: readonly Stroke[]
  /** Whole measures. */
  readonly events: readonly ModelEvent[]
}

/** A stroke as it stands in the file, in quarters from its beginning. */
type Played = { readonly beat: Beats; readonly pitch: MidiPitch; readonly velocity: Velocity }

/** Fewer strokes say too little of the time that their drummer keeps. */
const fewest = 16

/** The takes of the Groove MIDI Dataset, in the order of its table, read as the training reads them. */
export function grooveTakes(data: string): Take[] {
  const folder = join(data, 'groove')
  const table = readCsv(
    join(folder, 'info.csv'),
    'id',
    'session',
    'style',
    'bpm',
    'time_signature',
    'midi_filename',
  ).filter(({ midi_filename: file }) => existsSync(join(folder, file)))
  const played = table.map((entry) => ({ entry, strokes: readStrokes(join(folder, entry.midi_filename)) }))
  const sessions = new Map<string, { ms: number; strokes: number }>()
  for (const { entry, strokes } of played) {
    if (strokes.length < fewest) continue
    const known = sessions.get(entry.session) ?? { ms: 0, strokes: 0 }
    const ms = known.ms + strokes.length * lateness(strokes, Number(entry.bpm))
    sessions.set(entry.session, { ms, strokes: known.strokes + strokes.length })
  }
  return played.map(({ entry, strokes }): Take => {
    const [numerator = 4, denominator = 4] = entry.time_signature.split('-').map(Number)
    const session = sessions.get(entry.session)
    const chain = session ? session.ms / session.strokes : 0
    const bpm = Number(entry.bpm)
    const beats = strokes.map(({ beat }) => beat - (chain * bpm) / 60_000)
    const { steps, swing } =
      denominator === 4 && beats.length > 0 ? drumGrid(beats) : ({ steps: 4, swing: 1 / 2 } as const)
    const times = (steps === 6 ? onTriplets(beats, swing) : beats).map((beat) => beat * steps)
    const late = times.length < fewest ? 0 : mean(times.map(offGrid))
    const onGrid = loudestOf(strokes.map((stroke, index) => ({ ...stroke, time: (times[index] as number) - late })))
    const own = steps === 6 ? metre(3 * numerator, 8) : metre(numerator, denominator)
    return {
      id: entry.id,
      metre: own,
      bpm: steps === 6 ? 1.5 * bpm : bpm,
      style: gathered.find(([start]) => entry.style.startsWith(start))?.[1] ?? undefined,
      strokes: onGrid,
      events: eventsOf(onGrid, stepsPerMeasure(own)),
    }
  })
}

/** How late strokes are on average, in milliseconds. */
function lateness(strokes: readonly Played[], bpm: number): number {
  const beats = strokes.map(({ beat }) => beat)
  const { steps, swing } = drumGrid(beats)
  const times = (steps === 6 ? onTriplets(beats, swing) : beats).map((beat) => beat * steps)
  return (mean(times.map(offGrid)) / steps) * (60_000 / bpm)
}

function readStrokes(file: string): Played[] {
  return readMidi(readFileSync(file)).parts.flatMap(({ notes }) => notes)
}

/** Of the strokes of a drum on a step the loudest; `time` is in steps. */
function loudestOf(played: readonly (Played & { readonly time: number })[]): Stroke[] {
  const loudest = new Map<string, Stroke>()
  for (const { pitch, velocity, time } of played) {
    const drum = drumOf.get(pitch)
    const step = Math.floor(time + 0.5)
    if (!drum || step < 0 || (loudest.get(`${step} ${drum}`)?.velocity ?? 0) >= velocity) continue
    loudest.set(`${step} ${drum}`, { step, drum, velocity, offset: time - step })
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
