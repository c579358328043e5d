import { sortHits } from '../groove/index.ts'
import {
  type Beats,
  type Chart,
  type Metre,
  measureBeats,
  parseChart,
  parseMetre,
  type Velocity,
} from '../music/index.ts'
import { perform } from './actions.ts'
import { type DialId, isDial, settingOf } from './dials.ts'
import { measureAt, measureStart } from './form.ts'
import { chordsOf } from './harmony.ts'
import { alter } from './history.ts'
import type { Moment } from './moment.ts'
import { playOn, takeStart } from './recorder.ts'
import type { Section, Song, SongDrums, SongLoop } from './song.ts'
import { type DrumLoop, type Loop, type Material, noMaterial, type Stand } from './state.ts'
import { arriveInMetre, comingMeasure, planSection, play, setMetre, stop } from './transport.ts'

/** Lays a set list on the stand, and opens its first song. */
export function laySetList(moment: Moment, songs: readonly Song[]): void {
  closeSong(moment)
  moment.change('stand', { songs, song: 0, section: -1, next: null })
  if (songs.length > 0) openSong(moment, 0)
}

/** Opens the song so many songs on: on an empty stage its first section begins. */
export function turnPage(moment: Moment, by: number): void {
  openSong(moment, moment.state.stand.song + by)
}

function openSong(moment: Moment, index: number): void {
  if (!moment.state.stand.songs[index]) {
    moment.tell('no-more-sections')
    return
  }
  closeSong(moment)
  if (moment.state.transport.playing) stop(moment)
  perform(moment, 'clear-all')
  playOn(moment, 'solo')
  moment.change('stand', { song: index, section: -1 })
  enterSection(moment, 0)
}

/** A song leaves the dials as it found them. */
function closeSong(moment: Moment): void {
  planSection(moment, null)
  const { found } = moment.state.stand
  moment.change('stand', { found: {} })
  for (const [id, value] of Object.entries(found)) if (isDial(id)) perform(moment, id, value)
}

/** Goes to the section that follows, or to the one before it on the page; it begins where it says. */
export function stepSection(moment: Moment, by: 1 | -1): void {
  const { stand } = moment.state
  const from = stand.next?.section ?? stand.section
  const section = by > 0 ? following(stand, from) : from - 1
  const entered = stand.songs[stand.song]?.sections[section]
  if (!entered) {
    moment.tell('no-more-sections')
    return
  }
  planSection(moment, null)
  if (!moment.state.transport.playing || entered.enter === 'now') enterSection(moment, section)
  else awaitSection(moment, section)
}

/** Lets a section come where it says that it begins; one that comes already, where it begins as things are now. */
export function awaitSection(moment: Moment, section: number): void {
  planSection(moment, { section, beat: beginning(moment, section) })
}

/** The section that comes after one: the one that it names, or the next on the page. */
function following({ songs, song }: Stand, section: number): number {
  const { sections } = songs[song] ?? { sections: [] }
  const next = sections[section]?.next
  return next === undefined ? section + 1 : sections.findIndex(({ name }) => name === next)
}

/** Where a section begins that schedulers have not come to yet; no take is disturbed. */
function beginning(moment: Moment, section: number): Beats {
  const { material, transport, recorder, stand } = moment.state
  const { form } = transport
  const earliest = Math.max(comingMeasure(moment), recorder.take?.end ?? 0)
  const round = stand.songs[stand.song]?.sections[section]?.enter === 'loop' ? roundOf(material) : null
  if (!round) return earliest
  const measure = Math.ceil((earliest - form.beat) / measureBeats(form.metre))
  const passes = Math.ceil((measure - round.phase) / round.measures)
  return measureStart(form, round.phase + passes * round.measures)
}

/** What goes round and is listened to for its end: the bass before the chords, the drums and the chart. */
function roundOf({ bass, chords, drums, chart }: Material): Pick<Loop, 'phase' | 'measures'> | null {
  if (bass ?? chords) return bass ?? chords
  if (drums) return { phase: drums.phase, measures: drums.groove.measures }
  return chart && { phase: chart.phase, measures: chart.chart.length }
}

/** A section that the next note leaves is left. */
export function leaveByNote(moment: Moment): void {
  const { stand } = moment.state
  const section = stand.songs[stand.song]?.sections[stand.section]
  if (section?.leave === 'note' && !stand.next) enterSection(moment, following(stand, stand.section))
}

