/**
 * Makes the example music beside this file: `node examples/make-examples.js`.
 *
 * A line is written measure by measure, a word for each sixteenth: a note with its loudness (`!` accented,
 * `'` soft), `-` to hold, `.` to rest.
 */
import { writeFileSync } from 'node:fs'
import { Note } from 'tonal'
import { writeMidi } from 'tradefours/midi-file'
import { parseMetre } from 'tradefours/music'
import { timeline } from 'tradefours/timing'

const fingeredBass = 33

/** Funk in A minor, pushed across the last barline. */
const bassline = {
  file: 'bassline.mid',
  program: fingeredBass,
  metre: '4/4',
  bpm: 104,
  measures: [
    "A1! - - A1' . . G1 - A1! - . C2 - . D2 -",
    "A1! - - A1' . . E1 - G1! - . G#1 - . A1 -",
    "F1! - - F1' . . C2 - F1! - . A1 - . C2 -",
    "E1! - - E1' . . B1 - E1! - G1 G#1' - . A1! -",
  ],
}

/** A 2+2+3 vamp in E. */
const seven = {
  file: 'seven.mid',
  program: fingeredBass,
  metre: '2+2+3/8',
  bpm: 138,
  measures: [
    "E1! - . E2 - . G1 - A1! - B1 - D2' -",
    "E1! - . E2 - . D2 - B1! - A1 - G1' -",
    "C2! - . C2' - . G1 - C2! - E2 - D2' -",
    "D2! - . D2' - . A1 - B1! - . B1' D#2 -",
  ],
}

/** A slow blues shuffle in G. */
const twelve = {
  file: 'twelve.mid',
  program: fingeredBass,
  metre: '12/8',
  bpm: 87,
  measures: [
    "G1! - - - B1' - D2! - - - E2' - F2! - - - E2' - D2! - - - B1' -",
    "C2! - - - E2' - G2! - - - A2' - Bb2! - - - A2' - G2! - - - E2' -",
    "G1! - - - B1' - D2! - - - E2' - F2! - - - E2' - D2! - B1 - G1' -",
    "D2! - - - F#2' - A2! - - - F#2' - C2! - - - E2' - D2! - A1 - F#1' -",
  ],
}

/** Phrases over the bassline, as a performer might play them: a call and a rhythm each. */
const solo = {
  file: 'solo.mid',
  metre: '4/4',
  bpm: 104,
  program: 4,
  measures: [
    '. . A4 - C5 - D5 - E5! - . D5 C5 - A4 -',
    'G4! - - - . . E4 - G4 - A4! - . . . .',
    '. . C5 - B4 A4 - - F4! - . A4 C5 - E5 -',
    'D5! - - B4 - - G#4 - E4! - - - . . . .',
    '. . E5 - E5 - D5 - C5! - . A4 G4 - E4 -',
    'A4! - - - . . G4 - A4 - C5! - . . . .',
    '. . F5 - E5 C5 - - A4! - . C5 D5 - F5 -',
    'E5! - - D5 - - B4 - G#4! - - - . . . .',
  ],
}

/** @param {string[]} measures */
function notesOf(measures) {
  /** @type {import('tradefours/music').Note[]} */
  const notes = []
  for (const [step, word] of measures.join(' ').split(' ').entries()) {
    const last = notes.at(-1)
    if (word === '-' && last) notes[notes.length - 1] = { ...last, beats: last.beats + 1 / 4 }
    const pitch = Note.midi(word.replace(/[!']/, ''))
    if (pitch === null) continue
    const velocity = word.endsWith('!') ? 108 : word.endsWith("'") ? 72 : 92
    notes.push({ pitch, velocity, beat: step / 4, beats: 1 / 4 })
  }
  return notes
}

for (const { file, metre, bpm, measures, program } of [bassline, seven, twelve, solo]) {
  const parsed = parseMetre(metre)
  const length = (measures.length * parsed.numerator * 4) / parsed.denominator
  const tracks = [{ name: program === fingeredBass ? 'Bass' : 'Solo', channel: 1, program, notes: notesOf(measures) }]
  writeFileSync(new URL(file, import.meta.url), writeMidi({ metre: parsed, timeline: timeline(bpm), length, tracks }))
}
