import type { Groove } from '../groove/index.ts'
import { beginTurn, type LineMemory, type Trade, type Turn } from '../improv/index.ts'
import {
  type Beats,
  type Chart,
  fourFour,
  type Metre,
  type MidiPitch,
  type Note,
  type Velocity,
} from '../music/index.ts'
import { type Seconds, type Taps, type Timeline, timeline } from '../timing/index.ts'
import type { ActionId } from './actions.ts'
import type { Bindings } from './controls.ts'
import { initialSettings, type Settings } from './dials.ts'
import type { GrooveAnswer } from './event.ts'
import type { Song } from './song.ts'
import type { LoopTrack, PlayedTrack } from './tracks.ts'

/** A performance at one moment: a value, made anew at each event. */
export type SessionState = {
  /** The latest moment that it knows of. */
  readonly now: Seconds
  /** The state of its source of chance. */
  readonly chance: number
  /** How many requests there have been to models. */
  readonly requests: number
  readonly settings: Settings
  readonly transport: Transport
  readonly material: Material
  readonly history: History
  readonly recorder: Recorder
  readonly keys: Keys
  readonly improv: Improv
  readonly grooves: GrooveDesk
  readonly controls: Controls
  readonly stand: Stand
  /** How many events were refused because they made no sense. */
  readonly refused: number
}

/** Where the music is. */
export type Transport = {
  readonly playing: boolean
  /** How often the music has begun: with each time the beats are others. */
  readonly begun: number
  /** Beats to seconds. Beat 0 is where the music began, after the count-in. */
  readonly timeline: Timeline
  /** The measures that are being counted. */
  readonly form: Form
  /** The metre that comes, and where. */
  readonly next: Form | null
  readonly taps: Taps
}

/** Measures of one metre, from a beat on. */
export type Form = { readonly beat: Beats; readonly metre: Metre }

/** What the performer has made: what undo goes back over. */
export type Material = {
  readonly bass: Loop | null
  readonly chords: Loop | null
  readonly chart: ChartOnStand | null
  /** Answers of the drum model to this bassline, oldest first. */
  readonly grooves: readonly GrooveAnswer[]
  /** Drums that a song brings; they stand in for the fixed groove. */
  readonly drums: DrumLoop | null
}

/** A take that goes round. */
export type Loop = {
  readonly metre: Metre
  readonly measures: number
  /** How many measures after the form's start a pass begins. */
  readonly phase: number
  /** Nothing of it sounds before this beat. */
  readonly from: Beats
  /** As they were played, on the straight grid, from the loop's start; the first may be early, and so below 0. */
  readonly notes: readonly Note[]
}

/** A groove that goes round. */
export type DrumLoop = {
  readonly groove: Groove
  readonly phase: number
  readonly from: Beats
}

/** A chart that goes round, as it was typed and as it was read. */
export type ChartOnStand = {
  readonly text: string
  readonly chart: Chart
  /** How many measures after the form's start a pass begins. */
  readonly phase: number
}

/** What can be undone and redone, the nearest last. */
type History = { readonly past: readonly Material[]; readonly future: readonly Material[] }

/** What is being recorded. */
type Recorder = {
  readonly armed: { readonly track: LoopTrack; readonly overdub: boolean } | null
  readonly take: Take | null
  /** The take that was over last, when, and its notes: a microphone tells of notes when they have been. */
  readonly over: { readonly take: Take; readonly at: Seconds; readonly notes: Loop['notes'] } | null
}

/** A take while it is recorded. */
export type Take = {
  readonly track: LoopTrack
  readonly overdub: boolean
  readonly start: Beats
  readonly end: Beats
  readonly metre: Metre
  readonly measures: number
  /** From the start; a key that is still down has the length of a step. */
  readonly notes: readonly Note[]
}

/** The performer's hands. */
type Keys = {
  readonly voices: readonly Voice[]
  readonly pedal: boolean
}

