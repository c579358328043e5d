/**
 * `session/`: the performance itself, as one pure function: `step(state, event)` gives the next state and the effects:
 * what devices and models are to do now. The notes of loops are not among them: a scheduler asks `notesBetween` for those.
 *
 * A performance is its list of events, of which `docs/reference/session-format.md` has the fields. Replaying it, undoing,
 * exporting and testing all rest on that. What a session can do is a list of features, in `features.ts`; its tracks are a
 * table, in `track-table.ts`. A `Script` writes such a list in beats; its `begin` sets several settings, each by its own
 * type, without a cast.
 */

export type { PlannedMeasure } from './band/index.ts'
export * from './controllers.ts'
export type { Controls } from './controls/index.ts'
export {
  type Action,
  type Amount,
  type Answer,
  type AnswerEvent,
  type Ask,
  asNumber,
  type Choice,
  type Click,
  type DueNote,
  type Effect,
  type Express,
  type Expression,
  fromNumber,
  type GrooveAnswer,
  isAmount,
  isChoice,
  isSwitch,
  type Job,
  knobValue,
  type NoticeId,
  notices,
  noticeText,
  type Question,
  rangeOf,
  type Setting,
  type SettingValue,
  type Switch,
  settled,
  type Transport,
} from './core/index.ts'
export { drumLoop, drumPhase, riskOf } from './grooves/index.ts'
export type { Voice } from './keys/index.ts'
export { pressedKey } from './keys/index.ts'
export { audible } from './mixer/index.ts'
export * from './performance/index.ts'
export { comingNotes } from './phrases/index.ts'
export { otherReadings, type Take } from './recording/index.ts'
export {
  type ActionId,
  type ActionName,
  actionIds,
  actions,
  command,
  isAction,
  isSetting,
  notesBetween,
  type SessionEvent,
  type SessionInput,
  type SessionState,
  type SettingId,
  type Settings,
  settingIds,
  settings,
  startSession,
  stepToday,
} from './session.ts'
export * from './song-file.ts'
export {
  type Binding,
  type Bindings,
  currentSection,
  type FormMeasure,
  formMeasureAt,
  type PlayedForm,
  playedForm,
  type Section,
  type Song,
  songVersion,
} from './songs/index.ts'
export { step } from './step.ts'
export { titleHas } from './title-search.ts'
export * from './track.ts'
export type { TrackEntry, TrackSound } from './track-entry.ts'
export { trackTable } from './track-table.ts'
export {
  chordsBetween,
  fitGroove,
  fitNotes,
  type GridSettings,
  gridBeat,
  type Harmony,
  harmonyAt,
  type Loop,
  type Material,
  noMaterial,
  type PlacedChart,
  recogniseChords,
  roundOf,
} from './tracks/index.ts'
export { type HandOver, isMachinesTurn, type Outlook, outlook } from './trading/index.ts'
export {
  lookAheadSeconds,
  measureAt,
  measureStart,
  type Position,
  positionAt,
  swingOf,
  unswungIn,
} from './transport/index.ts'
export { nameToday } from './version-1.ts'
export * from './what-comes.ts'
export { harmonyNow, zoneOf } from './zones/index.ts'
