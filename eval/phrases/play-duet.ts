import { improvisePhrase } from '../../src/improv/index.ts'
import { finish, type Model } from '../../src/models/index.ts'
import { clampVelocity, type Note } from '../../src/music/index.ts'
import {
  type Ask,
  type Performance,
  type SessionEvent,
  type SessionInput,
  startSession,
  step,
  transcribe,
} from '../../src/session/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { tradeOf } from '../lines/trade.ts'

/** What the machine played in a gap of a solo; seconds from its first note to its last, and to the soloist's next. */
export type Fill = {
  readonly notes: readonly Note[]
  readonly sounds: number
  readonly next: number | null
  /** The soloist goes on before it is over. */
  readonly isCut: boolean
}

/** A solo whose gaps a session has filled. */
export type Duet = { readonly fills: readonly Fill[]; readonly minutes: number; readonly performance: Performance }

/** How often a session is woken, and how long the models take. */
const [wake, answering] = [0.025, 0.04]

/** Plays a solo into a session that fills its gaps, at its mean tempo and over its chords; null where its metre changes. */
export function playDuet(
  models: { readonly phrase: Model; readonly solo: Model },
  solo: Line,
  seed: number,
): Duet | null {
  const chart = tradeOf(solo)?.chords
  const [first] = solo.track
  const last = solo.track.at(-1)
  if (!chart || !first || !last) return null
  const bpm = (60 * (solo.track.length - 1)) / (last.onset - first.onset)
  const seconds = (at: number) => (60 / bpm) * (first.place + beatOf(solo, at))
  const keys = solo.notes
    .flatMap(({ pitch, onset, release }, index) => {
      // A line: legato notes end as the next begins.
      const end = Math.min(release, solo.notes[index + 1]?.onset ?? release)
      return [
        { at: seconds(onset), on: true, pitch },
        { at: seconds(Math.max(end, onset + 0.01)), on: false, pitch },
      ]
    })
    .sort((a, b) => a.at - b.at || Number(a.on) - Number(b.on))
  let state = startSession(seed)
  let asked: { readonly at: number; readonly ask: Ask & { readonly job: 'phrase' } } | null = null
  const events: SessionEvent[] = []
  const dispatch = (input: SessionInput, at: number) => {
    const event = { ...input, at } as SessionEvent
    const stepped = step(state, event)
    state = stepped.state
    if (event.type !== 'tick') events.push(event)
    for (const effect of stepped.effects) {
      if (effect.type === 'ask' && effect.job === 'phrase') asked = { at: at + answering, ask: effect }
    }
  }
  const passTo = (at: number) => {
    for (let now = state.now + wake; now < at; now += wake) {
      dispatch({ type: 'tick' }, now)
      if (!asked || asked.at > now) continue
      const { request, question } = asked.ask
      asked = null
      const answer = finish(improvisePhrase(models, question))
      dispatch({ type: 'answer', job: 'phrase', request, answer }, now)
    }
  }
  const [numerator] = solo.metre.split('/')
  dispatch({ type: 'metre', metre: `${numerator}/4` }, 0)
  dispatch({ type: 'set', setting: 'tempo', value: bpm }, 0)
  dispatch({ type: 'set', setting: 'count-in', value: 0 }, 0)
  dispatch({ type: 'set', setting: 'duet', value: true }, 0)
  dispatch({ type: 'chart', chart }, 0)
  dispatch({ type: 'run', action: 'play' }, 0)
  /** When the soloist went on before a fill was over. */
  const cuts: number[] = []
  for (const { at, on, pitch } of keys) {
    passTo(at)
    const { turn } = state.phrases
    if (on && turn?.notes.some(({ beat, beats }) => 60 * (beat + beats) > bpm * at)) cuts.push(at)
    dispatch(on ? { type: 'noteOn', pitch, velocity: clampVelocity(90) } : { type: 'noteOff', pitch }, at)
  }
  const performance = { seed, events }
  const { played, answer } = transcribe(performance).notes
  const fills: Note[][] = []
  for (const note of answer) {
    const before = fills.at(-1)?.at(-1)
    const isNew = !before || played.some(({ beat }) => beat >= before.beat && beat <= note.beat)
    if (isNew) fills.push([note])
    else fills.at(-1)?.push(note)
  }
  return {
    fills: fills.map((notes) => {
      const [from, to] = [notes[0] as Note, notes.at(-1) as Note]
      const next = played.find(({ beat }) => beat >= from.beat)
      const toSeconds = (beats: number) => (60 * beats) / bpm
      return {
        notes,
        sounds: toSeconds(to.beat + to.beats - from.beat),
        next: next ? toSeconds(next.beat - from.beat) : null,
        isCut: next !== undefined && cuts.some((at) => Math.abs(at - toSeconds(next.beat)) < wake),
      }
    }),
    minutes: ((keys.at(-1)?.at ?? 0) - (keys[0]?.at ?? 0)) / 60,
    performance,
  }
}

/** The beat of its track that a moment of a recording is on. */
function beatOf({ track }: Line, at: number): number {
  const index = Math.max(
    0,
    track.findLastIndex(({ onset }) => onset <= at),
  )
  const { onset, bpm } = track[index] as Line['track'][number]
  return index + ((at - onset) * bpm) / 60
}
