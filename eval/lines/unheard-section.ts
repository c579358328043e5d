import { weimarSolos } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section, type Table, type Target } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import { knownNotes, memoryNats, memoryVoices } from './memory-nats.ts'

/** What memories are worth to a solo that has never heard those who play. */
export type Unheard = {
  readonly performers: readonly string[]
  readonly solos: number
  /** Nats a note, in the order of {@link memoryVoices}. */
  readonly nats: readonly number[]
}

/**
 * Measured by `npm run eval -- --only memory --model DIR`; DIR is a solo of 1,250 updates that was trained with these
 * performers as `--held-out`: every fifth, by name, of those with five tunes and 1,000 notes on others.
 */
export const measuredUnheard: Unheard = {
  performers: [
    'Art Pepper',
    'Chet Baker',
    'Dexter Gordon',
    'Fats Navarro',
    'Joe Henderson',
    'Lee Konitz',
    'Paul Desmond',
    'Steve Coleman',
  ],
  solos: 54,
  nats: [2.066, 1.971, 1.952, 2.029, 2.045, 2.071],
}

/** Measures that on performers all of whose solos were held out from the training of the solo in a folder. */
export async function unheardSection({ data }: Options, folder: string): Promise<Section> {
  const solo = await shipped('solo', folder)
  const solos = weimarSolos(data).filter(({ notes }) => notes.length > 1)
  const heard = new Set(solos.filter(({ id }) => !solo.validation.has(id)).map(({ performer }) => performer))
  const measured = solos
    .filter(({ performer }) => !heard.has(performer))
    .map((line) => ({ performer: line.performer, ...memoryNats(solo, line, solos) }))
    .filter(({ isKnown }) => isKnown)
  const unheard: Unheard = {
    performers: [...new Set(measured.map(({ performer }) => performer))],
    solos: measured.length,
    nats: memoryVoices.map((_, voice) => mean(measured.flatMap(({ nats }) => nats[voice] ?? []))),
  }
  return {
    title: 'memory of performers whom the model has not heard',
    notes: [],
    tables: [unheardTable(unheard)],
    pictures: [],
    targets: unheardTargets(unheard),
  }
}

/** The figures as a table. */
export function unheardTable({ performers, solos, nats }: Unheard): Table {
  return {
    title: `Nats a note on ${solos} solos of ${performers.length} performers whom the model has never heard`,
    columns: [['whole', 3]],
    rows: memoryVoices.map((name, voice) => [name, nats[voice] ?? null]),
  }
}

/** What the memory of a performer has to add, who is known from {@link knownNotes} notes. */
export function unheardTargets({ nats }: Unheard): Target[] {
  const [alone = 0, , , , some = 0, other = 0] = nats
  const [gain, ofOther] = [1 - some / alone, 1 - other / alone]
  return [
    {
      says: `memory of a performer whom the model has not heard, ${knownNotes} notes: nats at least 1 % below solo alone`,
      figure: percent(gain),
      met: gain >= 0.01,
    },
    {
      says: 'memory of such a performer: at least twice what as many notes of another bring',
      figure: `${percent(gain)} and ${percent(ofOther)}`,
      met: gain > 0 && gain >= 2 * ofOther,
    },
  ]
}
