import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bassPart, melodyPart, readMidi } from '../../src/io/midi-file/index.ts'
import { type Beats, type Note, stepBeat } from '../../src/music/index.ts'
import { readSongs, type Song } from '../../src/session/index.ts'
import type { Chance } from './chance.ts'

/** What the performer knows by heart, from `examples/`. */
export type Repertoire = {
  readonly basses: readonly (readonly Note[])[]
  readonly lines: readonly (readonly Note[])[]
  /** Set lists to play from. */
  readonly setLists: readonly (readonly Song[])[]
}

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

/** Reads the examples. */
export function learnRepertoire(): Repertoire {
  const files = (folder: string, ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(`${folder}/${name}`))
  const parts = files(examples, '.mid').map((bytes) => readMidi(bytes).parts)
  const linesOf = (choose: typeof bassPart) =>
    parts.flatMap((each) => (choose(each) ? [choose(each)?.notes ?? []] : []))
  return {
    basses: linesOf(bassPart),
    lines: linesOf(melodyPart),
    setLists: files(`${examples}/songs`, '.json').map((bytes) => readSongs(bytes.toString())),
  }
}

/** A part of a known line, from a random note on. */
export function excerpt(chance: Chance, lines: readonly (readonly Note[])[], most: Beats): Note[] {
  const line = chance.of(lines)
  const from = Math.floor(chance.of(line).beat)
  return line
    .filter(({ beat }) => beat >= from && beat < from + most)
    .map((note) => ({ ...note, beat: note.beat - from }))
}

const scale = [0, 2, 3, 5, 7, 9, 10]

/** A new line: steps and leaps in a mode, on sixteenths, with rests. */
export function invention(chance: Chance, lowest: number, most: Beats): Note[] {
  const notes: Note[] = []
  let place = chance.whole(0, 9)
  for (let beat = chance.happens(0.3) ? chance.of([0.5, 1, 1.5]) : 0; beat < most; ) {
    const beats = chance.of([0.25, 0.25, 0.5, 0.5, 0.5, 1, 1.5])
    place = Math.min(18, Math.max(0, place + chance.of([-4, -2, -1, -1, 1, 1, 2, 3])))
    const pitch = lowest + 12 * Math.floor(place / scale.length) + (scale[place % scale.length] ?? 0)
    const held = Math.max(stepBeat(1) / 4, beats * chance.between(0.3, 1.2))
    if (!chance.happens(0.15)) notes.push({ pitch, velocity: chance.whole(40, 120), beat, beats: held })
    beat += beats
  }
  return notes
}

/** A chord for each measure. */
export function comping(chance: Chance, measureBeats: Beats, measures: number): Note[] {
  return Array.from({ length: measures }, (_, measure) => measure).flatMap((measure) => {
    const root = chance.whole(45, 57)
    return chance
      .of([
        [0, 3, 7, 10],
        [0, 4, 7, 11],
        [0, 4, 7],
        [0, 4, 10, 14],
        [0, 3, 6, 10],
      ])
      .map((interval) => ({
        pitch: root + interval,
        velocity: chance.whole(50, 100),
        beat: measure * measureBeats + chance.between(0, 0.03),
        beats: measureBeats * chance.between(0.4, 0.95),
      }))
  })
}
