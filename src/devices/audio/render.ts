import type { Wave } from '../../io/wav.ts'
import {
  type DueNote,
  type Effect,
  type Express,
  mixParts,
  notesBetween,
  type Part,
  type Performance,
  partOf,
  replay,
  type SessionState,
  startSession,
} from '../../session/index.ts'
import { beatAt, type Seconds, secondsAt } from '../../timing/index.ts'
import { type Sound, voiced } from '../output.ts'
import { type Band, createBand } from './band.ts'
import type { Bank } from './bank.ts'
import { channelsOf } from './channels.ts'
import { createMixer } from './mixer.ts'

/** After the last note, for what still rings. */
const tail: Seconds = 3

/** What is rendered in one go: a context gets slow with the number of notes that wait in it. */
const stretch: Seconds = 8

/** How long the room and the limiter remember. */
const memory: Seconds = 1.5

/** How long a stroke rings, and more than a note does when its key is up. */
const ringing: Seconds = 3

/** How long a sound of the bank is heard at most, though its key is held. */
const longest: Seconds = 12

/** One thing that the band plays or ends. */
type BandAction = {
  readonly at: Seconds
  do(band: Band, at: Seconds): void
  /** When nothing is to be heard of it any more. */
  until: Seconds
  /** What it sets, up to the next action that sets the same. */
  readonly sets?: string
}

/** Everything that sounds, and when the last note ends. */
type Score = { readonly actions: readonly BandAction[]; readonly length: Seconds }

/** A performance that is being rendered: how long it is, and its sound from the beginning on, a piece at a time. */
export type Rendering = { readonly frames: number; readonly pieces: AsyncIterable<readonly Float32Array[]> }

/** What is to be heard of a performance. */
export type RenderOptions = {
  /** Whether the click is, too. */
  readonly click?: boolean
  /** The parts that are heard; where they are left out, all of them. */
  readonly parts?: readonly Part[]
}

/**
 * Plays a performance again, from its first event on, as it was heard and as fast as its pieces are asked for. A piece is
 * all that it keeps in memory.
 *
 * @param createContext makes a context in stereo of a length in frames, at `sampleRate`.
 */
export function renderPieces(
  performance: Performance,
  bank: Bank,
  sampleRate: number,
  createContext: (frames: number) => OfflineAudioContext,
  options: RenderOptions = {},
): Rendering {
  return rendering(actionsOf(performance, options), bank, sampleRate, createContext)
}

/** A note of a band, and when it sounds, from the beginning. */
export type TimedNote = {
  readonly note: DueNote
  readonly at: Seconds
  readonly seconds: Seconds
  /** Its sound, a General MIDI program from 0, where its track's is not wanted. */
  readonly program?: number
}

/** Renders notes that nobody plays live, in the order of their times, as {@link renderPieces} does a performance. */
export function renderNotes(
  notes: readonly TimedNote[],
  bank: Bank,
  sampleRate: number,
  createContext: (frames: number) => OfflineAudioContext,
): Rendering {
  const actions = notes.map(
    ({ note, at, seconds, program }): BandAction => ({
      at,
      do: (band, when) => band.schedule(note, when, seconds, program),
      until: at + seconds + ringing,
    }),
  )
  const length = notes.reduce((most, { at, seconds }) => Math.max(most, at + seconds), 0)
  return rendering({ actions, length }, bank, sampleRate, createContext)
}

function rendering(
  { actions, length }: Score,
  bank: Bank,
  sampleRate: number,
  createContext: (frames: number) => OfflineAudioContext,
): Rendering {
  const frames = Math.ceil((length + tail) * sampleRate)
  const stretchFrames = Math.round(stretch * sampleRate)
  async function* pieces() {
    for (let from = 0; from < frames; from += stretchFrames) {
      const to = Math.min(frames, from + stretchFrames)
      const begin = Math.floor(runUp(actions, from / sampleRate) * sampleRate)
      const context = createContext(to - begin)
      const band = createBand(context, bank, createMixer(context))
      const [earliest, latest] = [begin / sampleRate, to / sampleRate]
      for (const action of setBefore(actions, earliest)) action.do(band, 0)
      for (const action of actions) {
        if (action.at >= earliest && action.at < latest) action.do(band, action.at - earliest)
      }
      yield channelsOf(await context.startRendering(), from - begin)
    }
  }
  return { frames, pieces: pieces() }
}

