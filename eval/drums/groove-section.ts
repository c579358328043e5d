import { fixedGroove, grooveEvents, modelGroove } from '../../src/groove/index.ts'
import { finish } from '../../src/models/index.ts'
import { drums, fourFour, type Metre, metreName, parseMetre } from '../../src/music/index.ts'
import { grooveTakes } from '../corpora/groove.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section, type Table } from '../report/report.ts'
import { groupedBars } from '../report/svg.ts'
import { type Shipped, shipped } from '../shipped.ts'
import { cut, densities, fails, likeness, measuresOf, overlap, type Pair, pauses } from './groove-statistics.ts'
import { type Answer, answersOf, kicks } from './likelihood.ts'

const temperatures = [0.5, 1, 1.5]
const metres = ['4/4', '3/4', '7/8'].map(parseMetre)

/** How many human measures a machine's are compared with. */
const referenceMeasures = 3000

/** The grooves that `drums` plays to drummers' kicks. */
export async function drumGrooveSection({ data, seed, quick }: Options): Promise<Section> {
  const model = await shipped('drums')
  const takes = grooveTakes(data).filter(({ metre }) => metreName(metre) === metreName(fourFour))
  const count = quick ? 50 : 1000
  const isHeldOut = ({ id }: { id: string }) => model.validation.has(`groove/${id}`)
  const answers = evenly(takes.filter(isHeldOut).flatMap(answersOf).filter(hasKick), count)
  const human = answers.map(({ metre, played }): Pair => ({ metre, events: played }))
  const played = metres.map((metre) => ({
    metre,
    human: human.map((pair) => cut(pair, metre)),
    grooves: temperatures.map((temperature) => answerAll(model, human, metre, temperature, seed)),
  }))
  const fixed = answers.map(({ metre, fixed: events }): Pair => ({ metre, events }))
  const nearby = evenly(
    takes
      .filter((take) => !isHeldOut(take))
      .flatMap(measuresOf)
      .filter((measure) => measure.some(Boolean)),
    referenceMeasures,
  )
  const compared = [
    ['human', human] as const,
    ...temperatures.map(
      (temperature, index) => [`drums, ${nameOf(temperature)}`, played[0]?.grooves[index] ?? []] as const,
    ),
    ['fixed groove', fixed] as const,
  ].map(([name, pairs]) => ({ name, pairs, hits: densities(pairs) }))
  const shareTable = (title: string, holds: (pair: Pair) => boolean): Table => ({
    title,
    columns: [...temperatures.map((temperature) => [nameOf(temperature), 1] as const), ['human, so cut', 1]],
    rows: played.map(({ metre, grooves, human }) => [
      metreName(metre),
      ...[...grooves, human].map((pairs) => 100 * shareOf(pairs, holds)),
    ]),
  })
  const moderate = played.flatMap(({ grooves }) => grooves.filter((_, index) => (temperatures[index] as number) <= 1))
  const worst = Math.max(...moderate.map((pairs) => shareOf(pairs, fails)))
  return {
    title: 'drums: grooves of their own',
    notes: [
      `The grooves answer the fixed grooves of real kicks from Groove's validation split, its measures of 4/4 cut shorter for the other metres; where nobody strikes a kick there is no bassline to answer. The nearest human measure is that of ${nearby.length} from the training takes; overlap is the share of all hits of either that both have. A groove fails when it has no hit at all, or on one step six or more of the nine drums.`,
    ],
    tables: [
      {
        title: `Hits a measure, in ${count} grooves of two measures of 4/4`,
        columns: drums.map((drum) => [drum, 2]),
        rows: compared.map(({ name, hits }) => [name, ...hits]),
      },
      {
        title: 'The same grooves: shares of all hits, and overlap with human measures',
        columns: [
          ['kick', 2],
          ['snare', 2],
          ['hats', 2],
          ["overlap with the drummer's own", 3],
          ['with the nearest measure', 3],
        ],
        rows: compared.map(({ name, pairs, hits }) => {
          const all = hits.reduce((sum, each) => sum + each, 0)
          const [kick = 0, snare = 0, closed = 0, open = 0] = hits
          const own = mean(pairs.map(({ events }, index) => overlap(events, human[index]?.events ?? [])))
          return [name, kick / all, snare / all, (closed + open) / all, own, likeness(pairs, nearby)]
        }),
      },
      shareTable(`Failures in ${count} grooves of two measures, per cent`, fails),
      shareTable('Of the same grooves, those with a measure without any hit, per cent', pauses),
    ],
    pictures: [
      {
        name: 'drums-hits',
        title: 'What is struck, human and machine',
        svg: groupedBars(
          'What is struck in answer to the same kicks',
          'hits a measure of 4/4',
          [...drums],
          [
            ['human', compared[0]?.hits ?? [], 'human'],
            ['drums, temperature 1', compared[2]?.hits ?? [], 'machine'],
            ['fixed groove', compared.at(-1)?.hits ?? [], 'other'],
          ],
        ),
      },
    ],
    targets: [
      {
        says: 'drums: under 1 % failures up to temperature 1, in 4/4, 3/4 and 7/8',
        figure: `${percent(worst)} at most`,
        met: worst < 0.01,
      },
    ],
  }
}

/** Without any kick there is no bassline to answer. */
function hasKick({ played }: Answer): boolean {
  return played.some((event) => event & 1)
}

/** The model's answers to the fixed grooves of these measures' kicks, in a metre that the measures are cut to. */
function answerAll(model: Shipped, human: readonly Pair[], metre: Metre, temperature: number, seed: number): Pair[] {
  return human.map((pair, index) => {
    const fixed = fixedGroove(kicks(metre, cut(pair, metre).events))
    const groove = finish(modelGroove(model, fixed, { temperature, seed: seed * human.length + index }))
    return { metre, events: grooveEvents(groove) }
  })
}

function shareOf(pairs: readonly Pair[], holds: (pair: Pair) => boolean): number {
  return pairs.filter(holds).length / pairs.length
}

function nameOf(temperature: number): string {
  return `temperature ${temperature}`
}

/** A number of values, spread over a list; some come twice if there are too few. */
function evenly<T>(values: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => values[Math.floor((index * values.length) / count)] as T)
}
