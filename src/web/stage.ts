import type { ReadonlySignal } from '@preact/signals'
import type { Player } from '../improv/index.ts'
import type { ChordChange, Metre, MidiPitch, Note } from '../music/index.ts'
import type { Diagnostics, Notice, SoundingKey } from '../runtime/index.ts'
import type {
  ActionId,
  LeadNote,
  Position,
  SessionInput,
  SessionState,
  SettingId,
  Settings,
  Track,
} from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'

/** A note of the lead that was played not long ago. */
export type RecentNote = Note & { readonly by: 'human' | 'machine' }

/** A port that can be chosen. */
export type PortChoice = { readonly id: string; readonly name: string; readonly connected: boolean }

/** MIDI, as the settings show it. */
export type StageMidi = {
  /** Why there is none, as a sentence; null where there is. */
  readonly trouble: ReadonlySignal<string | null>
  /** What is wrong with the inputs, and its mend, as a sentence; null where nothing is. */
  readonly inputTrouble: ReadonlySignal<string | null>
  /** Whether the browser has given it. */
  readonly isOpen: ReadonlySignal<boolean>
  /** Asks the browser for it: in a gesture, for it may ask its user. */
  open(): void
  readonly inputs: ReadonlySignal<readonly PortChoice[]>
  readonly outputs: ReadonlySignal<readonly PortChoice[]>
  /** The input that is listened to: its id, or null for all of them. */
  readonly input: ReadonlySignal<string | null>
  chooseInput(id: string | null): void
  /** Where each track is sent, as well as or instead of the page's own sound. */
  readonly routes: ReadonlySignal<Readonly<Record<Track, Route>>>
  route(track: Track, route: Route): void
  /** Whether the clock is sent to the outputs that are used. */
  readonly sendsClock: ReadonlySignal<boolean>
  sendClock(on: boolean): void
  /** Whether tempo and position follow the clock of the input, and what it says. */
  readonly followsClock: ReadonlySignal<boolean>
  followClock(on: boolean): void
  readonly clockBpm: ReadonlySignal<number | null>
}

/** The microphone, as the settings show it. */
export type StageMicrophone = {
  readonly on: ReadonlySignal<boolean>
  /** In a gesture: the browser may ask its user. */
  switchOn(on: boolean): void
  /** Why nothing is heard, as a sentence; null where all is well. */
  readonly trouble: ReadonlySignal<string | null>
  readonly inputs: ReadonlySignal<readonly PortChoice[]>
  /** The microphone that is used: its id, or null for the system's. */
  readonly input: ReadonlySignal<string | null>
  chooseInput(id: string | null): void
  /** What is heard now: a pitch, or null for none, and how loud: 1 is full scale. */
  reading(): { readonly pitch: MidiPitch | null; readonly level: number }
  /** By how much what is heard is put back; null while nobody knows. */
  readonly latencyMs: ReadonlySignal<number | null>
  /** Whether that was set, and is not what the browser says. */
  readonly isOwnLatency: ReadonlySignal<boolean>
  /** Null goes back to what the browser says. */
  setLatency(milliseconds: number | null): void
  /** Plays some ticks, and finds out the latency if it hears them. */
  measure(): Promise<void>
  readonly isMeasuring: ReadonlySignal<boolean>
  /** What came of the last measurement, as a sentence. */
  readonly measured: ReadonlySignal<string | null>
  /** Whether the microphone hears the page's loudspeakers, so that what the page sounds is nobody's playing. */
  readonly loudspeakers: ReadonlySignal<boolean>
  setLoudspeakers(on: boolean): void
}

/** Where a track sounds. */
export type Route = {
  /** Through the page's own sound. */
  readonly inner: boolean
  /** A MIDI output's id; null for none. */
  readonly output: string | null
  /** From 1 to 16. */
  readonly channel: number
}

/** What the mixer does to a track apart from its volume, which is a setting. */
export type Strip = {
  /** −1 left to 1 right. */
  readonly pan: number
  /** 0 dry to 1. */
  readonly reverb: number
}

/** The sound, as the settings show it. */
export type StageSound = {
  /** Why nothing sounds, as a sentence; null where it does. */
  readonly trouble: ReadonlySignal<string | null>
  readonly strips: ReadonlySignal<Readonly<Record<Track, Strip>>>
  setStrip(track: Track, strip: Partial<Strip>): void
  /** The level of a track's meter now, 0 to 1 of full scale. */
  level(track: Track): number
  /** Whether the click has outputs of its own, and whether the device has them to give. */
  readonly clickApart: ReadonlySignal<boolean>
  readonly canSetClickApart: boolean
  setClickApart(on: boolean): void
  /** How loud everything is together: 0 to 1. */
  readonly master: ReadonlySignal<number>
  setMaster(volume: number): void
}

/** A performance that is stored. */
export type StoredPerformance = { readonly name: string; readonly begunAt: Date }

