/**
 * `session/songs/`: set lists and songs: sections that change the music as they begin. `docs/songs.md` describes them.
 */
import * as v from 'valibot'
import { type Beats, rounding } from '../../music/index.ts'
import { type Feature, type Transaction, when } from '../core/index.ts'
import type { KeysEvent } from '../keys/index.ts'
import { takeBegins, takeEndsSooner } from '../recording/index.ts'
import { comingMeasure, metreComes, musicBegins, musicStops } from '../transport/index.ts'
import {
  awaitSection,
  enterSection,
  leaveByNote,
  openSetList,
  planEnd,
  planSection,
  stepSection,
  stepSong,
} from './set-list.ts'
import { type Song, songSchemas } from './song.ts'
import { noSongs, type SongsState } from './state.ts'

export { type FormMeasure, formMeasureAt, type PlayedForm, playedForm } from './form.ts'
export { currentSection, planEnd } from './set-list.ts'
export { type Binding, type Bindings, type Section, type Song, songSchemas, songVersion } from './song.ts'
export type { SongsState } from './state.ts'

type Tx = Transaction<SongsState>

/** What songs receive besides keys: another set list. */
export type SongsEvent = {
  readonly type: 'setList'
  readonly songs: readonly Song[]
  /** A song without a metre goes on in that of the song before, as in performances that version 0.1 recorded. */
  readonly keepsMetre?: boolean | undefined
}

/** A section that would come at a later beat comes anew, as things are now. */
function awaitAgain(tx: Tx, isLater: (beat: Beats) => boolean): void {
  const { next } = tx.state.songs
  if (next && isLater(next.beat)) awaitSection(tx, next.section, next.byItself)
}

export const songs = {
  initial: { songs: noSongs },
  actions: {
    'next-section': { label: 'next section', key: 'PageDown', leavesSection: true, run: (tx) => stepSection(tx, 1) },
    'previous-section': {
      label: 'previous section',
      key: 'PageUp',
      leavesSection: true,
      run: (tx) => stepSection(tx, -1),
    },
    'next-song': { label: 'next song', key: 'Shift+PageDown', leavesSection: true, run: (tx) => stepSong(tx, 1) },
    'previous-song': {
      label: 'previous song',
      key: 'Shift+PageUp',
      leavesSection: true,
      run: (tx) => stepSong(tx, -1),
    },
  },
  events: {
    setList: {
      schema: (features) =>
        v.object({
          type: v.literal('setList'),
          songs: v.pipe(v.array(songSchemas(features).song), v.maxLength(64)),
          keepsMetre: v.optional(v.boolean()),
        }),
    },
  },
  receive(tx, event: SongsEvent | KeysEvent) {
    if (event.type === 'setList') openSetList(tx, event.songs, event.keepsMetre)
    else if (event.type === 'noteOn' && event.velocity > 0) leaveByNote(tx)
    return false
  },
  on: [
    when(takeBegins, (tx: Tx, { end }) => awaitAgain(tx, (beat) => beat < end)),
    when(takeEndsSooner, (tx: Tx) => awaitAgain(tx, (beat) => beat > comingMeasure(tx))),
    when(metreComes, (tx: Tx) => awaitAgain(tx, (beat) => beat > tx.state.transport.form.beat)),
    when(musicBegins, (tx: Tx) => planEnd(tx)),
    when(musicStops, (tx: Tx) => planSection(tx, null)),
  ],
  automatic({ songs: { next }, transport: { ending } }, plan) {
    // While the last notes ring, nothing follows by itself.
    const isOver = next?.byItself && ending && next.beat > ending.beat + rounding
    if (next && !isOver) plan.atBeat(next.beat, (tx) => enterSection(tx, next.section, next.byItself))
  },
} as const satisfies Feature<SongsState>
