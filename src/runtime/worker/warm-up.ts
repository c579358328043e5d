import type { PhraseRequest, PlayedNote, Remembered } from '../../improv/index.ts'
import { type Chord, fourFour, type Note, parseChord } from '../../music/index.ts'

/** Eighths up and down, as many as JavaScript needs to take their player seriously. */
const line = Array.from({ length: 48 }, (_, index): Omit<Note, 'beat'> => {
  return { pitch: 60 + ((5 * index) % 17), velocity: 60 + ((11 * index) % 40), beats: 0.4 }
})

const chords = ['Dm7', 'G7', 'Cmaj7', 'A7'].map((symbol, index) => ({
  beat: 4 * index,
  chord: parseChord(symbol) as Chord,
}))

/** A turn like any other, which nobody hears: the first one that is heard is then compiled already, for the most part. */
export const unheardTurn: PhraseRequest = {
  call: line.map((note, index) => ({ ...note, beat: (index - line.length) / 2 })),
  beats: 16,
  from: 0,
  metre: fourFour,
  place: 0,
  bpm: 120,
  swing: { ratio: 1 / 2, pair: 1 },
  chords,
  closeness: 'vary',
  temperature: 1,
  harmony: 0,
  memory: 1 / 2,
  range: [36, 96],
  seed: 1,
}

const played = line.map((note, index): PlayedNote => {
  return { ...note, since: 1 / 2, place: (index / 2) % 4, chord: null }
})

/** What it goes by. */
export const unheardMemory: Remembered = { session: [...played, ...played, ...played], performer: played }
