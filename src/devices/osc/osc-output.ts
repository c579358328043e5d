import { type Drum, drums } from '../../music/index.ts'
import { type Click, type Express, type Track, tracks, trackTable } from '../../session/index.ts'
import { createNoteOutput, type NoteOutput } from '../note-output.ts'
import type { Clock } from '../output.ts'
import { sentAheadMs } from '../time-stamp.ts'
import { type OscOut, timeTag, writeOsc } from './packet.ts'
import type { WallClock } from './wall-clock.ts'

/**
 * Sends a packet; never throws or waits.
 *
 * @param timeStampMs when it is to leave, on `performance.now()`'s clock; unless given, at once.
 */
export type OscSend = (bytes: Uint8Array, timeStampMs?: number) => void

/** The address that a track's notes begin on, and the one that they end on. */
type Voice = { readonly play: string; readonly stop: string; readonly sustains: boolean }

/** What ML-Jam's SuperCollider file listens to, by tracks. */
export const trackVoices: ReadonlyMap<Track, Voice> = new Map(
  tracks.flatMap((track): [Track, Voice][] => {
    const { osc } = trackTable[track]
    return osc ? [[track, { ...osc, sustains: true }]] : []
  }),
)

/**
 * What ML-Jam's server for songs listens to instead, by the paper's address, which goes first. It ends the Wurlitzer under
 * another name, and has the solo played by an instrument that is connected by MIDI.
 */
export const songsAddresses: Readonly<Record<string, readonly string[]>> = {
  '/playwurly': ['/playthru'],
  '/stopnote': ['/stopwurly', '/stopthru'],
}

/** An address, with what another server calls it. */
const allNames = (address: string) => [address, ...(songsAddresses[address] ?? [])]

/** Ends every note that SuperCollider passes on by MIDI. */
export const allNotesOffAddress = '/allnotesoff'

/** What hands do to notes that sound: our own addresses, for ML-Jam has none. */
export const expressionAddresses = {
  bend: ['/tradefours/express/bend', 'track semitones'],
  pressure: ['/tradefours/express/pressure', 'track value'],
  'key-pressure': ['/tradefours/express/key-pressure', 'track pitch value'],
  control: ['/tradefours/express/control', 'track controller value'],
  program: ['/tradefours/express/program', 'track program'],
} as const satisfies Record<Express['expression']['kind'], readonly [address: string, values: string]>

/** Expression as a message. Where an MPE zone gives a note a channel, that comes last. */
function expressionMessage({ track, expression, channel }: Express): OscOut {
  const [address] = expressionAddresses[expression.kind]
  const { kind, ...rest } = expression
  const numbers = kind === 'bend' ? [expression.semitones] : Object.values(rest)
  const kept = channel === undefined ? [] : [channel]
  const type = kind === 'bend' ? 'f' : 'i'
  return {
    address,
    types: `s${type.repeat(numbers.length)}${'i'.repeat(kept.length)}`,
    values: [track, ...numbers, ...kept],
  }
}

/** The drums, as ML-Jam's addresses name them. */
export const drumNames: Readonly<Record<Drum, string>> = {
  kick: 'kick',
  snare: 'snare',
  'closed-hat': 'clhat',
  'open-hat': 'ophat',
  'low-tom': 'lowtom',
  'mid-tom': 'midtom',
  'high-tom': 'hightom',
  crash: 'crash',
  ride: 'ride',
}

/** The clicks, as ML-Jam's addresses name them. */
export const clickNames: Readonly<Record<Click, string>> = { loop: 'click0', bar: 'click1', beat: 'click2' }

const struck = (name: string): Voice => ({ play: `/play${name}`, stop: `/stop${name}`, sustains: false })

const drumVoices = new Map(drums.map((drum) => [drum, struck(drumNames[drum])]))
const clickVoices = new Map((Object.keys(clickNames) as Click[]).map((click) => [click, struck(clickNames[click])]))

/**
 * Makes an output that plays by ML-Jam's addresses. Keys are sent at once, as plain messages. Notes of loops are sent at
 * their moments, in bundles that are tagged with them.
 *
 * @param lead how many milliseconds earlier than its moment a bundle leaves, for receivers that wait for its time.
 *   ML-Jam's own file doesn't wait.
 */
export function createOscOutput(
  send: OscSend,
  clock: Pick<Clock, 'of'>,
  wallClock: WallClock,
  { leadMs = 0 }: { readonly leadMs?: number } = {},
): NoteOutput {
  /** The struck voices that may still ring. */
  const ringing = new Set<Voice>()

  const emit = (messages: readonly OscOut[], at: number) => {
    const now = performance.now()
    if (at <= now) send(writeOsc(messages))
    else send(writeOsc(messages, timeTag(wallClock(at))), Math.max(now, at - leadMs))
  }
  return createNoteOutput<Voice>(
    {
      voiceOf(note) {
        if (note.track === 'click') return clickVoices.get(note.click ?? 'beat') ?? null
        if (note.track === 'drums') return drumVoices.get(note.drum ?? 'kick') ?? null
        return trackVoices.get(note.track) ?? null
      },
      nameOf: ({ play }) => play,
      express(express) {
        if (trackVoices.has(express.track)) emit([expressionMessage(express)], performance.now())
      },
      send(voice, { pitch, ends, velocity }, at) {
        const { play, stop, sustains } = voice
        if (!sustains) {
          if (velocity === null) return
          ringing.add(voice)
          emit([{ address: play, types: 'i', values: [velocity] }], at)
          return
        }
        const stops = ends > 0 ? allNames(stop) : []
        const plays = velocity === null ? [] : allNames(play)
        const messages = [
          ...stops.map((address): OscOut => ({ address, types: 'ii', values: [pitch, 0] })),
          ...plays.map((address): OscOut => ({ address, types: 'ii', values: [pitch, velocity ?? 0] })),
        ]
        // A note ends before it is struck again: that goes in one packet, however the network shuffles them.
        if (stops.length > 0 && plays.length > 0) emit(messages, at)
        else for (const message of messages) emit([message], at)
      },
      hush(at) {
        const stops = [...ringing].map(({ stop }): OscOut => ({ address: stop, types: '', values: [] }))
        ringing.clear()
        emit([...stops, { address: allNotesOffAddress, types: '', values: [] }], at)
      },
    },
    clock,
    sentAheadMs + leadMs,
  )
}
