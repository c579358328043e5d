import type { GenericSchema } from 'valibot'
import type { Soloist } from '../../improv/index.ts'
import type { Random } from '../../models/index.ts'
import type { Beats } from '../../music/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { DueNote } from './due-note.ts'
import type { Effect } from './effect.ts'
import type { Job, Question } from './jobs.ts'
import type { NoticeId } from './notices.ts'
import type { Setting, SettingValue } from './settings.ts'
import type { CoreState } from './state.ts'

/**
 * A part of the performance: its slice of the state, what can be set and done, the events that it receives, what it does
 * by itself, and what it plays. A feature is a folder and a line in `features.ts`; it knows the features below it by
 * their index, and those above it not at all: what they need to know, it announces.
 *
 * @typeParam State what it reads and changes: its own slice, and those of the features below it.
 */
export type Feature<State extends CoreState = CoreState> = {
  /** Its slice of the state before the first event, by its name. */
  readonly initial?: Partial<State>
  /** What the performer can set, by name. */
  readonly settings?: Readonly<Record<string, Setting>>
  /** What the performer can do, by name. */
  readonly actions?: Readonly<Record<string, Action<State>>>
  /** The events that it brings, by their types. */
  readonly events?: Readonly<Record<string, EventKind>>
  /** Receives an event. True where the event was for this feature alone: those that come after it don't get it. */
  receive?(tx: Transaction<State>, event: object): boolean | undefined
  /** The answers of models that it asks for, by their jobs. */
  readonly answers?: Readonly<Record<string, AnswerKind<State>>>
  /** What it does when others announce something. */
  readonly on?: readonly Subscription[]
  /** Plans what it will do by itself. */
  automatic?(state: State, plan: Plan<State>): void
  /** The notes that it plays by itself in a stretch of the music; they may sound a little outside. */
  notes?(stretch: Stretch<State>, add: (note: DueNote) => void): void
}

/** Something that can be done. */
export type Action<State extends CoreState> = {
  readonly label: string
  /** The computer's key that does it, as `KeyboardEvent.code` names it. */
  readonly key?: string
  /** It leaves the section of a song, which only the performer can do. */
  readonly leavesSection?: boolean
  readonly run: (tx: Transaction<State>) => void
}

/** What an event of a type has to be. */
export type EventKind = {
  /** Without its time and its source. One that names actions or settings is made when all of them are known. */
  readonly schema: GenericSchema | ((features: FeatureSet) => GenericSchema)
  /** The same by hand, where there is no time to lose. */
  isSane?(event: object): boolean
}

/** A job of models, as a feature knows it. */
export type AnswerKind<State extends CoreState> = {
  readonly schema: GenericSchema
  /** What the performer should know when it takes long; unless given, nothing. */
  readonly late?: NoticeId
  /** Receives an answer; null where there is none: then the message says why. */
  receive(tx: Transaction<State>, answer: object | null, message?: string): void
}

/** Plans what a feature will do by itself: at a time, or at a beat while the music plays. */
export type Plan<State extends CoreState> = {
  at(at: Seconds, run: Automatic<State>): void
  atBeat(beat: Beats, run: Automatic<State>): void
}

/** What a feature does by itself. @param until how far the performance is catching up: what comes often may skip what nobody would notice. */
export type Automatic<State extends CoreState> = (tx: Transaction<State>, until: Seconds) => void

/** A state, and from where to where the places are whose notes it has. */
export type Stretch<State extends CoreState> = { readonly state: State; readonly from: Beats; readonly to: Beats }

/** Something that a feature announces, so that others can follow. Two announcements are the same only if they are the same object. */
export type Announcement<Detail> = { readonly about: string; readonly detail?: Detail }

/** Makes an announcement. @param about what has happened, for whoever reads the code. */
export function announcement<Detail = undefined>(about: string): Announcement<Detail> {
  return { about }
}

/** What a feature does when another announces something. */
export type Subscription = {
  readonly to: Announcement<never>
  readonly follow: (tx: never, detail: never) => void
}

/** Subscribes to an announcement. Features follow in the order of their list. */
export function when<State extends CoreState, Detail>(
  to: Announcement<Detail>,
  follow: (tx: Transaction<State>, detail: Detail) => void,
): Subscription {
  return { to: to as Announcement<never>, follow }
}

/** The features of a session, put together once: what folds over their list reads it here. */
export type FeatureSet<State extends CoreState = CoreState> = {
  readonly list: readonly Feature<State>[]
  readonly settings: Readonly<Record<string, Setting>>
  readonly actions: Readonly<Record<string, Action<State>>>
  readonly events: Readonly<Record<string, EventKind & { readonly schema: GenericSchema }>>
  readonly answers: Readonly<Record<string, AnswerKind<State>>>
  /** Those who follow an announcement, in the order of the list. */
  followers(about: Announcement<never>): readonly Subscription['follow'][]
  /** The state before the first event. */
  initial(seed: number): State
}

/**
 * One step of a performance while it is made: the state so far, and what the world is to do. It lives as long as the
 * step; the states that go in and come out are values.
 */
export type Transaction<State extends CoreState> = {
  readonly features: FeatureSet
  readonly state: State
  /** The moment, on the session's clock. */
  readonly at: Seconds
  /** The beat of that moment. */
  readonly beat: Beats
  /** It only looks ahead: nobody answers its questions. */
  readonly isAhead: boolean
  /** Who chooses pitches live, if anybody is there. */
  readonly soloist: Soloist | null
  /** Changes some slices of the state. */
  update(patch: Partial<State>): void
  /** Changes a part of a slice of the state. */
  change<Slice extends keyof State>(slice: Slice, patch: Partial<State[Slice]>): void
  /** Sets a setting to the nearest value that it may have, and announces it. */
  set(setting: keyof State['settings'] & string, value: SettingValue): void
  /** Tells devices and models what to do. */
  emit(effect: Effect): void
  /** Tells the performer something. */
  notify(notice: NoticeId, detail?: string): void
  /** Calls the features that subscribe to an announcement, in the order of their list. */
  announce<Detail>(about: Announcement<Detail>, ...detail: Detail extends undefined ? [] : [detail: Detail]): void
  /** Asks a model. Of each job the newest request counts. */
  ask<Name extends Job>(job: Name, question: Question<Name>): void
  /** No answer of a job is wanted any more. */
  dismiss(job: Job): void
  /** Draws from the performance's own random numbers, which go on from where they were. */
  draw<Drawn>(from: (random: Random) => Drawn): Drawn
  /** Draws a seed for random numbers elsewhere, such as a model's. */
  drawSeed(): number
}

type SettingWasSet = { readonly setting: string; readonly before: CoreState }

/** A setting has been set, perhaps to what it was. */
export const settingSet = announcement<SettingWasSet>('a setting was set')

/** Subscribes to changes of these settings; setting one to what it was is not a change. */
export function whenSet<State extends CoreState>(
  names: readonly (keyof State['settings'] & string)[],
  follow: (tx: Transaction<State>, before: State) => void,
): Subscription {
  return when<State, SettingWasSet>(settingSet, (tx, { setting, before }) => {
    const valueIn = ({ settings }: CoreState) => (settings as Readonly<Record<string, SettingValue>>)[setting]
    if (names.some((name) => name === setting) && valueIn(tx.state) !== valueIn(before)) follow(tx, before as State)
  })
}
