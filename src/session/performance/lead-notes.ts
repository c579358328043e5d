import { keptChord, type PlayedNote } from '../../improv/index.ts'
import { type Beats, type MidiPitch, measureBeats } from '../../music/index.ts'
import { beatAt, type Seconds, tempoAt } from '../../timing/index.ts'
import type { Effect } from '../core/index.ts'
import type { SessionState } from '../session.ts'
import { formAt, measureAt } from '../transport/index.ts'
import { harmonyNow } from '../zones/index.ts'
import type { Performance } from './performance.ts'
import { replay } from './replay.ts'

/** Keys struck within this time are a chord: its top is the line. */
const chordSeconds: Seconds = 0.035

/** After a silence as long as this a line begins anew. */
const longestRest: Beats = 16

/** A note of the lead, and who chose its pitch. */
export type LeadNote = PlayedNote & { readonly by: 'human' | 'machine' }

/** Follows a session, and keeps the melody of the lead: the top of chords, whoever chose it. */
export type LeadNotes = {
  /** Takes what happened, and the state after it. */
  observe(at: Seconds, effects: readonly Effect[], state: SessionState): void
  /** What has sounded and ended, the oldest first. */
  ended(): readonly LeadNote[]
}

/** Nothing has been played yet. */
export function createLeadNotes(): LeadNotes {
  const notes: LeadNote[] = []
  /** When the last note began, and its pitch where it still sounds. */
  let last: { readonly at: Seconds; readonly sounding: MidiPitch | null } | null = null

  const begin = (at: Seconds, { pitch, velocity, by }: Extract<Effect, { type: 'sound' }>, state: SessionState) => {
    const top = notes.at(-1)
    const isChord = last !== null && at - last.at < chordSeconds
    if (isChord && top && top.pitch >= pitch) return
    const beat = beatAt(state.transport.timeline, at)
    const form = formAt(state.transport, beat)
    const length = measureBeats(form.metre)
    const { chord } = harmonyNow(state, beat)
    const place = ((measureAt(form, beat).place % length) + length) % length
    const apart = last && ((at - last.at) * tempoAt(state.transport.timeline, beat)) / 60
    const since = isChord && top ? top.since : apart === null || apart > longestRest ? null : apart
    const note = { pitch, velocity, since, beats: 0, place, chord: chord && keptChord(chord), by }
    if (isChord) notes.splice(-1, 1, note)
    else notes.push(note)
    last = { at: isChord && last ? last.at : at, sounding: pitch }
  }
  const end = (at: Seconds, pitch: MidiPitch, { transport }: SessionState) => {
    const note = notes.at(-1)
    if (!note || last?.sounding !== pitch) return
    const beats = ((at - last.at) * tempoAt(transport.timeline, beatAt(transport.timeline, at))) / 60
    notes.splice(-1, 1, { ...note, beats })
    last = { ...last, sounding: null }
  }
  return {
    ended: () => (last === null || last.sounding === null ? notes : notes.slice(0, -1)),
    observe(at, effects, state) {
      for (const effect of effects) {
        if (effect.type === 'stop' && effect.track === 'lead') end(at, effect.pitch, state)
        else if (effect.type === 'sound' && effect.track === 'lead') {
          if (last?.sounding != null && at - last.at >= chordSeconds) end(at, last.sounding, state)
          begin(at, effect, state)
        }
      }
    },
  }
}

/** Those of a lead's notes whose pitch the performer chose; after a note of somebody else's a line begins anew. */
export function ownNotes(lead: readonly LeadNote[]): PlayedNote[] {
  return lead.flatMap(({ by, ...note }, index) => {
    if (by === 'machine') return []
    return [lead[index - 1]?.by === 'machine' ? { ...note, since: null } : note]
  })
}

/** What the performer of a recorded performance played of the lead. */
export function ownNotesOf(performance: Performance): readonly PlayedNote[] {
  const lead = createLeadNotes()
  for (const { event, effects, state } of replay(performance)) lead.observe(event.at, effects, state)
  return ownNotes(lead.ended())
}
