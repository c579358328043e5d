import { type Chord, fourFour, type MidiPitch, pitchClass, type Steps, stepBeat } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import { hold, type ModelEvent, noteOff, type PitchRange, type SequenceEncoding } from './encoding.ts'
import { fields } from './fields.ts'
import { foldPitch } from './fold-pitch.ts'
import { addMeasurePlace, placeInputs } from './measure-place.ts'
import { addChord, addTimeToChord, chordAheadBeats, chordInputs, clamp } from './relative-fields.ts'
import { classInterval, intervalClass, soloEncoding } from './solo.ts'
import { fittingKeys } from './squash.ts'

/** Hold and note off come before the intervals. */
const firstInterval = 2
const range: PitchRange = [0, 127]
/** What the first pitch is relative to. */
const middleC: MidiPitch = 60

/** Two pitches are shown by their interval up to an octave. */
const reach = 12
const near = 2 * reach + 1
const lags = 4
/** A melody is heard in the key, the register and the pitches of its last notes. */
const heardNotes = 24
const memoryDecay = 0.9
const rhythmSteps: Steps = 16
/** The next chord is looked for no further ahead. */
const stepsAhead: Steps = 64

/** Where each field begins. */
const at = fields({
  lags: lags * near,
  memory: near,
  key: 12,
  home: 12,
  register: 1,
  since: rhythmSteps,
  previous: rhythmSteps,
  sounding: 1,
  rest: 1,
  place: placeInputs,
  chord: chordInputs,
  nextChord: chordInputs,
  ahead: chordAheadBeats.length,
  end: 0,
})

/**
 * The encoding of our own `melody` (`training/ENCODINGS.md`): the events of MelodyRNN, with each pitch as the interval
 * from the one before it and all that is known beside it relative to that pitch, too. So its models hear every key, and
 * every octave, alike.
 */
export const intervalMelody: SequenceEncoding = {
  name: 'interval-melody',
  kind: 'melody',
  range,
  key: null,
  chords: true,
  metre: true,
  inputs: at.end,
  classes: firstInterval + soloEncoding.classes,
  encode(row, events, step, { metre = fourFour, firstPlace = 0, chords = [] } = {}) {
    row.clear()
    addMeasurePlace(row, at.place, metre, firstPlace + step + 1)
    const line = lineUpTo(events, step)
    const [last] = line.pitches
    if (last === undefined) return
    addPitches(row, line.pitches, last)
    addRhythm(row, line, step + 1)
    addChords(row, chords, step + 1, last)
  },
  label(events, step) {
    const event = events[step] as ModelEvent
    if (event === hold) return 0
    if (event === noteOff) return 1
    return firstInterval + intervalClass(event - (lastPitch(events, step - 1) ?? event))
  },
  decode(token, events) {
    if (token === 0) return hold
    if (token === 1) return noteOff
    const last = lastPitch(events, events.length - 1) ?? middleC
    return foldPitch(last + classInterval(token - firstInterval), range)
  },
}

function lastPitch(events: readonly ModelEvent[], step: Steps): MidiPitch | null {
  for (let back = step; back >= 0; back--) {
    const event = events[back] as ModelEvent
    if (event >= 0) return event
  }
  return null
}

/** What is heard of a melody: its last pitches, the newest first, and when the last two began and the last one ended. */
type HeardLine = { readonly pitches: MidiPitch[]; readonly onsets: Steps[]; readonly ended: Steps | null }

function lineUpTo(events: readonly ModelEvent[], step: Steps): HeardLine {
  const pitches: MidiPitch[] = []
  const onsets: Steps[] = []
  let ended: Steps | null = null
  for (let back = step; back >= 0 && pitches.length < heardNotes; back--) {
    const event = events[back] as ModelEvent
    if (event === noteOff && pitches.length === 0) ended = back
    if (event < 0) continue
    pitches.push(event)
    if (onsets.length < 2) onsets.push(back)
  }
  return { pitches, onsets, ended }
}

function addPitches(row: InputRow, pitches: readonly MidiPitch[], last: MidiPitch): void {
  for (let lag = 1; lag <= lags && lag < pitches.length; lag++) {
    row.add(at.lags + near * (lag - 1) + reach + clamp(last - (pitches[lag] as MidiPitch), -reach, reach))
  }
  const counts = new Array<number>(12).fill(0)
  const shown = new Array<boolean>(near).fill(false)
  let weight = 1
  let sum = 0
  for (const pitch of pitches) {
    const interval = pitch - last
    if (Math.abs(interval) <= reach && !shown[reach + interval]) {
      row.add(at.memory + reach + interval, weight)
      shown[reach + interval] = true
    }
    counts[pitchClass(interval)] = (counts[pitchClass(interval)] as number) + 1
    sum += interval
    weight *= memoryDecay
  }
  for (let tone = 0; tone < 12; tone++) {
    const count = counts[tone] as number
    if (count > 0) row.add(at.key + tone, count / pitches.length)
  }
  for (const tonic of fittingKeys(counts)) row.add(at.home + tonic)
  row.add(at.register, -sum / pitches.length / 12)
}

function addRhythm(row: InputRow, { onsets: [onset = 0, previous], ended }: HeardLine, step: Steps): void {
  row.add(at.since + Math.min(step - onset, rhythmSteps) - 1)
  if (previous !== undefined) row.add(at.previous + Math.min(onset - previous, rhythmSteps) - 1)
  if (ended === null) row.add(at.sounding)
  else row.add(at.rest, Math.min(step - ended, rhythmSteps) / rhythmSteps)
}

function addChords(row: InputRow, chords: readonly (Chord | null)[], step: Steps, last: MidiPitch): void {
  const chord = chords[Math.min(step, chords.length - 1)] ?? null
  addChord(row, at.chord, chord, last)
  const until = Math.min(step + stepsAhead, chords.length - 1)
  for (let next = step + 1; next <= until; next++) {
    const found = chords[next] ?? null
    if (!found || sameChord(found, chord)) continue
    addChord(row, at.nextChord, found, last)
    addTimeToChord(row, at.ahead, stepBeat(next - step))
    return
  }
}

function sameChord(one: Chord, other: Chord | null): boolean {
  if (one === other || !other) return one === other
  return one.root === other.root && one.bass === other.bass && String(one.tones) === String(other.tones)
}
