import { grooveTakes, type Take } from '../corpora/groove.ts'
import { mean } from '../mean.ts'
import { bestNgram, ngram } from '../ngram.ts'
import type { Options } from '../options.ts'
import { below, type Section, type Target } from '../report/report.ts'
import { barChart } from '../report/svg.ts'
import { type Shipped, shipped } from '../shipped.ts'
import { answerSurprise, answersOf, briefOf, drumSurprise, repetitionNll, tokens } from './likelihood.ts'

/** The first edition's nats a beat on the validation files of the straight grid, on the same steps. */
const firstEdition = 4.969

/** How much Groove's validation split surprises `drums`. */
export async function drumLikelihoodSection({ data, quick }: Options): Promise<Section> {
  const model = await shipped('drums')
  const takes = grooveTakes(data)
  const [straight, triplets] = [4, 6].map((pulse) => {
    const ofGrid = takes.filter(({ metre }) => pulseOf(metre) === pulse)
    const heldOut = ofGrid.filter(({ id }) => model.validation.has(`groove/${id}`))
    return figuresOf(
      model,
      pulse,
      ofGrid.filter((take) => !heldOut.includes(take)),
      quick ? heldOut.slice(0, 20) : heldOut,
    )
  }) as [Figures, Figures]
  const overall = (told: 'style' | 'tempo') =>
    (straight[told] * straight.beats + triplets[told] * triplets.beats) / (straight.beats + triplets.beats)
  const targets: Target[] = [
    {
      says: 'drums: nats a beat on straight files at least 8 % below the first edition',
      figure: below(straight.style, firstEdition),
      met: straight.style <= 0.92 * firstEdition,
    },
    ...[straight, triplets].map(({ name, style, best }) => ({
      says: `drums: nats a beat on ${name} files at least 45 % below the best n-gram`,
      figure: below(style, best.nll),
      met: style <= 0.55 * best.nll,
    })),
    {
      says: 'drums: less on all files where the style is told',
      figure: below(overall('style'), overall('tempo')),
      met: overall('style') < overall('tempo'),
    },
  ]
  return {
    title: 'drums: real drumming',
    notes: [
      `Drumming is the Groove MIDI Dataset's validation split, each file on the grid that it fits: sixteenths, or triplets and their halves. "After the bass": each two measures from silence, where only the tempo and the bassline of their own kicks are told. Unigram and n-gram have Witten-Bell smoothing, the order is the best from 1 to 5; "repeat the last measure" is mixed with the unigram in the proportion that suits the training takes. The first edition of drums, which knew sixteenths alone, has ${firstEdition} nats a beat on the straight files (measured when the second was trained).`,
    ],
    tables: [
      {
        title: `Negative log-likelihood of ${straight.takes} straight takes and ${triplets.takes} in triplets, nats a beat`,
        columns: [
          ['straight', 3],
          ['triplets', 3],
        ],
        rows: [
          ['drums, told style and tempo', straight.style, triplets.style],
          ['drums, told the tempo', straight.tempo, triplets.tempo],
          ['drums, after the bass', straight.answer, triplets.answer],
          [`n-gram of order ${straight.best.order} and ${triplets.best.order}`, straight.best.nll, triplets.best.nll],
          ['repeat the last measure', straight.repetition, triplets.repetition],
          ['unigram', straight.unigram, triplets.unigram],
        ],
      },
    ],
    pictures: [
      {
        name: 'drums-nll',
        title: 'How much real drumming surprises the models',
        svg: barChart(
          'How much real drumming surprises the models',
          'nats a beat, less is better',
          [straight, triplets].flatMap(({ name, style, best, repetition }) => [
            [`${name}: drums`, style, 'machine'] as const,
            [`${name}: n-gram`, best.nll, 'human'] as const,
            [`${name}: repeat the last measure`, repetition, 'human'] as const,
          ]),
        ),
      },
    ],
    targets,
  }
}

type Figures = ReturnType<typeof figuresOf>

/** Nats a beat on a grid of `pulse` steps a beat. */
function figuresOf(model: Shipped, pulse: number, training: readonly Take[], validation: readonly Take[]) {
  const learnt = training.map(({ events }) => events)
  const unseen = validation.map(({ events }) => events)
  const told = (what: 'style' | 'tempo') =>
    pulse *
    mean(
      validation.flatMap((take) => drumSurprise(model, take.events, { metre: take.metre, brief: briefOf(take, what) })),
    )
  const { order, nll } = bestNgram(tokens, learnt, unseen)
  const unigram = ngram(0, tokens, learnt)
  return {
    name: pulse === 4 ? 'straight' : 'triplet',
    takes: validation.length,
    beats: validation.reduce((sum, { events }) => sum + events.length / pulse, 0),
    style: told('style'),
    tempo: told('tempo'),
    answer: pulse * mean(validation.flatMap(answersOf).flatMap((answer) => answerSurprise(model, answer))),
    best: { order, nll: pulse * nll },
    repetition: pulse * repetitionNll(training, validation),
    unigram: pulse * mean(unseen.flatMap((events) => unigram.surprise(events))),
  }
}

/** The steps of a metre's pulse. */
function pulseOf({ numerator, denominator }: Take['metre']): 4 | 6 {
  return denominator === 8 && numerator % 3 === 0 ? 6 : 4
}
