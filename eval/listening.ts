import { hearMeasure, listen, noListener } from '../src/band/index.ts'
import type { Note } from '../src/music/index.ts'
import { type Line, weimarSolos } from './corpora/weimar.ts'
import { mean } from './mean.ts'
import { shipped } from './shipped.ts'

/** Solos in 4/4 that `solo` has not learnt from, long enough to follow. */
export async function validationSolos(data: string): Promise<Line[]> {
  const { validation } = await shipped('solo')
  return weimarSolos(data).filter((line) => validation.has(line.id) && canBeFollowed(line))
}

/** As long solos of other tunes, spread over the performers: nothing in the band was chosen by them. */
export async function untouchedSolos(data: string, count: number): Promise<Line[]> {
  const { validation } = await shipped('solo')
  const all = weimarSolos(data)
  const seen = new Set(all.filter(({ id }) => validation.has(id)).map(({ title }) => title))
  const others = all.filter((line) => !seen.has(line.title) && canBeFollowed(line))
  return Array.from({ length: count }, (_, index) => others[Math.floor((index * others.length) / count)]).filter(
    (line) => line !== undefined,
  )
}

function canBeFollowed({ metre, notes }: Line): boolean {
  return metre === '4/4' && (notes.at(-1)?.beat ?? 0) > 100
}

/** The notes of each measure of a solo, from its first on. */
function measuresOfSolo({ notes }: Line): Note[][] {
  const first = Math.floor((notes[0]?.beat ?? 0) / 4)
  const measures = Array.from({ length: Math.floor((notes.at(-1)?.beat ?? 0) / 4) - first + 1 }, (): Note[] => [])
  for (const { pitch, beat, beats } of notes) {
    measures[Math.floor(beat / 4) - first]?.push({ pitch, velocity: 90, beat: beat % 4, beats })
  }
  return measures
}

/** What a listener makes of a solo: the energy that each measure is played with. */
export function energiesOf(solo: Line): number[] {
  let listener = noListener
  return measuresOfSolo(solo).map((measure) => {
    const { energy } = listener
    listener = listen(listener, hearMeasure(measure, 4))
    return energy
  })
}

/** How much has just been played before each measure of a solo: the notes of the two measures before. */
export function activityOf(solo: Line): number[] {
  const counts = measuresOfSolo(solo).map(({ length }) => length)
  return counts.map((_, measure) => (counts[measure - 1] ?? 0) + (counts[measure - 2] ?? 0))
}

/** Pearson's correlation, over what both have. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length)
  const [one, other] = [a.slice(0, length), b.slice(0, length)]
  const [meanOne, meanOther] = [mean(one), mean(other)]
  const product = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((sum, value, index) => sum + (value - mp) * ((q[index] ?? 0) - mq), 0)
  const spread = Math.sqrt(product(one, meanOne, one, meanOne) * product(other, meanOther, other, meanOther))
  return spread === 0 ? 0 : product(one, meanOne, other, meanOther) / spread
}