/** A key that is down, or held by the pedal, and what it makes sound. */
export type Voice = {
  /** Its channel and its pitch: 128 · channel + pitch; −1 for the bass doubler's. */
  readonly id: number
  readonly key: MidiPitch
  readonly velocity: Velocity
  readonly track: PlayedTrack
  /** What sounds; null when that has ended before the key went up. */
  readonly pitch: MidiPitch | null
  readonly pressed: Seconds
  /** The key is up, and the pedal holds the note. */
  readonly released: boolean
  readonly by: 'human' | 'machine'
  /** Its note's place in the take that is being recorded. */
  readonly taken: number | null
}

/** The improvisation. */
type Improv = {
  readonly trade: Trade
  /** The last turn that is over and in which somebody played; its last keys may still be down. */
  readonly before: Trade | null
  readonly line: Line
  readonly asked: Asked | null
  /** Where the turn is over, when turns are counted in measures, and whose is the next. */
  readonly boundary: { readonly beat: Beats; readonly to: Turn } | null
}

/** The line of the keys that play the solo, whoever chose its pitches. */
type Line = {
  readonly memory: LineMemory | null
  /** The last key, for the way that the hand goes. */
  readonly key: MidiPitch | null
  readonly pressed: Seconds | null
  /** When the last key went up; null while one is down. */
  readonly released: Seconds | null
  /** From each key of the phrase to the next, the newest last. */
  readonly interOnsets: readonly Seconds[]
}

/** What the drummer is at. */
type GrooveDesk = {
  /** Which of the answers plays when the fixed groove does not. */
  readonly chosen: number
  /** What plays: the place of an answer, or −1 for the fixed groove. */
  readonly playing: number
  /** What will play, from a beat on, where a pass begins. */
  readonly next: { readonly playing: number; readonly beat: Beats } | null
  readonly asked: Asked | null
}

/** A request whose answer is awaited. */
export type Asked = {
  readonly request: number
  readonly at: Seconds
  /** The performer knows that it takes long. */
  readonly told: boolean
}

/** What pedals, knobs and buttons do. */
type Controls = {
  readonly bindings: Bindings
  readonly learning: ActionId | null
  /** The controls that are pressed, so that a pedal acts once. */
  readonly pressed: readonly string[]
}

/** The songs on the stand. */
export type Stand = {
  readonly songs: readonly Song[]
  readonly song: number
  readonly section: number
  /** The section that comes, and where. */
  readonly next: { readonly section: number; readonly beat: Beats } | null
  /** What the dials that the song has set were before. */
  readonly found: Partial<Settings>
}

/** Nothing has been played. */
export const noMaterial: Material = { bass: null, chords: null, chart: null, grooves: [], drums: null }

const noLine: Line = { memory: null, key: null, pressed: null, released: null, interOnsets: [] }

/** The fixed groove plays. */
const drummerWaits: GrooveDesk = { chosen: -1, playing: -1, next: null, asked: null }

/**
 * A performance before its first event.
 *
 * @param seed of all chance in it: the same seed and events give the same performance.
 */
export function startSession(seed = 0): SessionState {
  return {
    now: 0,
    chance: seed >>> 0,
    requests: 0,
    settings: initialSettings,
    transport: {
      playing: false,
      begun: 0,
      timeline: timeline(initialSettings.tempo),
      form: { beat: 0, metre: fourFour },
      next: null,
      taps: [],
    },
    material: noMaterial,
    history: { past: [], future: [] },
    recorder: { armed: null, take: null, over: null },
    keys: { voices: [], pedal: false },
    improv: { trade: beginTurn('call'), before: null, line: noLine, asked: null, boundary: null },
    grooves: drummerWaits,
    controls: { bindings: {}, learning: null, pressed: [] },
    stand: { songs: [], song: 0, section: -1, next: null, found: {} },
    refused: 0,
  }
}