/**
 * Renders a whole performance, as {@link renderPieces} does.
 *
 * @param onProgress receives the share that is done, from 0 to 1.
 */
export async function renderPerformance(
  performance: Performance,
  bank: Bank,
  sampleRate: number,
  createContext: (frames: number) => OfflineAudioContext,
  { onProgress, ...options }: RenderOptions & { onProgress?: (share: number) => void } = {},
): Promise<Wave> {
  const { frames, pieces } = renderPieces(performance, bank, sampleRate, createContext, options)
  const channels = [new Float32Array(frames), new Float32Array(frames)]
  let at = 0
  for await (const piece of pieces) {
    for (const [side, channel] of channels.entries()) channel.set(piece[side] as Float32Array, at)
    at += piece[0]?.length ?? 0
    onProgress?.(at / frames)
  }
  return { channels, sampleRate }
}

/** Where a context has to begin so that all is as it was when a stretch begins. */
function runUp(actions: readonly BandAction[], from: Seconds): Seconds {
  let begin = from - memory
  for (const { at, until } of actions) {
    if (at < begin && at >= from - longest && until > from - memory) begin = at
  }
  return Math.max(0, begin)
}

/** What was set last before a moment, of each thing that is set. */
function setBefore(actions: readonly BandAction[], moment: Seconds): readonly BandAction[] {
  const last = new Map<string, BandAction>()
  for (const action of actions) if (action.sets !== undefined && action.at < moment) last.set(action.sets, action)
  return [...last.values()]
}

/** What an expression sets. */
function setBy({ track, expression, channel = 0 }: Express): string {
  const { kind } = expression
  const which = kind === 'control' ? expression.controller : kind === 'key-pressure' ? expression.pitch : ''
  return `${track} ${channel} ${kind} ${which}`
}

/** Tells the keys apart that sound. */
function nameOf({ track, pitch, channel = 0 }: Pick<Sound, 'track' | 'pitch' | 'channel'>): string {
  return `${track} ${pitch} ${channel}`
}

/** Everything that sounds in a performance, in the order of its times, which count from its first event. */
function actionsOf(performance: Performance, { click = false, parts = mixParts }: RenderOptions): Score {
  const actions: BandAction[] = []
  /** Keys that sound. */
  const open = new Map<string, BandAction>()
  const start = performance.events[0]?.at ?? 0
  let state: SessionState = startSession(performance.seed)
  let now = start
  let length = 0
  const add = (at: Seconds, run: BandAction['do'], seconds: Seconds): BandAction => {
    const added = { at: at - start, do: run, until: at - start + seconds + ringing }
    actions.push(added)
    if (Number.isFinite(seconds)) length = Math.max(length, at - start + seconds)
    return added
  }
  const heard = (effect: Effect) => {
    if (effect.type === 'sound') {
      if (!parts.includes(partOf(effect.track, effect.by))) return
      const key = nameOf(effect)
      const sound = voiced(effect, state)
      open.set(
        key,
        add(now, (band, at) => band.sound(sound, at), Number.POSITIVE_INFINITY),
      )
    } else if (effect.type === 'stop') {
      const sounding = open.get(nameOf(effect))
      if (sounding) sounding.until = now - start + ringing
      add(now, (band, at) => band.stop(effect, at), 0)
    } else if (effect.type === 'express') {
      const at = now - start
      actions.push({ at, do: (band, when) => band.express(effect, when), until: at, sets: setBy(effect) })
    } else if (effect.type === 'silence') add(now, (band, at) => band.silence(effect.track, at), 0)
  }
  for (const { event, effects, state: next } of replay(performance)) {
    const { timeline } = state.transport
    for (const note of notesBetween(state, beatAt(timeline, now), beatAt(timeline, event.at))) {
      if ((note.track === 'click' && !click) || !parts.includes(note.track)) continue
      const at = secondsAt(timeline, note.beat)
      const seconds = secondsAt(timeline, note.beat + note.beats) - at
      const played = voiced(note, state)
      add(at, (band, when) => band.schedule(played, when, seconds), seconds)
    }
    now = Math.max(now, event.at)
    state = next
    for (const effect of effects) heard(effect)
  }
  return { actions, length }
}