/** Begins a section now: what it names changes, all else stays. */
export function enterSection(moment: Moment, index: number): void {
  const { stand } = moment.state
  const section = stand.songs[stand.song]?.sections[index]
  if (!section) {
    moment.change('stand', { next: null })
    return
  }
  moment.change('stand', { section: index, next: null })
  const { playing } = moment.state.transport
  if (section.play === false && playing) stop(moment)
  if (section.tempo !== undefined) setForSong(moment, 'tempo', section.tempo)
  if (section.metre !== undefined) changeMetre(moment, section.metre)
  if (section.play && !playing) play(moment, false)
  if (section.loops || section.chart !== undefined) layMaterial(moment, section)
  for (const [id, value] of Object.entries(section.set ?? {})) {
    if (isDial(id) && value !== undefined) setForSong(moment, id, value)
  }
  for (const action of section.do ?? []) perform(moment, action)
}

/** Sets a dial, and remembers what the song found it at. */
function setForSong(moment: Moment, id: DialId, value: number | string): void {
  const { stand, settings } = moment.state
  moment.change('stand', { found: { [id]: settings[id], ...stand.found } })
  perform(moment, id, settingOf(id, value))
}

/** From the nearest bar line on the measures are counted anew, in another metre; no take is disturbed. */
function changeMetre(moment: Moment, text: string): void {
  const { transport, recorder } = moment.state
  if (!transport.playing || recorder.take) {
    setMetre(moment, text)
    return
  }
  const { form } = transport
  const measure = Math.round((moment.beat - form.beat) / measureBeats(form.metre))
  arriveInMetre(moment, { beat: measureStart(form, measure), metre: parseMetre(text) })
}

/** Lays loops and a chart, from the measure on that a note of this moment belongs to. */
function layMaterial(moment: Moment, { loops = {}, chart, metre: text }: Section): void {
  const { transport, settings } = moment.state
  const { form, playing } = transport
  const start = takeStart(form, moment.beat, settings.tempo)
  const phase = playing ? Math.max(0, measureAt(form, start).measure) : 0
  const metre = text === undefined ? form.metre : parseMetre(text)
  const place = { phase, from: measureStart(form, phase) }
  const { bass, chords, drums } = loops
  const patch: { -readonly [Part in keyof Material]?: Material[Part] } = {}
  if (bass !== undefined) patch.bass = bass && loopOf(bass, metre, place)
  if (chords !== undefined) patch.chords = chords && loopOf(chords, metre, place)
  if (drums !== undefined) patch.drums = drums && drumsOf(drums, metre, place)
  if (bass !== undefined || drums !== undefined) patch.grooves = noMaterial.grooves
  if (chart !== undefined) patch.chart = chartOf(chart, phase)
  if (patch.chords) chordsOf(patch.chords)
  alter(moment, patch)
}

/** How hard notes are struck that are written without it. */
const written: Velocity = 96

type Place = Pick<Loop, 'phase' | 'from'>

function loopOf({ measures, notes }: SongLoop, metre: Metre, { phase, from }: Place): Loop {
  const struck = notes.map((note) => ({ ...note, velocity: note.velocity ?? written }))
  return { metre, measures, phase: phase % measures, from, notes: struck }
}

function drumsOf({ measures, hits }: SongDrums, metre: Metre, { phase, from }: Place): DrumLoop {
  const struck = hits.map((hit) => ({ ...hit, velocity: hit.velocity ?? written, offsetMs: 0 }))
  return { groove: { metre, measures, hits: sortHits(struck) }, phase: phase % measures, from }
}

/** A chart that somebody typed begins with the form. */
export function setChart(moment: Moment, text: string): void {
  const { chart } = moment.state.material
  if (chart?.text === text && chart.phase === 0) return
  if (text.trim() === '') {
    alter(moment, { chart: null })
    return
  }
  try {
    alter(moment, { chart: chartOf(text, 0) })
  } catch {
    moment.tell('bad-chart', text)
  }
}

function chartOf(text: string | null, phase: number): Material['chart'] {
  if (text === null) return null
  const chart: Chart = parseChart(text)
  return { text, chart, phase: phase % chart.length }
}
