import type { Soloist } from '../improv/index.ts'
import { type Beats, fourFour } from '../music/index.ts'
import type { Seconds } from '../timing/index.ts'
import {
  type Action,
  type AnswerEvent,
  type Command,
  type CoreState,
  commandOf,
  type DueNote,
  type EffectListener,
  type Feature,
  type FeatureSet,
  featureSet,
  lookAhead,
  type ResumeEvent,
  type Setting,
  type SettingsOf,
  type Stepped,
  stepWith,
} from './core/index.ts'
import { features as featureList } from './features.ts'

/** Each feature of the list. */
type Listed = (typeof featureList)[number]
/** The intersection of a union, so that the features' tables become one type. */
type Joined<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never
/** One part of each feature that has it, such as its settings. */
type Part<Name extends keyof Feature> = Listed extends infer Each
  ? Each extends { readonly [Key in Name]: infer Value }
    ? Value
    : never
  : never
/** Each event that a feature receives. */
type ReceivedEvent = Listed extends infer Each
  ? Each extends { receive(tx: never, event: infer Event): unknown }
    ? Event
    : never
  : never

/** What can be done, by name: the one list that keys, buttons, pedals, OSC, songs and help read. */
export type ActionName = keyof Joined<Part<'actions'>>

/** What can be set, by name. */
export type SettingId = keyof SettingsTable

type SettingsTable = Joined<Part<'settings'>>

/** What can be done or set. */
export type ActionId = ActionName | SettingId

/** What every setting is set to. */
export type Settings = SettingsOf<SettingsTable>

/** A performance at one moment: a value, made anew at each event. */
export type SessionState = CoreState & Joined<Part<'initial'>> & { readonly settings: Settings }

/** A setting is set to a value. */
type SetEvent = {
  [Id in SettingId]: { readonly type: 'set'; readonly setting: Id; readonly value: Settings[Id] }
}[SettingId]

/** What comes into a session: from hands, devices, songs and models. */
export type SessionInput =
  | ReceivedEvent
  | Exclude<Command<ActionName, SettingId>, { type: 'set' }>
  | SetEvent
  | AnswerEvent
  | ResumeEvent
  /** Time has passed. Nothing depends on how often it comes, so recordings leave it out. */
  | { readonly type: 'tick' }

/** An input, when it came, in seconds on the clock of whoever plays it, from 0, and from which device. */
export type SessionEvent = SessionInput & { readonly at: Seconds; readonly source?: string }

/** The features, put together. */
const features: FeatureSet<SessionState> = featureSet<SessionState>(featureList, fourFour)

/** What can be done, by name. */
export const actions = features.actions as Readonly<Record<ActionName, Action<SessionState>>>

/** What can be set, by name. */
export const settings = features.settings as SettingsTable & Readonly<Record<SettingId, Setting>>

/** The names of all that can be set. */
export const settingIds = Object.keys(settings) as SettingId[]

/** The names of all that can be done or set. */
export const actionIds: readonly ActionId[] = [...(Object.keys(actions) as ActionName[]), ...settingIds]

/** Whether a text names something that can be set. */
export function isSetting(text: string): text is SettingId {
  return Object.hasOwn(settings, text)
}

/** Whether a text names something that can be done or set. */
export function isAction(text: string): text is ActionId {
  return Object.hasOwn(actions, text) || isSetting(text)
}

/** The command that the bare name of an action or a setting stands for: the action is run, the setting goes a step on. */
export function command(id: ActionId): SessionInput {
  return commandOf(id, features as unknown as FeatureSet) as SessionInput
}

/**
 * A performance before its first event.
 *
 * @param seed of all chance in it: the same seed and events give the same performance.
 */
export function startSession(seed = 0): SessionState {
  return features.initial(seed)
}

/**
 * Takes the performance a step further, as `step` does, but without the `act` of version 0.1, as the runtime does: a
 * page has less to load.
 *
 * @param onEffect receives each effect as soon as it is decided.
 */
export function stepToday(
  state: SessionState,
  event: SessionEvent,
  soloist: Soloist | null = null,
  onEffect?: EffectListener,
): Stepped<SessionState> {
  return stepWith(features, state, event, soloist, onEffect)
}

/**
 * The notes of loops, drums and click that sound from a beat on, up to but without another, in order.
 *
 * It only looks, and it looks ahead: what will change by itself at a bar line, such as a take that ends, has its notes
 * here. Windows side by side give together what one window over all of them gives, for as long as the state is the
 * same. If windows end at most `lookAheadSeconds` ahead, changes that the performer plans (a groove, a metre, a section)
 * come at places that nobody has asked for yet. Undo, mute and a section that enters at once do not wait: they may change
 * what has been asked for already.
 */
export function notesBetween(state: SessionState, from: Beats, to: Beats): DueNote[] {
  return lookAhead(features, state, from, to)
}

/** The features, put together: for readers of files that name actions and settings. */
export const sessionFeatures = features as unknown as FeatureSet
