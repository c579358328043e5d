import { type Beats, metreText } from '../../music/index.ts'
import {
  asNumber,
  type Effect,
  harmonyAt,
  noticeText,
  outlook,
  positionAt,
  type SessionEvent,
  type SessionState,
  settingIds,
  settings,
} from '../../session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../timing/index.ts'
import type { Clock } from '../output.ts'
import { maxMessageBytes } from '../sender/index.ts'
import { sentAheadMs, timeStampOf } from '../time-stamp.ts'
import { ours } from './input.ts'
import type { OscSend } from './osc-output.ts'
import { type OscOut, timeTag, writeOsc } from './packet.ts'
import type { WallClock } from './wall-clock.ts'

/** Something that is told whenever it is another. */
type Told = {
  readonly values: string
  readonly types: string
  readonly says: string
  readonly of: (state: SessionState, at: Seconds) => readonly (number | string)[]
}

/** How many keys before a turn is over, and how many seconds, the take-over is announced. */
const warnedKeys = 3
const warnedSeconds: Seconds = 2

const standing: Readonly<Record<string, Told>> = {
  playing: {
    values: 'on',
    types: 'i',
    says: 'whether the music plays',
    of: ({ transport }) => [Number(transport.playing)],
  },
  metre: {
    values: 'metre',
    types: 's',
    says: 'such as 7/8',
    of: (state, at) => [metreText(positionAt(state, at).metre)],
  },
  chord: {
    values: 'name',
    types: 's',
    says: 'the chord now, or in the count-in the first one; empty where none is known',
    of: (state, at) => [harmonyAt(state, Math.max(0, positionAt(state, at).beat)).chord?.symbol ?? ''],
  },
  turn: {
    values: 'turn',
    types: 's',
    says: 'who chooses the pitches: call, waiting or response; off while nobody improvises',
    of: (state, at) => {
      const { improvising, turn } = outlook(state, at)
      return [improvising ? turn : 'off']
    },
  },
  buffer: {
    values: 'full of',
    types: 'ii',
    says: 'how many notes of this turn have been played, and how many it has',
    of: (state, at) => {
      const { heard, notes, next, turn } = outlook(state, at)
      // What a model answered may be shorter.
      return [heard, turn === 'response' && next.length > 0 ? heard + next.length : notes]
    },
  },
  warning: {
    values: 'on',
    types: 'i',
    says: 'whether the other side is about to take over: in three keys, or two seconds',
    of: (state, at) => [Number(isEnding(state, at))],
  },
  recording: {
    values: 'track',
    types: 's',
    says: 'the track that is recorded: bass or chords, or nothing',
    of: ({ recording }) => [recording.take?.track ?? ''],
  },
  groove: {
    values: 'number',
    types: 'i',
    says: 'the groove of the model that plays, from 1; 0 is the fixed groove',
    of: ({ grooves }) => [grooves.playing + 1],
  },
  song: {
    values: 'title',
    types: 's',
    says: 'the song that is open',
    of: ({ songs }) => [songs.list[songs.song]?.title ?? ''],
  },
  section: {
    values: 'name',
    types: 's',
    says: 'the section that plays',
    of: ({ songs }) => [songs.list[songs.song]?.sections[songs.section]?.name ?? ''],
  },
}

function isEnding(state: SessionState, at: Seconds): boolean {
  const { improvising, turn, heard, notes, secondsLeft, next } = outlook(state, at)
  if (!improvising || turn === 'waiting') return false
  if (secondsLeft !== null) return secondsLeft <= warnedSeconds
  if (next.length > 0) return next.length <= warnedKeys
  return state.settings['hand-over'] === 'count' && heard >= notes - warnedKeys
}

/** Every address that tells how things stand. */
export const outputAddresses: Readonly<Record<string, { readonly values: string; readonly says: string }>> = {
  ...Object.fromEntries(Object.entries(standing).map(([name, told]) => [`${ours}/state/${name}`, told])),
  [`${ours}/state/beat`]: {
    values: 'measure unit',
    says: 'each unit of the measure, at its moment; both count from 1',
  },
  [`${ours}/state/key`]: {
    values: 'track pitch velocity by',
    says: 'a key sounds, its pitch chosen by human or machine; velocity 0 is its end',
  },
  [`${ours}/state/notice`]: { values: 'id sentence', says: 'something that the performer is told' },
  ...Object.fromEntries(
    settingIds.map((id) => [`${ours}/state/dial/${id}`, { values: 'value', says: settings[id].label }]),
  ),
}

