import { type Beats, metreText, rounding } from '../../music/index.ts'
import {
  asNumber,
  comingNotes,
  type Effect,
  harmonyNow,
  noticeText,
  outlook,
  positionAt,
  type SessionEvent,
  type SessionState,
  settingIds,
  settings,
  whatComes,
} from '../../session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../timing/index.ts'
import type { Clock } from '../output.ts'
import { maxMessageBytes } from '../sender/index.ts'
import { sentAheadMs, timeStampOf } from '../time-stamp.ts'
import { ours } from './input.ts'
import type { OscSend } from './osc-output.ts'
import { type OscOut, timeTag, writeOsc } from './packet.ts'
import type { WallClock } from './wall-clock.ts'

/** Something that is reported whenever it changes. */
type Reported = {
  readonly values: string
  /** Of its values; said again and again where there are more. */
  readonly types: string
  readonly says: string
  readonly of: (state: SessionState, at: Seconds) => readonly (number | string)[]
}

/** How many keys before a turn is over, and how many seconds, the take-over is announced. */
const warnedKeys = 3
const warnedSeconds: Seconds = 2

/** How many of the machine's next notes are reported. */
const shownAhead = 16

const standing: Readonly<Record<string, Reported>> = {
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
    of: (state, at) => [harmonyNow(state, Math.max(0, positionAt(state, at).beat)).chord?.symbol ?? ''],
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
  coming: {
    values: 'beat pitch …',
    types: 'fi',
    says: `the notes that the machine is about to play by itself, ${shownAhead} at most: beats in quarter notes from where the music began`,
    of: (state, at) =>
      comingNotes(state, at)
        .slice(0, shownAhead)
        .flatMap(({ beat, pitch }) => [beat, pitch]),
  },
  warning: {
    values: 'on',
    types: 'i',
    says: 'whether the other side is about to take over: in three keys, or two seconds',
    of: (state, at) => [Number(isEnding(state, at))],
  },
  recording: {
    values: 'track stage',
    types: 'ss',
    says: 'the track that is recorded, or will be, and which: recording, or armed while it waits for a note; both empty where none is',
    of: ({ recording: { take, armed, free } }) => {
      const recorded = take ?? free
      if (recorded) return [recorded.track, 'recording']
      return armed ? [armed.track, 'armed'] : ['', '']
    },
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
  next: {
    values: 'part chorus section left next',
    types: 'sisis',
    says: 'where the form is: count-in, head, solos, head-out, tag or ending, in which chorus, from 1, and in which section of the chart; how many measures are left, this one with them; and what comes then: a section or a part. Empty without a chart, and while the music is stopped',
    of: (state, at) => {
      const now = whatComes(state, positionAt(state, at).beat)
      return now ? [now.part, now.chorus, now.section ?? '', now.left, now.next ?? ''] : ['', 0, '', 0, '']
    },
  },
}

function isEnding(state: SessionState, at: Seconds): boolean {
  const { improvising, turn, heard, notes, secondsLeft, next } = outlook(state, at)
  if (!improvising || turn === 'waiting') return false
  if (secondsLeft !== null) return secondsLeft <= warnedSeconds
  if (next.length > 0) return next.length <= warnedKeys
  return state.settings['hand-over'] === 'count' && heard >= notes - warnedKeys
}

/** Every address that reports the state. */
export const outputAddresses: Readonly<Record<string, { readonly values: string; readonly says: string }>> = {
  ...Object.fromEntries(Object.entries(standing).map(([name, reported]) => [`${ours}/state/${name}`, reported])),
  [`${ours}/state/beat`]: {
    values: 'measure unit',
    says: 'each unit of the measure, at its moment; both count from 1',
  },
  [`${ours}/state/key`]: {
    values: 'track pitch velocity by',
    says: 'a key sounds, its pitch chosen by human or machine; velocity 0 is its end',
  },
  [`${ours}/state/notice`]: { values: 'id sentence', says: 'a notice to the performer' },
  ...Object.fromEntries(
    settingIds.map((id) => [`${ours}/state/dial/${id}`, { values: 'value', says: settings[id].label }]),
  ),
}

/** How everything stands at a moment, as messages. */
export function stateMessages(state: SessionState, at: Seconds): OscOut[] {
  const things = Object.entries(standing).map(([name, { types, of }]): OscOut => {
    const values = of(state, at)
    return { address: `${ours}/state/${name}`, types: types.repeat(values.length / types.length), values }
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
    return values.length !== known?.length || values.some((value, place) => value !== known[place])
  })
}

/** What is reported once: a key that sounds or ends, and a notice to the performer. */
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

/** Reports to lights and pictures what the music does. */
export type OscState = {
  /** Receives each event and its effects, ticks too. */
  observe(event: SessionEvent, effects: readonly Effect[], state: SessionState): void
  /** Reports everything anew, for whoever came later. */
  reportAll(): void
}
const tiny: Seconds = 1e-4

/** A beat that is later than this is better left out. */
const tooLate: Seconds = 0.1

/** Reports the state when it changes, and each beat at its moment. */
export function createOscState(send: OscSend, clock: Pick<Clock, 'of'>, wallClock: WallClock): OscState {
  let reported: readonly OscOut[] = []
  /** Up to where beats have been reported; null before the music plays. */
  let reportedTo: Beats | null = null

  /** Reports in as many packets as it takes, so that each is short enough for the sender and any network. */
  const report = (messages: readonly OscOut[]) => {
    if (messages.length === 0) return
    const packet = writeOsc(messages)
    const half = messages.length >> 1
    if (half === 0 || packet.length <= maxMessageBytes) send(packet)
    else for (const part of [messages.slice(0, half), messages.slice(half)]) report(part)
  }
  const reportBeats = (state: SessionState, at: Seconds) => {
    const { playing, timeline, form } = state.transport
    const now = clock.of(performance.now())
    const to = beatAt(timeline, now + sentAheadMs / 1000)
    if (!playing || reportedTo === null || reportedTo > to + 1)
      reportedTo = playing ? beatAt(timeline, at) - rounding : null
    if (reportedTo === null) return
    const unit = 4 / form.metre.denominator
    for (let count = Math.ceil((reportedTo - form.beat) / unit); form.beat + count * unit < to; count++) {
      const at = secondsAt(timeline, form.beat + count * unit)
      if (at < now - tooLate) continue
      const { measure, unit: inMeasure } = positionAt(state, at + tiny)
      const beat: OscOut = { address: `${ours}/state/beat`, types: 'ii', values: [measure, inMeasure] }
      const timeStampMs = timeStampOf(clock, at)
      send(writeOsc([beat], timeTag(wallClock(timeStampMs))), timeStampMs)
    }
    reportedTo = Math.max(reportedTo, to)
  }
  return {
    observe(event, effects, state) {
      const now = stateMessages(state, event.at)
      const news = [...changedMessages(reported, now), ...effectMessages(effects)]
      reported = now
      report(news)
      reportBeats(state, event.at)
    },
    reportAll() {
      reported = []
    },
  }
}
