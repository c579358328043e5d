import type { Beats } from '../music/index.ts'

/** A moment or a length in seconds, on whatever clock the caller uses. */
export type Seconds = number

/** A tempo in quarter notes a minute. */
export type Bpm = number

/** From this beat on, which falls on this second, the music goes at this tempo. */
export type TempoChange = { readonly beat: Beats; readonly seconds: Seconds; readonly bpm: Bpm }

/**
 * A map between beats and seconds: tempo changes in rising order, at least one. Before the first one its tempo
 * holds, so that pickups have a place, too.
 *
 * Every question is answered from the nearest tempo change, never by adding up steps: a loop that asks for its
 * millionth beat gets it as exactly as its first.
 */
export type Timeline = readonly [TempoChange, ...TempoChange[]]

/**
 * A timeline of one tempo.
 *
 * @param seconds where beat 0 falls.
 * @throws RangeError when the tempo is not a positive number.
 */
export function timeline(bpm: Bpm, seconds: Seconds = 0): Timeline {
  return [{ beat: 0, seconds, bpm: checkedTempo(bpm) }]
}

/**
 * The same music up to a beat, then another tempo. What was planned from that beat on is dropped.
 *
 * @throws RangeError when the tempo is not a positive number.
 */
export function withTempo(line: Timeline, beat: Beats, bpm: Bpm): Timeline {
  const change = { beat, seconds: secondsAt(line, beat), bpm: checkedTempo(bpm) }
  const [first, ...rest] = line
  return beat <= first.beat ? [change] : [first, ...rest.filter((each) => each.beat < beat), change]
}

/**
 * The timeline of a tempo map, from beat 0 at second 0. Changes are in rising order; of several on one
 * beat the last holds.
 *
 * @throws RangeError when a tempo is not a positive number.
 */
export function tempoMap(initial: Bpm, changes: readonly { readonly beat: Beats; readonly bpm: Bpm }[]): Timeline {
  const line: [TempoChange, ...TempoChange[]] = [{ beat: 0, seconds: 0, bpm: checkedTempo(initial) }]
  for (const { beat, bpm } of changes) {
    const before = line.at(-1) as TempoChange
    const seconds = before.seconds + ((beat - before.beat) * 60) / before.bpm
    const change = { beat, seconds, bpm: checkedTempo(bpm) }
    if (beat === before.beat) line.pop()
    line.push(change)
  }
  return line
}

/** When a beat falls. */
export function secondsAt(line: Timeline, beat: Beats): Seconds {
  const from = lastBefore(line, 'beat', beat)
  return from.seconds + ((beat - from.beat) * 60) / from.bpm
}

/** Which beat it is at a moment: the inverse of {@link secondsAt}. */
export function beatAt(line: Timeline, seconds: Seconds): Beats {
  const from = lastBefore(line, 'seconds', seconds)
  return from.beat + ((seconds - from.seconds) * from.bpm) / 60
}

/** The tempo in force at a beat. */
export function tempoAt(line: Timeline, beat: Beats): Bpm {
  return lastBefore(line, 'beat', beat).bpm
}

/** The last tempo change at or before a place, or the first: by halving, for files with thousands of tempi. */
function lastBefore(line: Timeline, axis: 'beat' | 'seconds', place: number): TempoChange {
  let found = line[0]
  let low = 1
  let high = line.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const change = line[middle] as TempoChange
    if (change[axis] <= place) {
      found = change
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

function checkedTempo(bpm: Bpm): Bpm {
  if (Number.isFinite(bpm) && bpm > 0) return bpm
  throw new RangeError(`A tempo of ${bpm} beats a minute stands still: use a positive number.`)
}
