import { createMix, createNoteCounts, type NoteCounts, type PlayedNote } from '../../src/improv/index.ts'
import { intervalClass } from '../../src/models/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import type { Section } from '../report/report.ts'
import type { Shipped } from '../shipped.ts'
import { material } from './material.ts'
import { countsOf, keptNotes, otherTunes } from './memory-notes.ts'
import { alongChances } from './solo-player.ts'

/** After so many notes of a performer the memory has to help. */
const knownNotes = 1000

/** What memories are worth on the validation solos of the Weimar Jazz Database. */
export async function memorySection(options: Options): Promise<Section> {
  const { solo, training, lines } = await material(options)
  const solos = [...training, ...lines]
  const surprises = lines.map((line) => {
    const own = otherTunes(line, solos).slice(-knownNotes)
    const stranger = strangerOf(line, solos, own.length)
    const [all, some, other] = [countsOf(otherTunes(line, solos)), countsOf(own), countsOf(stranger)]
    const isKnown = own.length === knownNotes
    return { isKnown, nats: surprisesOf(solo, line, [null, all, some, other]) }
  })
  const half = (nats: readonly number[]) => nats.slice(Math.floor(nats.length / 2))
  const names = [
    'solo alone',
    'session',
    'session and performer',
    'performer',
    'performer, 1,000 notes',
    'another, as many',
  ] as const
  const known = surprises.filter(({ isKnown }) => isKnown)
  const of = (some: typeof surprises, index: number) => mean(some.flatMap(({ nats }) => nats[index] as number[]))
  const ofHalf = (some: typeof surprises, index: number) =>
    mean(some.flatMap(({ nats }) => half(nats[index] as number[])))
  const better = (some: typeof surprises, index: number) =>
    mean(some.map(({ nats }) => (mean(half(nats[index] as number[])) < mean(half(nats[0] as number[])) ? 1 : 0)))
  return {
    title: 'memory',
    notes: [],
    tables: [
      {
        title: `Nats a note on ${lines.length} validation solos; ${known.length} have a performer of 1,000 other notes`,
        columns: [
          ['second halves', 3],
          ['better in', 2],
          ['all', 3],
          ['known performers', 3],
        ],
        rows: names.map((name, index) => [
          name,
          ofHalf(surprises, index),
          better(surprises, index),
          of(surprises, index),
          of(known, index),
        ]),
      },
    ],
    pictures: [],
    targets: [],
  }
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
    const moment = { pitches, chord: note.chord }
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
      mix(own, memories, mixed)
      tell(index, mixed)
    }
    session.add(note)
    pitches.unshift(note.pitch)
    pitches.length = Math.min(pitches.length, 9)
    last = note
  })
  return nats
}
