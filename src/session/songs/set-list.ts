import { type Beats, measureBeats, metreText, parseMetre } from '../../music/index.ts'
import { commandOf, perform, type SettingValue, type Transaction } from '../core/index.ts'
import { type ComingChart, chartComes, noMaterial, placedChart, roundOf } from '../tracks/index.ts'
import {
  arriveInMetre,
  comingMeasure,
  measureStart,
  planHasCome,
  planTempo,
  play,
  setMetre,
  stop,
} from '../transport/index.ts'
import { playOn } from '../zones/index.ts'
import { layMaterial } from './lay-material.ts'
import type { Section, Song } from './song.ts'
import type { Songs, SongsState } from './state.ts'

type Tx = Transaction<SongsState>

/** Takes a set list, and opens its first song. */
export function openSetList(tx: Tx, list: readonly Song[], keepsMetre = false): void {
  closeSong(tx)
  tx.change('songs', { list, song: 0, section: -1, next: null, keepsMetre })
  if (list.length > 0) openSong(tx, 0)
  else restoreMetre(tx)
}

/** Opens the song that is `by` songs further on in the list: its first section begins on an empty stage. */
export function stepSong(tx: Tx, by: number): void {
  openSong(tx, tx.state.songs.song + by)
}

function openSong(tx: Tx, index: number): void {
  if (!tx.state.songs.list[index]) {
    tx.notify('no-more-sections')
    return
  }
  closeSong(tx)
  if (tx.state.transport.playing) stop(tx)
  perform(tx, { type: 'run', action: 'clear-all' })
  restoreMetre(tx)
  playOn(tx, 'lead')
  tx.change('songs', { song: index, section: -1 })
  enterSection(tx, 0)
}

/** A song leaves the settings as it found them. */
function closeSong(tx: Tx): void {
  planSection(tx, null)
  const { found } = tx.state.songs
  tx.change('songs', { found: {} })
  for (const [setting, value] of Object.entries(found)) perform(tx, { type: 'set', setting, value })
}

/** The stage has the metre again that the song found there. */
function restoreMetre(tx: Tx): void {
  const { foundMetre, keepsMetre } = tx.state.songs
  tx.change('songs', { foundMetre: null })
  if (foundMetre && !keepsMetre) setMetre(tx, metreText(foundMetre))
}

/** Goes to the section that follows, or to the one before it in the list; it begins where it says. */
export function stepSection(tx: Tx, by: 1 | -1): void {
  const { songs, transport } = tx.state
  const called = songs.next?.byItself ? null : songs.next
  const from = called?.section ?? songs.section
  const section = by > 0 ? following(songs, from) : from - 1
  const entered = sectionOf(songs, section)
  if (!entered) {
    tx.notify('no-more-sections')
    return
  }
  planSection(tx, null)
  if (!transport.playing || entered.enter === 'now') enterSection(tx, section)
  else awaitSection(tx, section)
}

function sectionOf({ list, song }: Songs, section: number): Section | undefined {
  return list[song]?.sections[section]
}

/** The section that is played. */
export function currentSection(songs: Songs): Section | undefined {
  return sectionOf(songs, songs.section)
}

/**
 * Plans the section that comes at a beat, and its tempo; null plans none. A form that goes round by itself keeps the tempo
 * that the performer has come to.
 */
export function planSection(tx: Tx, next: Songs['next']): void {
  const { songs } = tx.state
  tx.change('songs', { next })
  const isRound = next?.byItself && next.section <= songs.section
  const bpm = next && !isRound ? (sectionOf(songs, next.section)?.tempo ?? null) : null
  planTempo(tx, next && { beat: next.beat, bpm })
  tx.announce(chartComes, next?.byItself ? comingChart(tx, next) : null)
}

/** The chart with which a section comes by itself; null where it has none, or more changes than that. */
function comingChart({ state }: Tx, { section, beat }: NonNullable<Songs['next']>): ComingChart | null {
  const { form } = state.transport
  const { chart, loops, metre, tempo, set } = sectionOf(state.songs, section) ?? {}
  if (typeof chart !== 'string' || loops || (metre !== undefined && metre !== metreText(form.metre))) return null
  const phase = Math.round((beat - form.beat) / measureBeats(form.metre))
  return { chart: placedChart(chart, phase), set: { ...(tempo !== undefined && { tempo }), ...set }, beat }
}

