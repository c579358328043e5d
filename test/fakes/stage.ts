import { type Signal, signal } from '@preact/signals'
import { newPlayer, withEvening } from '../../src/improv/index.ts'
import { type MidiPitch, type Note, parseChord } from '../../src/music/index.ts'
import { createGauge } from '../../src/runtime/index.ts'
import {
  command,
  positionAt,
  type SessionInput,
  type SessionState,
  type Track,
  tracks,
} from '../../src/session/index.ts'
import type { Exchange, Route, Stage, StageMicrophone, StagePlayer, Strip } from '../../src/web/stage.ts'
import { Performer } from '../performer.ts'

/** A stage without a world: a performer's session, desks that remember what they are told, and no sound. */
export type FakeStage = Stage & { readonly performer: Performer; readonly told: string[] }

/** A stage on which somebody has played. */
export function fakeStage(performer = new Performer(), exchange: Exchange | null = null): FakeStage {
  const session: Signal<SessionState> = signal(performer.state)
  const told: string[] = []
  const tell = (what: string) => told.push(what)
  const dispatch = (input: SessionInput) => {
    performer.do(input)
    session.value = performer.state
  }
  const keys = createGauge()
  const lateness = createGauge()
  return {
    performer,
    told,
    session,
    now: () => performer.at,
    position: () => positionAt(performer.state, performer.at),
    dispatch,
    act: (id) => dispatch(command(id)),
    set: (setting, value) => dispatch({ type: 'set', setting, value } as SessionInput),
    begins: () => tell('begins'),
    notice: signal(null),
    sounding: signal([]),
    recent: () => [],
    lastExchange: signal(exchange),
    midi: fakeMidi(),
    mic: signal(fakeMic()),
    openMic: async () => {},
    sound: fakeSound(),
    performances: {
      stored: signal([
        { name: 'one', begunAt: new Date(2026, 10, 21, 20, 15) },
        { name: 'two', begunAt: new Date(2026, 10, 19, 18, 2) },
      ]),
      trouble: signal(null),
      save: () => tell('save'),
      open: async (file) => `${file.name} is not a performance: choose a file that Tradefours has saved.`,
      continue: async (name) => {
        tell(`continue ${name}`)
        return null
      },
      last: signal(null),
      forget: async (name) => {
        tell(`forget ${name}`)
        return null
      },
      exportMidi: () => tell('midi'),
      exportWav: async (onProgress) => onProgress(0.4),
      startAnew: async () => {
        tell('anew')
        return null
      },
    },
    player: fakePlayer(tell),
    demo: { caption: signal(null), start: () => {}, takeOver: () => {} },
    diagnostics: () => ({ keys, lateness, missed: 0, answerMs: 31, restarts: 0, outputLatencyMs: 21.4 }),
    loaded: signal(1),
    keyLabels: signal(pianoKeys),
  }
}

const every = <Value>(value: Value) => Object.fromEntries(tracks.map((track) => [track, value])) as Record<Track, Value>

function fakeMidi(): Stage['midi'] {
  const routes = signal<Readonly<Record<Track, Route>>>(every({ inner: true, output: null, channel: 1 }))
  const input = signal<string | null>(null)
  const isOpen = signal(true)
  const sendsClock = signal(false)
  const followsClock = signal(false)
  return {
    trouble: signal(null),
    inputTrouble: signal(null),
    isOpen,
    open: () => {
      isOpen.value = true
    },
    inputs: signal([
      { id: 'a', name: 'Keystation 61', connected: true },
      { id: 'b', name: 'nanoKONTROL2', connected: false },
    ]),
    outputs: signal([{ id: 'c', name: 'IAC Bus 1', connected: true }]),
    input,
    chooseInput: (id) => {
      input.value = id
    },
    routes,
    route: (track, route) => {
      routes.value = { ...routes.value, [track]: route }
    },
    sendsClock,
    sendClock: (on) => {
      sendsClock.value = on
    },
    followsClock,
    followClock: (on) => {
      followsClock.value = on
    },
    clockBpm: signal(119.96),
  }
}

function fakeMic(): StageMicrophone {
  const [on, loudspeakers, isOwnLatency] = [signal(false), signal(true), signal(false)]
  const input = signal<string | null>(null)
  const latencyMs = signal<number | null>(null)
  const measured = signal<string | null>(null)
  const setLatency = (milliseconds: number | null) => {
    latencyMs.value = milliseconds ?? 31
    isOwnLatency.value = milliseconds !== null
  }
  return {
    on,
    switchOn: (next) => {
      on.value = next
      setLatency(null)
    },
    trouble: signal(null),
    inputs: signal([{ id: 'm', name: 'Scarlett Solo', connected: true }]),
    input,
    chooseInput: (id) => {
      input.value = id
    },
    reading: () => ({ pitch: 45, level: 0.4 }),
    latencyMs,
    isOwnLatency,
    setLatency,
    measured,
    isMeasuring: signal(false),
    measure: async () => {
      setLatency(48)
      measured.value = 'Heard.'
    },
    loudspeakers,
    setLoudspeakers: (next) => {
      loudspeakers.value = next
    },
  }
}