/** The performances that the browser stores, and how they leave the page. */
export type Performances = {
  readonly stored: ReadonlySignal<readonly StoredPerformance[]>
  /** What was played last, until something is played or chosen on the page; null where there is nothing. */
  readonly last: ReadonlySignal<StoredPerformance | null>
  /** Why what is played is not stored, as a sentence; null where it is. */
  readonly trouble: ReadonlySignal<string | null>
  /** Gives the performance as a file. */
  save(): void
  /** Goes on where a saved performance ended. A sentence where it can't be opened, or where this one would be lost. */
  open(file: File): Promise<string | null>
  /** Goes on where a stored performance ended. A sentence where it can't be, or where this one would be lost. */
  continue(name: string): Promise<string | null>
  /** Deletes a stored performance. A sentence where another tab plays it. */
  forget(name: string): Promise<string | null>
  exportMidi(): void
  /** Renders the performance as WAV, offline. */
  exportWav(onProgress: (done: number) => void): Promise<void>
  /** Begins another performance; this one is stored. A sentence where it would be lost. */
  startAnew(): Promise<string | null>
}

/** What is known of whoever plays, as its panel shows it. */
export type StagePlayer = {
  readonly name: ReadonlySignal<string>
  /** Everybody whom this browser knows, this performer included. */
  readonly names: ReadonlySignal<readonly string[]>
  /** Why nothing is kept, as a sentence; null where it is. */
  readonly trouble: ReadonlySignal<string | null>
  /** Another number whenever what is known has been changed by hand. */
  readonly changes: ReadonlySignal<number>
  /** What is known, this evening included; null before it is loaded. */
  player(): Player | null
  /** What the lead has played since the evening began. */
  lead(): readonly LeadNote[]
  /** Somebody else plays from here on. */
  choose(name: string): Promise<string | null>
  /** Learns from MIDI files, performances and players' files; a sentence where one can't be used. */
  learn(...files: readonly File[]): Promise<string | null>
  /** Gives what is known as a file. */
  save(): Promise<string | null>
  forgetEvening(): Promise<string | null>
  forgetPlayer(): Promise<string | null>
}

/** The demonstration: somebody else's hands on this very instrument. */
export type Demo = {
  /** What is being shown, in a line; null when nothing is. */
  readonly caption: ReadonlySignal<string | null>
  /** Begins once there are sounds, unless somebody plays before that. */
  start(): void
  /** The visitor goes on from here. */
  takeOver(): void
}

/** How the page keeps its promises. */
type StageDiagnostics = Diagnostics & {
  /** How long the last answer of a model took; null before the first. */
  readonly answerMs: number | null
  readonly restarts: number
  /** What the browser says of its own way to the loudspeaker, in milliseconds. */
  readonly outputLatencyMs: number | null
}

/** A call and its response, to be read. The beats of each line count from the start of a measure, without swing. */
export type Exchange = {
  readonly metre: Metre
  readonly call: readonly Note[]
  /** What the model sang, in its own rhythm; empty where it answered key by key. */
  readonly melody: readonly Note[]
  /** What the model gave to the keys; empty where it answered key by key. */
  readonly pitches: readonly MidiPitch[]
  /** As far as it has come. */
  readonly response: readonly Note[]
  /** What was known of the harmony while they were played. */
  readonly chords: { readonly call: readonly ChordChange[]; readonly response: readonly ChordChange[] }
}

/** The instrument, as the page's parts see it. */
export type Stage = {
  /** The performance, anew for each frame in which something happened. */
  readonly session: ReadonlySignal<SessionState>
  /** The moment, on the session's clock. */
  now(): Seconds
  /** Where the music is at that moment. */
  position(): Position
  /** Runs an action; a setting goes one step on, and from its end to its beginning. */
  act(id: ActionId): void
  set<Id extends SettingId>(setting: Id, value: Settings[Id]): void
  dispatch(input: SessionInput): void
  /** Somebody is about to play, and has just pressed something: the browser may ask for devices. */
  begins(): void
  readonly notice: ReadonlySignal<Notice | null>
  readonly sounding: ReadonlySignal<readonly SoundingKey[]>
  /**
   * The lead's last notes, in the session's beats, which start again with each Play, and so does the list: another list
   * when there is another note.
   */
  recent(): readonly RecentNote[]
  /** The last call and its response; null before the first. */
  readonly lastExchange: ReadonlySignal<Exchange | null>
  readonly midi: StageMidi
  /** Null until somebody wants it. */
  readonly mic: ReadonlySignal<StageMicrophone | null>
  /** Fetches the part of the page that listens. */
  openMic(): Promise<unknown>
  readonly sound: StageSound
  readonly performances: Performances
  readonly player: StagePlayer
  readonly demo: Demo
  diagnostics(): StageDiagnostics
  /** How much of sounds and models is here, 0 to 1; the instrument plays from the first moment on. */
  readonly loaded: ReadonlySignal<number>
  /** What is written on the key of the computer that sounds a pitch now, by pitch. */
  readonly keyLabels: ReadonlySignal<ReadonlyMap<MidiPitch, string>>
}
