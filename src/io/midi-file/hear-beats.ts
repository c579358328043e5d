import { type Beats, measureBeats, type Note } from '../../music/index.ts'
import {
  type Bpm,
  beatAt,
  type Seconds,
  secondsAt,
  type TempoChange,
  type Timeline,
  timeline,
} from '../../timing/index.ts'
import { followPulse } from './follow-pulse.ts'
import { barLineShift, isOffItsBeats, shareOnBeats } from './hear-bar-lines.ts'
import { measureMap, measureNumber } from './measures.ts'
import { type Grid, gathered, type Onset, ratesOf } from './onset-grid.ts'
import { isPercussion } from './part-traits.ts'
import type { MidiSong } from './read.ts'
import type { MidiPart } from './read-parts.ts'

/** Steps a second between which the finest grid of the notes lies. */
const [slowest, fastest] = [2.5, 16]

/** A pulse is looked for in so many onsets and seconds, then followed through all. */
const firstOnsets = 300
const firstSeconds: Seconds = 30
/** How many make a tempo exact enough. */
const mostOnsets = 10_000

/** Where more of the notes are on a file's own beats, they are the music's, and others have to be better by this factor. */
const loose = 0.4
const clearly = 1.8

/** The least share of the notes that gathers on a steady pulse, and on one that drifts. */
const steadily = 0.7
const drifting = 0.45

/** How many steps of that grid a beat has. */
const divisions = [1, 2, 3, 4, 6, 8]

/** Beats a minute that a file may be in, and the usual one, with its spread in octaves. */
const tempi = { least: 60, most: 190, usual: 112, octaves: 0.5 }

/**
 * The same song on beats that are heard, where a file's own are not the music's but it has a pulse: it was recorded
 * without a click, or converted from seconds. Null where its beats are the music's, or no pulse is found.
 */
export function onHeardBeats(song: MidiSong): MidiSong | null {
  const own = shareOnBeats(song.parts)
  if (own === null || own > loose) return null
  const onsets = onsetsOf(song)
  const heard = steadyGrid(onsets) ?? driftingGrid(onsets)
  if (!heard || heard.grid.share < clearly * own) return null
  const { grid, steady } = heard
  const moments = onsets.map((onset) => ({ ...onset, at: beatAt(steady, onset.at) }))
  const start = moments[0]?.at ?? 0
  const { bpm, at } = beatsOn(grid, moments, backbeat(song))
  const signatures = song.timeSignatures.slice(0, 1).filter(({ beat }) => beat === 0)
  const { metre } = measureNumber(measureMap(signatures).map, 1)
  const length = (60 * measureBeats(metre)) / bpm
  // The last beat up to the first note; then the last bar line up to it.
  const beat = at - Math.ceil(((at - start) * bpm) / 60 - 0.1) * (60 / bpm)
  const one = beat + (60 * barLineShift(movedTo(song, lineFrom(beat, bpm, steady)), metre, true)) / bpm
  const line = lineFrom(one - Math.ceil((one - start) / length - 0.03) * length, bpm, steady)
  const parts = movedTo(song, line)
  const isBetter = (shareOnBeats(parts) ?? 0) > clearly * own && !isOffItsBeats(parts)
  return isBetter ? { timeline: line, timeSignatures: signatures, parts, notices: [] } : null
}

/** A grid in seconds that may drift: it is steady on the beats of another timeline, about as long as seconds. */
type Heard = { readonly grid: Grid; readonly steady: Timeline }

function steadyGrid(onsets: readonly Onset[]): Heard | null {
  const grid = finestGrid(onsets.slice(0, mostOnsets))
  return grid && { grid, steady: timeline(60) }
}

function driftingGrid(onsets: readonly Onset[]): Heard | null {
  const pulse = followPulse(onsets)
  if (!pulse) return null
  const { steady, rate } = pulse
  const moments = onsets.map((onset) => ({ ...onset, at: beatAt(steady, onset.at) }))
  const grids = [1, 2, 3].map((times) => gathered(moments, times * rate, true)).filter(({ rate }) => rate < fastest)
  const grid = grids.find(({ share }) => share >= drifting)
  return grid ? { grid, steady } : null
}

/** A tempo on a steady timeline, from a moment of that on. */
function lineFrom(start: Seconds, bpm: Bpm, [first, ...rest]: Timeline): Timeline {
  const moved = ({ beat, seconds, bpm: speed }: TempoChange): TempoChange => {
    return { beat: ((beat - start) * bpm) / 60, seconds, bpm: (bpm * speed) / 60 }
  }
  return [moved(first), ...rest.map(moved)]
}

/** The parts on another timeline, at the same moments. */
function movedTo({ parts, timeline }: MidiSong, heard: Timeline): MidiPart[] {
  const beatOf = (beat: Beats) => beatAt(heard, secondsAt(timeline, beat))
  const moved = (note: Note): Note => {
    const beat = beatOf(note.beat)
    return { ...note, beat: Math.max(0, beat), beats: beatOf(note.beat + note.beats) - beat }
  }
  return parts.map((part) => ({ ...part, notes: part.notes.map(moved), end: beatOf(part.end) }))
}

