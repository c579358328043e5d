import { type MidiPitch, mod, pitchClass } from '../../music/index.ts'
import type { InputRow } from '../input-row.ts'
import type { NotewiseEncoding } from './encoding.ts'
import { fields } from './fields.ts'
import { foldPitch } from './fold-pitch.ts'
import { addChord, addRotated, addTimeToChord, chordAheadBeats, chordInputs, clamp } from './relative-fields.ts'
import { beatsSince, beginsPhrase, type KeyPress, type SoloMemory } from './solo-memory.ts'

/** Leaps beyond two octaves count as two octaves. */
const largestInterval = 24
/** How many classes of intervals there are: see {@link intervalClass}. */
export const intervalClasses: number = 2 * largestInterval + 1
const lags = 4
const rhythmClasses = 15

/** Where each field begins. */
const at = fields({
  lags: lags * intervalClasses,
  memory: intervalClasses,
  key: 12,
  register: 2,
  chord: chordInputs + 12,
  nextChord: chordInputs,
  ahead: chordAheadBeats.length,
  harmony: 12,
  phase: 12,
  beat: 8,
  interOnset: rhythmClasses,
  previousInterOnset: rhythmClasses,
  seconds: 1,
  tempo: 1,
  released: 3,
  phrase: 3,
  end: 0,
})

/** The encoding of our own `solo` (`training/ENCODINGS.md`): a key press in, the interval to its pitch out. */
export const soloEncoding: NotewiseEncoding = {
  name: 'solo',
  kind: 'solo',
  job: 'chooses the pitch of each key press and has no rhythm of its own',
  inputs: at.end,
  classes: intervalClasses,
}

/**
 * Fills a row with a key press and what was sounded before it, all relative to the last sounded pitch. Nothing is
 * allocated.
 *
 * @throws RangeError before the first pitch, which is the performer's own.
 */
export function encodeSolo(row: InputRow, memory: SoloMemory, press: KeyPress): void {
  encodeSounded(row, memory)
  addKeyPress(row, memory, press)
}

/**
 * Fills a row with what of a key press is known before it comes: what was sounded. {@link addKeyPress} adds the rest.
 *
 * @throws RangeError before the first pitch, which is the performer's own.
 */
export function encodeSounded(row: InputRow, memory: SoloMemory): void {
  const last = lastOf(memory)
  row.clear()
  addPitches(row, memory, last)
  addRotated(row, at.harmony, memory.harmony, last)
  if (memory.interOnset !== null) row.add(at.previousInterOnset + rhythmClass(memory.interOnset))
}

/** Adds a key press to a row that {@link encodeSounded} has filled. */
export function addKeyPress(row: InputRow, memory: SoloMemory, press: KeyPress): void {
  addChords(row, press, lastOf(memory))
  addPlace(row, press)
  addRhythm(row, memory, press)
}

function lastOf({ pitches: [last] }: SoloMemory): MidiPitch {
  if (last === undefined) throw new RangeError('The first pitch is the performer’s own.')
  return last
}

/** The class of an interval in semitones. */
export function intervalClass(semitones: number): number {
  return clamp(semitones, -largestInterval, largestInterval) + largestInterval
}

/** The interval in semitones that a class stands for: the inverse of {@link intervalClass}, up to two octaves. */
export function classInterval(token: number): number {
  return token - largestInterval
}

/** The pitch that a class stands for after what was sounded; beyond MIDI's pitches, the nearest of the same name. */
export function soloPitch({ pitches: [last = 0] }: SoloMemory, token: number): MidiPitch {
  return foldPitch(last + classInterval(token), [0, 127])
}

function addPitches(row: InputRow, { pitches, weights, key, register }: SoloMemory, last: MidiPitch): void {
  for (let lag = 1; lag < pitches.length; lag++) {
    row.add(at.lags + intervalClasses * (lag - 1) + intervalClass(last - (pitches[lag] as number)))
  }
  for (let interval = -largestInterval; interval <= largestInterval; interval++) {
    const weight = weights[last + interval] ?? 0
    if (weight > 0) row.add(at.memory + intervalClass(interval), weight)
  }
  addRotated(row, at.key, key, last)
  row.add(at.register, (last - 60) / 12).add(at.register + 1, (last - register) / 12)
}

function addChords(row: InputRow, { chord, nextChord, beatsToNextChord }: KeyPress, last: MidiPitch): void {
  addChord(row, at.chord, chord, last)
  if (chord) row.add(at.chord + chordInputs + pitchClass(chord.bass - last))
  addChord(row, at.nextChord, nextChord, last)
  if (nextChord) addTimeToChord(row, at.ahead, beatsToNextChord)
}

function addPlace(row: InputRow, { place, measure }: KeyPress): void {
  const twelfth = mod(Math.round(12 * place), Math.round(12 * measure))
  row.add(at.phase + (twelfth % 12)).add(at.beat + Math.min(7, Math.floor(twelfth / 12)))
}

function addRhythm(row: InputRow, memory: SoloMemory, press: KeyPress): void {
  const { seconds, bpm, released } = press
  const pressed = memory.pressedSeconds ?? seconds
  const apart = Math.max(0.001, seconds - pressed)
  row.add(at.interOnset + rhythmClass(beatsSince(pressed, press)))
  row.add(at.seconds, clamp(Math.log2(apart) / 4, -1, 1)).add(at.tempo, clamp(Math.log2(bpm / 120), -2, 2))
  if (released !== null) {
    const legato = clamp((released - pressed) / apart, 0, 1)
    const rest = clamp(beatsSince(released, press) / 4, 0, 1)
    row
      .add(at.released)
      .add(at.released + 1, legato)
      .add(at.released + 2, rest)
  }
  if (beginsPhrase(memory, press)) row.add(at.phrase)
  else {
    const phraseBeats = Math.max(0, beatsSince(memory.phraseSeconds, press))
    row.add(at.phrase + 1, Math.log2(1 + phraseBeats) / 4).add(at.phrase + 2, Math.log2(1 + memory.phraseNotes) / 4)
  }
}

/** Half powers of two of a beat: 8 is a beat, 6 an eighth, 4 a sixteenth. */
function rhythmClass(beats: number): number {
  return clamp(Math.round(2 * Math.log2(Math.max(0.001, beats))), -8, 6) + 8
}
