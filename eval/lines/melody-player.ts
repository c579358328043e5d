import {
  createSampler,
  foldPitch,
  hold,
  InputRow,
  logProbability,
  type ModelEvent,
  noteOff,
  type Random,
  type Setting,
  sequenceEncoding,
} from '../../src/models/index.ts'
import { type MidiPitch, nearestStep, parseMetre, stepsPerMeasure } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Shipped } from '../shipped.ts'

/** ML-Jam answers after this many pitches, with as many. */
export const callLength = 20

/** The most steps that such an answer takes. */
const maxAnswerSteps = 640

/** The notes that a grid of sixteenths can hold, by their numbers in the line: of those on one step the first. */
export function gridNotes({ notes }: Line): number[] {
  const used = new Set<number>()
  return notes.flatMap(({ beat }, number) => {
    if (used.has(nearestStep(beat))) return []
    used.add(nearestStep(beat))
    return [number]
  })
}

/** Pitches on the rhythm of a line that fits the grid, from its first on: the model may only choose the pitch. */
export function singAlong(melody: Shipped, line: Line, random: Random): MidiPitch[] {
  const sample = createSampler(melody.engine.classes - firstPitch)
  return along(melody, line, (logits) => rangeOf(melody)[0] + sample(logits, melody.sampling, random))
}

/** Nats of each pitch, from the second on, of a line that fits the grid, where it is known that a note begins. */
export function melodySurprise(melody: Shipped, line: Line): number[] {
  const nats: number[] = []
  along(melody, line, (logits, pitch) => {
    nats.push(-logProbability(logits, pitch - rangeOf(melody)[0]))
    return pitch
  })
  return nats
}

/**
 * The pitches with which ML-Jam's method answers: the model hears the last 20 notes with their rhythm and goes on;
 * its rhythm is thrown away, its pitches are for the next 20 notes. The first 20 get the answer to the last.
 */
export function answerCalls(melody: Shipped, line: Line, random: Random): MidiPitch[] {
  const calls = Array.from({ length: Math.ceil(line.notes.length / callLength) }, (_, index) =>
    answer(melody, { ...line, notes: line.notes.slice(index * callLength, (index + 1) * callLength) }, random),
  )
  return line.notes.map((_, index) => {
    const call = Math.floor(index / callLength) - 1
    return calls.at(call)?.[index % callLength] as MidiPitch
  })
}

function answer(melody: Shipped, call: Line, random: Random): MidiPitch[] {
  const { engine } = melody
  const encoding = sequenceEncoding(melody)
  const row = new InputRow(engine.inputs)
  const sample = createSampler(engine.classes)
  const setting = settingOf(call)
  const events = eventsOf(call, rangeOf(melody))
  const primed = events.length
  const pitches: MidiPitch[] = []
  engine.start()
  for (let step = -1; pitches.length < callLength && step < primed + maxAnswerSteps; step++) {
    encoding.encode(row, events, step, setting)
    engine.feed(row)
    if (step < primed - 1) continue
    const event = encoding.decode(sample(engine.logits, melody.sampling, random), events)
    events.push(event)
    if (event >= 0) pitches.push(event)
  }
  return Array.from({ length: callLength }, (_, index) => pitches[index % pitches.length] ?? (events[0] as MidiPitch))
}

/** The classes before the pitches': hold and note off. */
const firstPitch = 2

/** Runs along a line that fits the grid; `choose` is asked for the pitch of each note but the first. */
function along(
  melody: Shipped,
  line: Line,
  choose: (logits: Float32Array, played: MidiPitch) => MidiPitch,
): MidiPitch[] {
  const { engine } = melody
  const encoding = sequenceEncoding(melody)
  const row = new InputRow(engine.inputs)
  const pitchLogits = engine.logits.subarray(firstPitch)
  const setting = settingOf(line)
  const events = eventsOf(line, rangeOf(melody))
  engine.start()
  for (const [step, event] of events.entries()) {
    encoding.encode(row, events, step - 1, setting)
    engine.feed(row)
    if (event >= 0 && step > 0) events[step] = choose(pitchLogits, event)
  }
  return events.filter((event) => event >= 0)
}

function eventsOf({ notes }: Line, range: readonly [number, number]): ModelEvent[] {
  const origin = nearestStep(notes[0]?.beat ?? 0)
  const onsets = notes.map(({ beat }) => nearestStep(beat) - origin)
  const events: ModelEvent[] = new Array((onsets.at(-1) ?? 0) + 1).fill(hold)
  for (const [index, { pitch, beats }] of notes.entries()) {
    const step = onsets[index] as number
    const end = step + Math.max(1, nearestStep(beats))
    if (events[step] !== undefined && events[step] >= 0) continue
    events[step] = foldPitch(pitch, range)
    if (end < (onsets[index + 1] ?? 0)) events[end] = noteOff
  }
  return events
}

function settingOf({ metre: name, notes }: Line): Setting {
  const metre = parseMetre(name)
  return { metre, firstPlace: nearestStep(notes[0]?.place ?? 0) % stepsPerMeasure(metre) }
}

function rangeOf(melody: Shipped): readonly [number, number] {
  return sequenceEncoding(melody).range ?? [0, 127]
}
