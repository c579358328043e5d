import { fourFour, type Metre, measureBeats, metreName, type Note } from '../../music/index.ts'
import { beatAt, type FreeLoop, type FreeNote, findLoops, findLoopsByClock, type Seconds } from '../../timing/index.ts'
import { announcement, type Transaction } from '../core/index.ts'
import type { LoopTrack, PlayedTrack } from '../track.ts'
import { playFrom, sameMetre, swingOf, unswungIn } from '../transport/index.ts'
import { playOn } from '../zones/index.ts'
import { endTake } from './finish-take.ts'
import { asMended } from './reread.ts'
import type { FreeRecording, RecordingState } from './state.ts'
import { ended, fullTake } from './take-notes.ts'

type Tx = Transaction<RecordingState>

/** A free take has begun on a track. */
export const freeBegins = announcement<{ readonly track: LoopTrack }>('a free take begins')

/** Begins a free take on a track: what is played until {@link endFree} becomes a loop, and sets the tempo. */
export function beginFree(tx: Tx, track: LoopTrack): void {
  tx.change('recording', { armed: null, free: { track, from: tx.at, notes: [], open: {} } })
  playOn(tx, track)
  tx.announce(freeBegins, { track })
}

/** Records a note of a voice, if its track is recorded freely. @returns whether it is. */
export function recordFreeNote(
  tx: Tx,
  track: PlayedTrack,
  voice: number,
  note: Pick<Note, 'pitch' | 'velocity'>,
): boolean {
  const { free } = tx.state.recording
  if (free?.track !== track) return false
  if (free.notes.length >= fullTake) return true
  const open = { ...free.open, [voice]: free.notes.length }
  const notes = [...free.notes, { pitch: note.pitch, velocity: note.velocity, at: tx.at, until: tx.at }]
  tx.change('recording', { free: { ...free, notes, open } })
  if (notes.length === fullTake) tx.notify('take-full')
  return true
}

/** Ends the note of a voice whose key has come up, if it is recorded freely. */
export function endFreeNote(tx: Tx, voice: number): void {
  const { free } = tx.state.recording
  const index = free?.open[voice]
  if (!free || index === undefined) return
  const { [voice]: _, ...open } = free.open
  tx.change('recording', { free: { ...free, open, notes: free.notes.with(index, until(free, index, tx.at)) } })
}

function until({ notes }: FreeRecording, index: number, at: Seconds): FreeNote {
  const note = notes[index] as FreeNote
  return { ...note, until: Math.max(note.at, at) }
}

/** A clock from outside counts: a free take goes by it. */
export function followClock(tx: Tx, { bpm, past }: { readonly bpm: number; readonly past: number | null }): void {
  const { free } = tx.state.recording
  if (!free) return
  const beat = past === null ? null : tx.at - (past * 60) / bpm
  tx.change('recording', { free: { ...free, clock: { bpm, beat } } })
}

/**
 * The foot goes down again: what was played goes round, and the music begins with the loop's next pass, in the tempo and
 * the metre that are found; where a clock is followed, in its tempo, from one of its beats on. What is too short for a
 * measure goes on.
 *
 * @returns whether the take is over.
 */
export function endFree(tx: Tx): boolean {
  const { recording, settings } = tx.state
  const { free } = recording
  if (!free) return false
  const open = new Set(Object.values(free.open))
  const notes = free.notes.map((note, index) => (open.has(index) ? until(free, index, tx.at) : note))
  const [one, other] = [settings['free-slowest'], settings['free-fastest']]
  const range = { slowest: Math.min(one, other), fastest: Math.max(one, other) }
  const take = { from: free.from, until: tx.at, notes }
  const find = (metres?: readonly Metre[]) =>
    free.clock
      ? findLoopsByClock(take, free.clock, metres)
      : findLoops(take, range, metres).map((loop) => asMended(loop, recording.mended))
  const chosen = chosenMetre(tx.state)
  const heard = find()
  const [now = heard[0]] = chosen ? find([chosen]) : []
  if (!now) {
    tx.notify('free-too-short')
    return false
  }
  if (notes.length < 2) tx.notify('free-guessed')
  tx.change('recording', { free: null })
  layFree(tx, { ...free, notes }, now)
  tx.change('recording', { reading: { track: free.track, now, likely: bestOfEachMetre([...heard, now]) } })
  return true
}

/** The metre that the performer has chosen, where it is not the one that stood there or was heard last. */
function chosenMetre({ transport, recording: { reading } }: RecordingState): Metre | null {
  const { metre } = transport.form
  return sameMetre(metre, reading?.likely[0]?.metre ?? fourFour) ? null : metre
}

/** Makes a free take the loop of its track, and begins the music where its next pass does. */
function layFree(
  tx: Tx,
  { track, notes, open }: FreeRecording,
  { metre, measures, bpm, end, timeline }: FreeLoop,
): void {
  tx.set('tempo', bpm)
  playFrom(tx, end, metre)
  const swing = swingOf(tx.state)
  const straight = (at: Seconds) => unswungIn({ beat: 0, metre }, beatAt(timeline, at), swing)
  const played = notes.map(({ at, until, pitch, velocity }): Note => {
    const beat = straight(at)
    return ended({ pitch, velocity, beat, beats: 0 }, straight(until))
  })
  const held = Object.entries(open).map(([voice, index]) => [voice, played[index]])
  const shape = { track, overdub: false, metre, measures, isWhole: true, isFree: true } as const
  const start = -measures * measureBeats(metre)
  tx.change('recording', { take: { ...shape, start, end: 0, notes: played, open: Object.fromEntries(held) } })
  endTake(tx)
}

function bestOfEachMetre(loops: readonly FreeLoop[]): FreeLoop[] {
  const metres = new Map<string, FreeLoop>()
  for (const loop of loops) if (!metres.has(metreName(loop.metre))) metres.set(metreName(loop.metre), loop)
  return [...metres.values()]
}

/** Throws a free take away. */
export function dropFree(tx: Tx): void {
  tx.change('recording', { free: null })
}
