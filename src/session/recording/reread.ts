import { type Beats, type Metre, metre as makeMetre, measureBeats, metreName, mod } from '../../music/index.ts'
import { beatAt, type FreeLoop, secondsAt, type TempoChange, type Timeline } from '../../timing/index.ts'
import type { Transaction } from '../core/index.ts'
import { type Loop, loopIsRecorded, type Material, mapMaterial, noMaterial } from '../tracks/index.ts'
import { measureStart, metreComes, sameMetre } from '../transport/index.ts'
import type { RecordingState } from './state.ts'
import { around } from './take-notes.ts'

type Tx = Transaction<RecordingState>

/** Hears the last free take in another tempo or metre. Null where it can't be heard so. */
type Rereading = (now: FreeLoop, likely: readonly FreeLoop[]) => FreeLoop | null

/** Half as fast. */
const halfTime: Rereading = (now) => {
  const { numerator, denominator } = now.metre
  if (now.measures % 2 === 0) return atTempo(now, 1 / 2, now.metre, now.measures / 2)
  return numerator % 2 === 0 ? atTempo(now, 1 / 2, makeMetre(numerator / 2, denominator), now.measures) : null
}

/** Twice as fast. */
const doubleTime: Rereading = (now) => atTempo(now, 2, now.metre, 2 * now.measures)

/** In the metre that is the next likely one. */
const otherMetre: Rereading = (now, likely) => {
  const place = likely.findIndex(({ metre }) => metreName(metre) === metreName(now.metre))
  return likely[(place + 1) % likely.length] ?? null
}

function atTempo(loop: FreeLoop, times: number, metre: Metre, measures: number): FreeLoop {
  const changes = loop.timeline.map(({ beat, seconds, bpm }): TempoChange => {
    return { beat: times * beat, seconds, bpm: times * bpm }
  })
  return { ...loop, metre, measures, bpm: times * loop.bpm, timeline: changes as unknown as Timeline }
}

/** The tempi that a session can play at. */
const [slowest, fastest] = [20, 400]

/** How the last free take is heard by a rereading; null where it can't be, or at no tempo that can be played. */
function possible({ recording: { reading }, settings }: RecordingState, rereading: Rereading): FreeLoop | null {
  const next = reading && rereading(reading.now, reading.likely)
  const tempo = next ? (settings.tempo * next.bpm) / reading.now.bpm : 0
  return tempo >= slowest && tempo <= fastest ? next : null
}

/** The rereadings by the actions that do them. */
export const rereadings = { 'half-time': halfTime, 'double-time': doubleTime, 'other-metre': otherMetre } as const

/** How else the last free take may be heard: what each action would make of it, a tempo or a metre. Not all can be. */
export function otherReadings(state: RecordingState): { readonly [Id in keyof typeof rereadings]?: string } {
  const { reading } = state.recording
  if (!reading || !state.material.loops[reading.track]?.isFree) return {}
  return Object.fromEntries(
    Object.entries(rereadings).flatMap(([id, rereading]): [string, string][] => {
      const next = possible(state, rereading)
      if (!next) return []
      const tempo = Math.round((state.settings.tempo * next.bpm) / reading.now.bpm)
      return [[id, id === 'other-metre' ? metreName(next.metre) : String(tempo)]]
    }),
  )
}

/** A tempo this near to the one that a take was mended to is meant to be that, not half or twice it. */
const sameTempo = 0.15

/** A take as the performer has said that they hear its tempo: what was mended once is not to be mended again. */
export function asMended(loop: FreeLoop, mended: number | null): FreeLoop {
  const isMeant = (each: FreeLoop | null) => each !== null && Math.abs(Math.log(each.bpm / (mended ?? 1))) < sameTempo
  if (mended === null || isMeant(loop)) return loop
  return [halfTime, doubleTime].map((rereading) => rereading(loop, [])).find(isMeant) ?? loop
}

/**
 * Hears the last free take otherwise, while it plays: all notes stay where they sound, and so does the place of the
 * music. The opposite press brings back what was.
 */
export function reread(tx: Tx, rereading: Rereading): void {
  const { reading, take } = tx.state.recording
  if (take) {
    tx.notify('take-first')
    return
  }
  const loop = reading && tx.state.material.loops[reading.track]
  if (!reading || !loop?.isFree || !hasShape(loop, reading.now)) {
    tx.notify('nothing-free')
    return
  }
  const { now, track } = reading
  const next = possible(tx.state, rereading)
  if (!next) {
    tx.notify('no-such-tempo')
    return
  }
  moveForm(tx, loop, now, next)
  mapMaterial(tx, (material) => reheard(material, now, next))
  const { tempo } = tx.state.settings
  tx.change('recording', { reading: { ...reading, now: next }, mended: tempo, over: null, pushed: null })
  tx.announce(loopIsRecorded, { track, isNew: true })
}

/**
 * Goes on at another tempo, and counts measures from where the loop's pass would have begun in it. The tempo changes by as
 * much as the reading's: it may have been turned meanwhile.
 */
function moveForm(tx: Tx, loop: Loop, now: FreeLoop, next: FreeLoop): void {
  const { transport, settings } = tx.state
  const { form } = transport
  const times = next.bpm / now.bpm
  const passes = measureStart(form, loop.phase)
  const length = now.measures * measureBeats(now.metre)
  const played = mod(tx.beat - passes, length)
  const passed = Math.round((tx.beat - played - form.beat) / measureBeats(form.metre))
  tx.set('tempo', times * settings.tempo)
  if (!transport.playing) tx.change('transport', { form: { ...form, metre: next.metre } })
  else {
    const beat = tx.beat - times * played + ((next.start - now.start) * next.bpm) / 60
    tx.change('transport', { form: { beat, metre: next.metre }, next: null })
    tx.announce(metreComes, { passed, before: form })
  }
}

/** Material in which the loops of a shape have another, whose beats are at the same moments. */
function reheard(material: Material, before: FreeLoop, next: FreeLoop): Material {
  const length = next.measures * measureBeats(next.metre)
  const moved = (beat: Beats) => beatAt(next.timeline, secondsAt(before.timeline, beat))
  const loops = Object.entries(material.loops).map(([track, loop]) => {
    if (!loop || !hasShape(loop, before)) return [track, loop]
    const notes = loop.notes.map((note) => {
      const beat = moved(note.beat)
      return { ...note, beat: around(beat, length), beats: moved(note.beat + note.beats) - beat }
    })
    const phase = Math.round((loop.phase * next.measures) / before.measures) % next.measures
    return [track, { ...loop, metre: next.metre, measures: next.measures, phase, notes }]
  })
  return { ...material, loops: Object.fromEntries(loops), grooves: noMaterial.grooves }
}

function hasShape(loop: Loop, { metre, measures }: FreeLoop): boolean {
  return sameMetre(loop.metre, metre) && loop.measures === measures
}