/** How everything stands at a moment, as messages. */
export function stateMessages(state: SessionState, at: Seconds): OscOut[] {
  const things = Object.entries(standing).map(([name, { types, of }]): OscOut => {
    return { address: `${ours}/state/${name}`, types, values: of(state, at) }
  })
  const set = settingIds.map((id): OscOut => {
    return { address: `${ours}/state/dial/${id}`, types: 'f', values: [asNumber(settings[id], state.settings[id])] }
  })
  return [...things, ...set]
}

/** Those messages that say something else than the ones before. */
export function changedMessages(before: readonly OscOut[], after: readonly OscOut[]): OscOut[] {
  return after.filter(({ values }, index) => {
    const known = before[index]?.values
    return values.some((value, place) => value !== known?.[place])
  })
}

/** What is told once: a key that sounds or ends, and what the performer is told. */
export function effectMessages(effects: readonly Effect[]): OscOut[] {
  return effects.flatMap((effect): OscOut[] => {
    const key = { address: `${ours}/state/key`, types: 'siis' }
    if (effect.type === 'sound') return [{ ...key, values: [effect.track, effect.pitch, effect.velocity, effect.by] }]
    if (effect.type === 'stop') return [{ ...key, values: [effect.track, effect.pitch, 0, ''] }]
    if (effect.type !== 'notify') return []
    return [
      {
        address: `${ours}/state/notice`,
        types: 'ss',
        values: [effect.notice, noticeText(effect.notice, effect.detail)],
      },
    ]
  })
}

/** Tells lights and pictures what the music does. */
export type OscState = {
  /** Receives everything that happened, ticks too. */
  observe(event: SessionEvent, effects: readonly Effect[], state: SessionState): void
  /** Reports everything anew, for whoever came later. */
  reportAll(): void
}

/** What clocks round. */
const roundingBeats: Beats = 1e-6
const tiny: Seconds = 1e-4

/** A beat that is later than this is better left out. */
const tooLate: Seconds = 0.1

/** Makes somebody who tells, only what is another, and each beat at its moment. */
export function createOscState(send: OscSend, clock: Pick<Clock, 'of'>, wallClock: WallClock): OscState {
  let told: readonly OscOut[] = []
  /** Up to where beats have been told; null before the music plays. */
  let toldTo: Beats | null = null

  /** Tells in as many packets as it takes, that each may pass a sender and any network whole. */
  const tell = (messages: readonly OscOut[]) => {
    if (messages.length === 0) return
    const packet = writeOsc(messages)
    const half = messages.length >> 1
    if (half === 0 || packet.length <= maxMessageBytes) send(packet)
    else for (const part of [messages.slice(0, half), messages.slice(half)]) tell(part)
  }
  const tellBeats = (state: SessionState, at: Seconds) => {
    const { playing, timeline, form } = state.transport
    const now = clock.of(performance.now())
    const to = beatAt(timeline, now + sentAheadMs / 1000)
    if (!playing || toldTo === null || toldTo > to + 1) toldTo = playing ? beatAt(timeline, at) - roundingBeats : null
    if (toldTo === null) return
    const unit = 4 / form.metre.denominator
    for (let count = Math.ceil((toldTo - form.beat) / unit); form.beat + count * unit < to; count++) {
      const at = secondsAt(timeline, form.beat + count * unit)
      if (at < now - tooLate) continue
      const { measure, unit: inMeasure } = positionAt(state, at + tiny)
      const beat: OscOut = { address: `${ours}/state/beat`, types: 'ii', values: [measure, inMeasure] }
      const timeStampMs = timeStampOf(clock, at)
      send(writeOsc([beat], timeTag(wallClock(timeStampMs))), timeStampMs)
    }
    toldTo = Math.max(toldTo, to)
  }
  return {
    observe(event, effects, state) {
      const now = stateMessages(state, event.at)
      const news = [...changedMessages(told, now), ...effectMessages(effects)]
      told = now
      tell(news)
      tellBeats(state, event.at)
    },
    reportAll() {
      told = []
    },
  }
}
