import { type Beats, type Metre, measureBeats } from '../../music/index.ts'
import { beatAt, type Seconds, slowingFrom, tappedTempo, timeline } from '../../timing/index.ts'
import { announcement, type Ending, type Transaction } from '../core/index.ts'
import { nextMeasure } from './form.ts'
import type { TransportState } from './state.ts'
import { followTempo } from './tempo.ts'

/** How far ahead of the clock schedulers may ask for notes: what changes at a bar line leaves them this long. */
export const lookAheadSeconds: Seconds = 0.15

/** For how many beats after the last tap the taps still count as the beat. */
const tapsCount: Beats = 2.5

/** The music has begun, and beats count from another place: what goes on is `shift` beats later. */
export const musicBegins = announcement<{ readonly shift: Beats }>('the music begins')

/** The music is about to stop; keys that are held end with it, or go on. */
export const musicStops = announcement<{ readonly endsKeys: boolean }>('the music stops')

/**
 * Starts the music: on the tapped beat, where there is one, or after the count-in.
 *
 * @param counted false where the performer's first note is beat one.
 */
export function play(tx: Transaction<TransportState>, counted = true): void {
  const { at, state } = tx
  const { transport, settings } = state
  if (transport.playing) return
  const { tempo } = settings
  const tapped = tappedTempo(transport.taps)
  const since = tapped ? ((at - tapped.downbeat) * tapped.bpm) / 60 : Number.POSITIVE_INFINITY
  const countIn = settings['count-in'] * measureBeats(transport.form.metre)
  let start = at
  if (counted)
    start = tapped && since < tapsCount ? at + ((Math.round(since) - since) * 60) / tempo : at + (countIn * 60) / tempo
  playFrom(tx, start, transport.form.metre)
}

/** Starts the music so that beat one of a measure is at a moment, perhaps just past. */
export function playFrom(tx: Transaction<TransportState>, start: Seconds, metre: Metre): void {
  const { state, beat } = tx
  const { transport, settings } = state
  tx.change('transport', {
    playing: true,
    begun: transport.begun + 1,
    timeline: timeline(settings.tempo, start),
    form: { beat: 0, metre },
    next: null,
    taps: [],
    ending: null,
  })
  tx.announce(musicBegins, { shift: tx.beat - beat })
}

/**
 * Stops the music and ends all that sounds of it; keys that are held go on, unless they are to end with it. A take that is
 * under way is kept as far as it got.
 */
export function stop(tx: Transaction<TransportState>): void {
  end(tx, tx.state.settings['stop-ends-keys'])
}

/** Stops the music and ends all that sounds, whoever plays it. */
export function panic(tx: Transaction<TransportState>): void {
  end(tx, true)
}

function end(tx: Transaction<TransportState>, endsKeys: boolean): void {
  tx.announce(musicStops, { endsKeys })
  const { form, next } = tx.state.transport
  tx.change('transport', {
    playing: false,
    form: { beat: 0, metre: next?.metre ?? form.metre },
    next: null,
    ending: null,
  })
  tx.emit({ type: 'silence', track: null, ...(!endsKeys && { keysGoOn: true }) })
}

/** The music is to come to its end, elsewhere than before, or not any more. */
export const endIsPlanned = announcement('the end of the music is planned')

/**
 * Lets the music come to its end: its last notes are on this beat, and ring on until it stops. Null lets it go on.
 *
 * @param slows whether it gets slower towards its end.
 */
export function endMusic(tx: Transaction<TransportState>, beat: Beats | null, slows = false): void {
  const { ending: before } = tx.state.transport
  const ending = beat === null ? null : endingAt(tx, beat, slows)
  tx.change('transport', { ending })
  if ([ending, before].some((each) => each?.slows != null)) followTempo(tx)
  tx.announce(endIsPlanned)
}

function endingAt({ state, at }: Transaction<TransportState>, beat: Beats, slows: boolean): Ending {
  const { timeline, form } = state.transport
  const asked = beatAt(timeline, at + lookAheadSeconds)
  const length = measureBeats(form.metre)
  const from = Math.max(asked, slowingFrom(beat, length))
  return { beat, stop: beat + Math.min(longestRing, length), asked, slows: slows && from < beat ? from : null }
}

/** The last notes ring for a measure, but no longer than this. */
const longestRing: Beats = 4

/** The next bar line that schedulers have not come to yet. */
export function comingMeasure({ state: { transport }, at }: Transaction<TransportState>): Beats {
  return Math.max(0, nextMeasure(transport.form, beatAt(transport.timeline, at + lookAheadSeconds)))
}
