import { classInterval, createSampler, intervalClass, type Random } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { NGram } from '../ngram.ts'
import { intervals } from '../statistics.ts'
import { callLength } from './melody-player.ts'

/** Intervals from two octaves down to two octaves up, as `solo` counts them. */
export const intervalClasses = 49

/** A line's pitches, in their order. */
export function pitchesOf({ notes }: Pick<Line, 'notes'>): MidiPitch[] {
  return notes.map(({ pitch }) => pitch)
}

/** A line's intervals as tokens. */
export function intervalTokens(line: Line): number[] {
  return intervals(pitchesOf(line)).map(intervalClass)
}

/** A line's own pitches in any order (Fisher and Yates). */
export function shuffled(line: Line, random: Random): MidiPitch[] {
  const pitches = pitchesOf(line)
  for (let end = pitches.length - 1; end > 0; end--) {
    const other = Math.floor(random.next() * (end + 1))
    const pitch = pitches[end] as MidiPitch
    pitches[end] = pitches[other] as MidiPitch
    pitches[other] = pitch
  }
  return pitches
}

/** Any pitches from a line's lowest to its highest. */
export function randomInRange(line: Line, random: Random): MidiPitch[] {
  const [lowest, highest] = rangeOf(line)
  return line.notes.map(() => lowest + Math.floor(random.next() * (highest - lowest + 1)))
}

/** Each note gets the pitch of the 20th before it; the first get the last. */
export function previousPitches(line: Line): MidiPitch[] {
  const pitches = pitchesOf(line)
  return pitches.map((_, index) => pitches.at((index - callLength) % pitches.length) as MidiPitch)
}

/** What an n-gram of intervals plays from a line's first pitch on, kept in the line's range. */
export function ngramLine(model: NGram, line: Line, random: Random): MidiPitch[] {
  const [first] = pitchesOf(line)
  if (first === undefined) return []
  return [first, ...ngramAnswer(model, { notes: line.notes.slice(0, 1) }, rangeOf(line), line.notes.length - 1, random)]
}

/** What an n-gram of intervals plays after some notes: so many pitches in a range. */
export function ngramAnswer(
  model: NGram,
  heard: Pick<Line, 'notes'>,
  [lowest, highest]: readonly [MidiPitch, MidiPitch],
  count: number,
  random: Random,
): MidiPitch[] {
  const sample = createSampler(intervalClasses)
  const logits = new Float32Array(intervalClasses)
  const mask = new Uint8Array(intervalClasses)
  const tokens = intervals(pitchesOf(heard)).map(intervalClass)
  let pitch = heard.notes.at(-1)?.pitch ?? lowest
  return Array.from({ length: count }, () => {
    const before = tokens.slice(-5)
    for (let token = 0; token < intervalClasses; token++) {
      logits[token] = Math.log(model.probability(before, token))
      const next = pitch + classInterval(token)
      mask[token] = Number(next >= lowest && next <= highest)
    }
    const token = sample(logits, { temperature: 1, mask }, random)
    tokens.push(token)
    pitch += classInterval(token)
    return pitch
  })
}

/** A line's lowest and highest pitch. */
export function rangeOf(line: Pick<Line, 'notes'>): [lowest: MidiPitch, highest: MidiPitch] {
  const pitches = pitchesOf(line)
  return [Math.min(...pitches), Math.max(...pitches)]
}
