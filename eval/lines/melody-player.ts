import { answerCall } from '../../src/improv/index.ts'
import {
  createSampler,
  finish,
  hold,
  InputRow,
  logProbability,
  type Model,
  type ModelEvent,
  noteOff,
  type Random,
  type Setting,
  sequenceEncoding,
} from '../../src/models/index.ts'
import {
  type Chord,
  type MidiPitch,
  type Note,
  nearestStep,
  parseMetre,
  stepBeat,
  stepsPerMeasure,
} from '../../src/music/index.ts'
import type { Line, LineNote } from '../corpora/weimar.ts'
import { weimarChord } from '../corpora/weimar-chord.ts'
import type { Shipped } from '../shipped.ts'

/** ML-Jam answers after this many pitches, with as many. */
export const callLength = 20

/** The notes that a grid of sixteenths can hold, by their numbers in the line: of those on one step the first. */
export function gridNotes({ notes }: Line): number[] {
  const used = new Set<number>()
  return notes.flatMap(({ beat }, number) => {
    if (used.has(nearestStep(beat))) return []
    used.add(nearestStep(beat))
    return [number]
  })
}

/** Whether a model is told the chords. */
export type Told = { readonly chords: boolean }

/** Pitches on the rhythm of a line that fits the grid, from its first on: the model may only choose the pitch. */
export function singAlong(melody: Shipped, line: Line, random: Random, told: Told): MidiPitch[] {
  const encoding = sequenceEncoding(melody)
  const sample = createSampler(encoding.classes - specialClasses)
  return along(melody, line, told, (logits, events) =>
    encoding.decode(specialClasses + sample(logits, melody.sampling, random), events.slice(0, -1)),
  )
}

/** Nats of each pitch, from the second on, of a line that fits the grid, where it is known that a note begins. */
export function melodySurprise(melody: Shipped, line: Line, told: Told): number[] {
  const encoding = sequenceEncoding(melody)
  const nats: number[] = []
  along(melody, line, told, (logits, events) => {
    nats.push(-logProbability(logits, encoding.label(events, events.length - 1) - specialClasses))
    return events.at(-1) as MidiPitch
  })
  return nats
}

/**
 * The pitches with which ML-Jam's method answers: the model hears the last 20 notes with their rhythm and goes on;
 * its rhythm is thrown away, its pitches are for the next 20 notes. The first 20 get the answer to the last.
 */
export function answerCalls(melody: Model, line: Line, random: Random): MidiPitch[] {
  const calls = Array.from({ length: Math.ceil(line.notes.length / callLength) }, (_, index) =>
    answerNotes(melody, line, line.notes.slice(index * callLength, (index + 1) * callLength), random, {
      chords: false,
    }),
  )
  return line.notes.map((_, index) => {
    const answer = calls.at(Math.floor(index / callLength) - 1) ?? []
    return answer[(index % callLength) % answer.length] ?? (line.notes[0] as LineNote).pitch
  })
}

/** What a model answers to a call out of a line: as many pitches as the call has, or fewer. */
export function answerNotes(
  model: Model,
  line: Line,
  call: readonly LineNote[],
  random: Random,
  { chords }: Told,
): MidiPitch[] {
  const [first] = call
  if (!first) return []
  const start = Math.round(first.beat - first.place)
  const notes = call.map(({ pitch, beat, beats }): Note => ({ pitch, beat: beat - start, beats, velocity: 96 }))
  const { melody } = finish(
    answerCall(model, {
      call: notes,
      metre: parseMetre(line.metre),
      notes: call.length,
      seed: Math.floor(random.next() * 2 ** 31),
      ...(chords && {
        chords: line.track.slice(start).map(({ symbol }, beat) => ({ beat, chord: weimarChord(symbol) })),
      }),
    }),
  )
  return melody.map(({ pitch }) => pitch)
}

/** The classes before the notes': hold and note off. */
const specialClasses = 2

/**
 * Runs along a line that fits the grid; `choose` is asked for the pitch of each note but the first, and sees the events up
 * to it, with the soloist's own pitch at the end.
 */
function along(
  melody: Shipped,
  line: Line,
  told: Told,
  choose: (logits: Float32Array, events: readonly ModelEvent[]) => MidiPitch,
): MidiPitch[] {
  const { engine } = melody
  const encoding = sequenceEncoding(melody)
  const row = new InputRow(engine.inputs)
  const noteLogits = engine.logits.subarray(specialClasses)
  const events = eventsOf(line)
  const setting = settingOf(line, events.length, told)
  engine.start()
  for (const [step, event] of events.entries()) {
    encoding.encode(row, events, step - 1, setting)
    engine.feed(row)
    if (event >= 0 && step > 0) events[step] = choose(noteLogits, events.slice(0, step + 1))
  }
  return events.filter((event) => event >= 0)
}

function eventsOf({ notes }: Line): ModelEvent[] {
  const origin = nearestStep(notes[0]?.beat ?? 0)
  const onsets = notes.map(({ beat }) => nearestStep(beat) - origin)
  const events: ModelEvent[] = new Array((onsets.at(-1) ?? 0) + 1).fill(hold)
  for (const [index, { pitch, beats }] of notes.entries()) {
    const step = onsets[index] as number
    const end = step + Math.max(1, nearestStep(beats))
    if (events[step] !== undefined && events[step] >= 0) continue
    events[step] = pitch
    if (end < (onsets[index + 1] ?? 0)) events[end] = noteOff
  }
  return events
}

function settingOf({ metre: name, notes, track }: Line, steps: number, { chords }: Told): Setting {
  const metre = parseMetre(name)
  const firstPlace = nearestStep(notes[0]?.place ?? 0) % stepsPerMeasure(metre)
  const chordAt = (step: number): Chord | null =>
    weimarChord(track[Math.floor((notes[0]?.beat ?? 0) + stepBeat(step) + 1e-6)]?.symbol ?? '')
  return { metre, firstPlace, chords: chords ? Array.from({ length: steps }, (_, step) => chordAt(step)) : [] }
}