/** Plans a section where it says that it begins; one that is planned already, by how things are now. */
export function awaitSection(tx: Tx, section: number, byItself?: true): void {
  const earliest = Math.max(comingMeasure(tx), tx.state.recording.take?.end ?? 0)
  const isAtEnd = byItself || sectionOf(tx.state.songs, section)?.enter === 'loop'
  planSection(tx, {
    section,
    beat: isAtEnd ? (roundEnd(tx, earliest) ?? earliest) : earliest,
    ...(byItself && { byItself }),
  })
}

/** How many sections come by themselves at most: more than go by in an evening, however short they are. */
const mostAlone = 5000

/** Plans the section that follows by itself where the present one ends, if that has an end. */
export function planEnd(tx: Tx): void {
  const { songs, transport } = tx.state
  if (songs.alone >= mostAlone) return
  const section = following(songs, songs.section)
  if (currentSection(songs)?.leave !== 'end' || !transport.playing || !sectionOf(songs, section)) return
  const { form } = transport
  const inside = Math.max(form.beat, tx.beat) + measureBeats(form.metre) / 2
  const beat = roundEnd(tx, inside)
  if (beat !== null) planSection(tx, { section, beat, byItself: true })
}

/** The section that comes after one: the one that it names, or the next in the list. */
function following(songs: Songs, section: number): number {
  const { sections } = songs.list[songs.song] ?? { sections: [] }
  const next = sections[section]?.next
  return next === undefined ? section + 1 : sections.findIndex(({ name }) => name === next)
}

/** The first end of a pass that is not before a beat: of the chart of a section that has an end, or else of what goes round. */
function roundEnd(tx: Tx, earliest: Beats): Beats | null {
  const { material, transport, songs } = tx.state
  const { form } = transport
  const { leave, chart } = currentSection(songs) ?? {}
  const round = roundOf(leave === 'end' && chart ? { ...noMaterial, chart: material.chart } : material)
  if (!round) return null
  const measure = Math.ceil((earliest - form.beat) / measureBeats(form.metre))
  const passes = Math.ceil((measure - round.phase) / round.measures)
  return measureStart(form, round.phase + passes * round.measures)
}

/** A section that the next note leaves is left. */
export function leaveByNote(tx: Tx): void {
  const { songs } = tx.state
  if (currentSection(songs)?.leave === 'note' && !songs.next) enterSection(tx, following(songs, songs.section))
}

/** Begins a section now: what it names changes, all else stays. */
export function enterSection(tx: Tx, index: number, byItself = false): void {
  const section = sectionOf(tx.state.songs, index)
  const isRound = byItself && index <= tx.state.songs.section
  planHasCome(tx)
  tx.change('songs', { next: null })
  if (!section) return
  tx.change('songs', { section: index, alone: byItself ? tx.state.songs.alone + 1 : 0 })
  const { playing } = tx.state.transport
  if (section.play === false && playing) stop(tx)
  if (section.tempo !== undefined && !isRound) setForSong(tx, 'tempo', section.tempo)
  if (section.metre !== undefined) beginMetre(tx, section.metre)
  if (section.play && !playing) play(tx, false)
  if (section.loops || section.chart !== undefined) layMaterial(tx, section, byItself)
  for (const [id, value] of Object.entries(section.set ?? {})) {
    if (value !== undefined) setForSong(tx, id, value)
  }
  for (const name of section.do ?? []) {
    const command = commandOf(name, tx.features)
    if (command) perform(tx, command)
  }
  planEnd(tx)
}

/** Sets a setting, and remembers what the song found it at. */
function setForSong(tx: Tx, setting: string, value: SettingValue): void {
  const { songs, settings } = tx.state
  const now = (settings as Readonly<Record<string, SettingValue>>)[setting]
  if (now === undefined) return
  tx.change('songs', { found: { [setting]: now, ...songs.found } })
  perform(tx, { type: 'set', setting, value })
}

/** From the nearest bar line on the measures are counted anew, in another metre; no take is disturbed. */
function beginMetre(tx: Tx, text: string): void {
  const { transport, recording, songs } = tx.state
  tx.change('songs', { foundMetre: songs.foundMetre ?? transport.form.metre })
  if (!transport.playing || recording.take) {
    setMetre(tx, text)
    return
  }
  const { form } = transport
  const measure = Math.round((tx.beat - form.beat) / measureBeats(form.metre))
  arriveInMetre(tx, { beat: measureStart(form, measure), metre: parseMetre(text) })
}