function fakeSound(): Stage['sound'] {
  const strips = signal<Readonly<Record<Track, Strip>>>(every({ pan: 0, reverb: 0.2 }))
  const clickApart = signal(false)
  const master = signal(0.8)
  return {
    strips,
    setStrip: (track, strip) => {
      strips.value = { ...strips.value, [track]: { ...strips.value[track], ...strip } }
    },
    level: (track) => tracks.indexOf(track) / tracks.length,
    clickApart,
    trouble: signal(null),
    canSetClickApart: false,
    setClickApart: (on) => {
      clickApart.value = on
    },
    master,
    setMaster: (volume) => {
      master.value = volume
    },
  }
}

/** The two rows of a computer's keyboard. */
const pianoKeys: ReadonlyMap<MidiPitch, string> = new Map(
  [...'ZSXDCVGBHNJMQ2W3ER5T6Y7UI'].map((label, index) => [48 + index, label]),
)

/** A note as it is written in a test: where, what and how long. */
const line = (notes: readonly (readonly [beat: number, pitch: MidiPitch, beats: number])[]): Note[] =>
  notes.map(([beat, pitch, beats]) => ({ beat, pitch, beats, velocity: 92 }))

/** Somebody who has recorded a bassline and chords, and wants to trade. */
export function rehearsedPerformer(): Performer {
  const performer = new Performer(1).act('count-in', 0).act('tempo', 112).act('record-bass')
  const bass = line([
    [0, 38, 0.7],
    [1.5, 38, 0.2],
    [1.75, 41, 0.2],
    [2.5, 45, 0.45],
    [3, 48, 0.45],
    [3.5, 50, 0.4],
    [4, 43, 0.7],
    [5.5, 43, 0.2],
    [5.75, 47, 0.2],
    [6.5, 50, 0.45],
    [7, 53, 0.3],
    [7.5, 49, 0.4],
  ])
  performer.play(bass).wait(8)
  performer.do({ type: 'chart', chart: 'Dm7 | G7' })
  return performer.act('improvise', true)
}

/** A call with what a melody model made of it, and the response so far. */
export const someTrade: Exchange = {
  metre: rehearsedPerformer().state.transport.form.metre,
  call: line([
    [0.5, 69, 0.4],
    [1, 72, 0.4],
    [1.5, 74, 0.4],
    [2, 77, 0.9],
    [3, 76, 0.3],
    [10 / 3, 73, 0.3],
    [11 / 3, 74, 0.3],
    [4, 71, 0.4],
    [4.5, 74, 0.4],
    [5, 67, 1.2],
  ]),
  melody: line([
    [6.5, 65, 0.5],
    [7, 69, 0.25],
    [7.25, 70, 0.25],
    [7.5, 69, 0.5],
    [8, 67, 1.5],
    [9.5, 62, 0.5],
    [10, 64, 2],
    [12, 66, 0.5],
    [12.5, 67, 3],
  ]),
  pitches: [65, 69, 70, 69, 67, 62, 64, 66, 67],
  response: line([
    [0, 65, 0.4],
    [0.5, 69, 0.4],
    [1, 70, 0.2],
    [1.25, 69, 0.2],
    [1.5, 67, 0.9],
    [3.5, 62, 0.4],
    [4, 64, 1.4],
  ]),
  chords: {
    call: [
      { beat: 0, chord: parseChord('Dm7') },
      { beat: 4, chord: parseChord('G7') },
    ],
    response: [
      { beat: 0, chord: parseChord('Dm7') },
      { beat: 4, chord: parseChord('G7') },
    ],
  },
}

/** Somebody who has played a blues, this evening with the machine. */
function fakePlayer(tell: (what: string) => number): StagePlayer {
  const line = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      pitch: 60 + ((index * 7) % 12),
      velocity: 80,
      since: index === 0 ? null : index % 8 === 0 ? 2 : 0.5,
      beats: 0.4,
      place: (index / 2) % 4,
      chord: { root: 0, kind: 'dominant' } as const,
    }))
  const told = async (what: string) => {
    tell(what)
    return null
  }
  const known = withEvening(newPlayer('Anna'), { id: 'one', day: '2026-11-30', notes: line(240) })
  return {
    name: signal('Anna'),
    names: signal(['Anna', 'Bo']),
    trouble: signal(null),
    changes: signal(0),
    player: () => known,
    lead: () => line(80).map((note, index) => ({ ...note, by: (index >> 3) % 2 === 0 ? 'human' : 'machine' })),
    choose: (name) => told(`choose ${name}`),
    learn: async (file) => `${file?.name} is damaged: take an older copy, or learn from the recordings again.`,
    save: () => told('save player'),
    forgetEvening: () => told('forget evening'),
    forgetPlayer: () => told('forget player'),
  }
}
