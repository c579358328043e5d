/**
 * `session/listening/`: how much is going on in what the soloist plays, the performer or the machine in its turn: one energy,
 * measure by measure, for all who play along.
 */
import { type HeardNote, hearMeasure, isAtRest, listen, noListener } from '../../band/index.ts'
import { type Beats, type MidiPitch, measureBeats, type Velocity } from '../../music/index.ts'
import { beatAt, type Seconds } from '../../timing/index.ts'
import { announcement, type Feature, type Transaction, when, whenSet } from '../core/index.ts'
import { lookAheadSeconds, measureAt, measureStart, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import { type ListeningState, listeningSettings, silence } from './state.ts'

export type { ListeningState } from './state.ts'

type Tx = Transaction<ListeningState>

/** The most notes that are heard in a measure: more than anybody plays. */
const mostNotes = 256

/**
 * How much is going on, from 0 to 1, as far as the band is to listen. 0.5 is usual, and what it is where it does not listen.
 */
export function energyOf({ settings, listening }: ListeningState): number {
  return noListener.energy + settings.listen * (listening.listener.energy - noListener.energy)
}

/** Listens from the measure on that a beat is in. */
function listenFrom(tx: Tx, beat: Beats): void {
  const { form } = tx.state.transport
  const measure = Math.max(0, measureAt(form, beat).measure)
  tx.change('listening', { notes: [], from: measureStart(form, measure), to: measureStart(form, measure + 1) })
}

/** The earliest strokes of a measure sound this much before it. */
const earliest: Beats = 1 / 8

/** A key reaches the session at most this long after it went down; a microphone's notes come later. */
const latest: Seconds = 0.1

/** A key goes down. If schedulers may already have notes of the next measure, the key counts for that one. */
export function hear(tx: Tx, pitch: MidiPitch, velocity: Velocity): void {
  const { transport, listening, settings } = tx.state
  if (!transport.playing || settings.listen === 0 || listening.notes.length >= mostNotes) return
  const beat = beatAt(transport.timeline, tx.at + lookAheadSeconds + latest) + earliest - listening.from
  tx.change('listening', { notes: [...listening.notes, { beat, pitch, velocity }] })
}

/** A measure is about to be counted: whoever has played by itself in it is heard, too. */
export const measureIsOver = announcement('a measure that the band has heard is over')

/** Notes that were played by themselves in the measure that is over, at their beats of the music. */
export function hearNotes(tx: Tx, played: readonly HeardNote[]): void {
  const { from, to, notes } = tx.state.listening
  const inside = played.filter(({ beat }) => beat >= from && beat < to)
  const heard = inside.map(({ pitch, velocity, beat }) => ({ pitch, velocity, beat: beat - from }))
  if (heard.length > 0) tx.change('listening', { notes: [...notes, ...heard] })
}

/**
 * A measure is over. After a long gap, as when the machine slept, the next one is the measure that it is now: once the band is
 * at rest, silent measures change nothing.
 */
function endMeasure(tx: Tx, until: Seconds): void {
  tx.announce(measureIsOver)
  const { transport, listening } = tx.state
  const { from, to, notes } = listening
  const inside = notes.filter(({ beat }) => beat < to - from)
  const listener = listen(listening.listener, hearMeasure(inside, to - from))
  const isIdle = notes.length === 0 && isAtRest(listener) && !transport.next && !transport.plan
  listenFrom(tx, isIdle ? Math.max(to, beatAt(transport.timeline, until)) : to)
  const late = notes.filter(({ beat }) => beat >= to - from).map((note) => ({ ...note, beat: note.beat - (to - from) }))
  tx.change('listening', { listener, notes: late })
}

/** Another metre comes at a bar line. What was heard before it counts, whether the measure or the metre is handled first. */
function followMetre(tx: Tx): void {
  const { beat, metre } = tx.state.transport.form
  if (tx.state.listening.from < beat) endMeasure(tx, tx.at)
  tx.change('listening', { from: beat, to: beat + measureBeats(metre) })
}

export const listening = {
  initial: { listening: silence },
  settings: listeningSettings,
  on: [
    when(musicBegins, (tx: Tx) => listenFrom(tx, 0)),
    when(musicStops, (tx: Tx) => tx.update({ listening: silence })),
    when(metreComes, followMetre),
    whenSet(['listen'], (tx: Tx) => listenFrom(tx, tx.beat)),
  ],
  automatic({ settings, listening: { to } }, plan) {
    if (settings.listen > 0) plan.atBeat(to, endMeasure)
  },
} as const satisfies Feature<ListeningState>
