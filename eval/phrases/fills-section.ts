import { hearOnset, noRests, ownRest } from '../../src/improv/index.ts'
import { type Random, seeded } from '../../src/models/index.ts'
import { type Line, type LineNote, weimarSolos } from '../corpora/weimar.ts'
import { tradeOf } from '../lines/trade.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import { median } from './figures.ts'
import { type Fill, playDuet } from './play-duet.ts'

/** A fill that begins so short a time before the soloist does collides with them. */
const collision = 0.3

/** Soloists who leave room, or don't. */
const ways: readonly (readonly [name: string, leave: (solo: Line, random: Random) => Line])[] = [
  ['every second phrase', (solo) => without(solo, (phrase) => phrase % 2 === 1)],
  ['half of the phrases, by chance', (solo, random) => without(solo, () => random.next() < 0.5)],
  ['all phrases', (solo) => solo],
]

/** Fills in the gaps of solos that know nothing of them. */
export async function fillsSection({ data, seed, quick }: Options): Promise<Section> {
  const models = { phrase: await shipped('phrase'), solo: await shipped('solo') }
  const solos = weimarSolos(data)
    .filter(({ id }) => models.phrase.validation.has(id))
    .filter((_, index) => !quick || index % 6 === 0)
  const played = ways.map(([name, leave]) => {
    const lines = solos.map((solo, index) => leave(solo, seeded(seed + index))).filter(({ notes }) => notes.length > 1)
    const duets = lines.flatMap((line, index) => playDuet(models, line, seed + index) ?? [])
    const minutes = duets.reduce((sum, duet) => sum + duet.minutes, 0)
    return { name, fills: duets.flatMap(({ fills }) => fills), minutes, rests: lines.flatMap(restsOf) }
  })
  const [leaving] = played
  const ofLeaving = leaving ? collisions(leaving.fills.map(({ next }) => next)) : Number.NaN
  return {
    title: 'duet',
    notes: [
      `The setting \`duet\` fills the gaps of ${solos.filter(tradeOf).length} solos of tunes that were held out, over their chords and at their mean tempo, as a session hears them live. The soloists know of no partner; so they are made to play every second of their phrases, or half of them by chance, and to rest meanwhile. A fill collides where the soloist goes on within ${collision} s of its first note. One that is cut off ends with their first note. Beside it, what would collide that began wherever a phrase counts as over.`,
    ],
    tables: [
      {
        title: 'Fills, where soloists play',
        columns: [
          ['fills a minute', 2],
          ['collisions, %', 1],
          ['at every phrase’s end, %', 1],
          ['cut off, %', 1],
          ['notes', 1],
          ['seconds', 2],
        ],
        rows: played.map(({ name, fills, minutes, rests }) => [
          name,
          fills.length / minutes,
          100 * collisions(fills.map(({ next }) => next)),
          100 * collisions(rests),
          (100 * fills.filter(({ isCut }) => isCut).length) / fills.length,
          median(fills.map(({ notes }) => notes.length)),
          median(fills.map(({ sounds }) => sounds)),
        ]),
      },
    ],
    pictures: [],
    targets: [
      {
        says: 'duet: at most 5 % of fills collide where every second phrase is left out',
        figure: percent(ofLeaving),
        met: ofLeaving <= 0.05,
      },
    ],
  }
}

/** The share of fills after whose first note the soloist goes on at once. @param left the seconds from there to the next note. */
function collisions(left: readonly Fill['next'][]): number {
  return left.filter((seconds) => seconds !== null && seconds < collision).length / left.length
}

/** A solo without some of its phrases. */
function without(solo: Line, isLeft: (phrase: number) => boolean): Line {
  let phrase = 0
  let leaves = isLeft(phrase)
  const notes = solo.notes.filter(({ endsPhrase }) => {
    const isKept = !leaves
    if (endsPhrase) leaves = isLeft(++phrase)
    return isKept
  })
  return { ...solo, notes }
}

/** What is left of each rest of a solo when its phrase counts as over. */
function restsOf({ notes }: Line): number[] {
  let memory = noRests
  return notes.slice(0, -1).flatMap((note, index) => {
    const next = (notes[index + 1] as LineNote).onset
    const sounded = note.release - note.onset
    const left = next - note.release - ownRest(memory, sounded, note.bpm)
    memory = hearOnset(memory, next - note.onset, sounded, note.bpm)
    return left > 0 ? [left] : []
  })
}