/** The onsets of a song in rising order: low and long notes weigh more. */
function onsetsOf({ parts, timeline }: MidiSong): Onset[] {
  return parts
    .flatMap((part) => {
      const isKit = isPercussion(part)
      return part.notes.map(({ beat, beats, pitch }): Onset => {
        const weight = isKit ? (pitch < 37 ? 2 : 0.5) : Math.min(2, 0.3 + beats) * (pitch < 52 ? 1.5 : 1)
        return { at: secondsAt(timeline, beat), weight }
      })
    })
    .sort((a, b) => a.at - b.at)
}

/** The coarsest of the grids on which nearly all onsets lie; null where they lie on none. */
function finestGrid(onsets: readonly Onset[]): Grid | null {
  const until = (onsets[0]?.at ?? 0) + firstSeconds
  const some = onsets.slice(0, firstOnsets).filter(({ at }) => at < until)
  const length = (some.at(-1)?.at ?? 0) - (some[0]?.at ?? 0)
  if (!(length > 4)) return null
  const grids = ratesOf(slowest, fastest, 1 / (5 * length)).map((rate) => gathered(some, rate))
  const most = grids.reduce((max, { share }) => Math.max(max, share), 0)
  const coarse = grids.find(({ share }) => share > 0.85 * most)
  if (most < steadily || !coarse) return null
  // Nearby rates may gather better still.
  const near = grids.filter(({ rate }) => rate >= coarse.rate && rate < coarse.rate + 2 / length)
  const first = near.reduce((a, b) => (b.share > a.share ? b : a))
  // What comes later may need a finer one.
  for (const times of [1, 2, 3]) {
    let best = gathered(some, times * first.rate)
    for (let count = some.length; count < onsets.length && best.rate < fastest; ) {
      count = Math.min(onsets.length, 2 * count)
      best = sharpened(best, onsets.slice(0, count))
    }
    if (best.share >= steadily && best.rate < fastest) return best
  }
  return null
}

/** The best of the rates around one that was found in half as many onsets. */
function sharpened({ rate: about }: Grid, onsets: readonly Onset[]): Grid {
  const length = (onsets.at(-1)?.at ?? 0) - (onsets[0]?.at ?? 0)
  let best = gathered(onsets, about)
  for (let step = -12; step <= 12; step++) {
    const grid = gathered(onsets, about + step / (12 * length))
    if (grid.share > best.share) best = grid
  }
  return best
}

/** The beats among a grid's steps: at a usual tempo, and where what is low and long begins. */
function beatsOn(grid: Grid, onsets: readonly Onset[], usual: Bpm): { bpm: Bpm; at: Seconds } {
  const candidates = divisions.flatMap((steps) => {
    const bpm = (60 * grid.rate) / steps
    if (bpm < tempi.least || bpm > tempi.most) return []
    const beats = gathered(onsets, grid.rate / steps, true)
    const halves = gathered(onsets, (2 * grid.rate) / steps, true)
    const rare = steps % 3 === 0 ? 0.1 : 0
    const worth = beats.share - rare - (Math.log2(bpm / usual) / tempi.octaves) ** 2 / 4
    // Eighths say where beats may be, and the rest which of them are.
    const isBeat = (at: Seconds) => [beats, halves].reduce((sum, each) => sum + closeness(each, at), 0)
    const moments = Array.from({ length: steps }, (_, step) => grid.at + step / grid.rate)
    return [{ bpm, at: moments.reduce((x, y) => (isBeat(y) > isBeat(x) ? y : x)), worth }]
  })
  return candidates.reduce((a, b) => (b.worth > a.worth ? b : a))
}

/** How near a moment is to where onsets gather, and how much they do. */
function closeness({ rate, share, at }: Grid, moment: Seconds): number {
  return share * Math.cos(2 * Math.PI * rate * (moment - at))
}

/** The tempo in which a kit's snare is on every second beat, or on each; the usual one without a kit. */
function backbeat({ parts, timeline }: MidiSong): Bpm {
  const snares = parts
    .filter((part) => isPercussion(part))
    .flatMap(({ notes }) => notes.filter(({ pitch }) => pitch === 38 || pitch === 40))
    .map(({ beat }) => secondsAt(timeline, beat))
    .sort((a, b) => a - b)
  const apart = snares.slice(1).map((at, index) => at - (snares[index] ?? at))
  const wide = apart.filter((seconds) => seconds > 0.3 && seconds < 2.2).sort((a, b) => a - b)
  if (wide.length < 16) return tempi.usual
  const bpm = 120 / (wide[wide.length >> 1] ?? 1)
  return bpm > 170 ? bpm / 2 : bpm
}
