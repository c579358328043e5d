import {
  createMix,
  createNoteCounts,
  inOrder,
  mixingWeights,
  type NoteCounts,
  type PlayedNote,
} from '../../src/improv/index.ts'
import { intervalClass } from '../../src/models/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Shipped } from '../shipped.ts'
import { countsOf, keptNotes, otherTunes } from './memory-notes.ts'
import { alongChances } from './solo-player.ts'

/** After so many notes of a performer the memory has to help. */
export const knownNotes = 1000

/** What is asked on the way along a line, in the order of {@link MemoryNats}. */
export const memoryVoices = [
  'solo alone',
  'session',
  'session and performer',
  'performer',
  'performer, 1,000 notes',
  'another performer, as many',
] as const

/** Nats of each pitch of a line from its second on, by each voice. */
export type MemoryNats = {
  /** Whether 1,000 other notes of the performer are known. */
  readonly isKnown: boolean
  readonly nats: readonly (readonly number[])[]
}

/** How much each voice is surprised by a line. The performer's memory has what they play on other tunes. */
export function memoryNats(solo: Shipped, line: Line, solos: readonly Line[]): MemoryNats {
  const all = otherTunes(line, solos)
  const some = all.slice(-knownNotes)
  const stranger = strangerOf(line, solos, some.length)
  const performers = [null, all, some, stranger].map((notes) => notes && countsOf(notes))
  return { isKnown: some.length === knownNotes, nats: surprisesOf(solo, line, performers) }
}

/** As many notes of the performer who comes first in the corpus after this one and has as many. */
function strangerOf(line: Line, solos: readonly Line[], count: number): PlayedNote[] {
  const performers = [...new Set(solos.map(({ performer }) => performer))].sort()
  const from = performers.indexOf(line.performer)
  for (let further = 1; further < performers.length; further++) {
    const name = performers[(from + further) % performers.length]
    const notes = solos.filter(({ performer, title }) => performer === name && title !== line.title).flatMap(keptNotes)
    if (notes.length >= count) return notes.slice(-count)
  }
  return []
}

/**
 * Nats of each pitch from the second on: of the model alone; with the memory of the session; with that and each
 * performer's; and with each performer's alone.
 */
function surprisesOf(solo: Shipped, line: Line, performers: readonly (NoteCounts | null)[]): number[][] {
  const [session, mix] = [createNoteCounts(8192), createMix()]
  const mixed = new Float64Array(solo.engine.classes)
  const notes = keptNotes(line)
  const nats: number[][] = [[], [], [], [], [], []]
  let last = notes[0] as PlayedNote
  const pitches = [last.pitch]
  session.add(last)
  alongChances(solo, line, (own) => {
    const note = notes[(nats[0] as number[]).length + 1] as PlayedNote
    const token = intervalClass(note.pitch - last.pitch)
    const moment = { pitches: [...pitches], chord: note.chord }
    const tell = (index: number, chances: Float64Array) => nats[index]?.push(-Math.log(chances[token] as number))
    const ofSession = session.ask(moment, own)
    const [, all, some, other] = performers.map((each) => (each && each.size() > 0 ? each.ask(moment, own) : null))
    tell(0, own)
    for (const [index, memories] of [
      [1, [ofSession, null]],
      [2, [ofSession, all ?? null]],
      [3, [null, all ?? null]],
      [4, [null, some ?? null]],
      [5, [null, other ?? null]],
    ] as const) {
      mix(own, inOrder(memories), mixingWeights, mixed)
      tell(index, mixed)
    }
    session.add(note)
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
    last = note
  })
  return nats
}
