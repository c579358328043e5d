import { grooveTakes } from '../corpora/groove.ts'
import { mean } from '../mean.ts'
import { bestNgram, ngram } from '../ngram.ts'
import type { Options } from '../options.ts'
import { below, type Section } from '../report/report.ts'
import { barChart } from '../report/svg.ts'
import { shipped } from '../shipped.ts'
import { answerSurprise, answersOf, drumSurprise, repetitionNll, tokens } from './likelihood.ts'

/** How much Groove's validation split surprises `drums`. */
export async function drumLikelihoodSection({ data, quick }: Options): Promise<Section> {
  const model = await shipped('drums')
  const takes = grooveTakes(data)
  const heldOut = takes.filter(({ id }) => model.validation.has(`groove/${id}`))
  const training = takes.filter((take) => !heldOut.includes(take))
  const validation = quick ? heldOut.slice(0, 20) : heldOut
  const learnt = training.map(({ events }) => events)
  const unseen = validation.map(({ events }) => events)

  const best = bestNgram(tokens, learnt, unseen)
  const unigram = ngram(0, tokens, learnt)
  const unigramNll = mean(unseen.flatMap((events) => unigram.surprise(events)))
  const repetition = repetitionNll(training, validation)
  const nll = mean(validation.flatMap(({ events, metre }) => drumSurprise(model, events, { metre })))
  const answerNll = mean(validation.flatMap(answersOf).flatMap((answer) => answerSurprise(model, answer)))
  const firstStage = model.recorded('answer_nll_first_stage')
  return {
    title: 'drums: real drumming',
    notes: [
      `Drumming is the Groove MIDI Dataset's validation split as a sequence of sixteenths. For the second figure each two measures follow the fixed groove that the rule makes of their own kicks. The first stage of the training does not ship: its figures are those that the training recorded. Unigram and n-gram have Witten-Bell smoothing, the order is the best from 1 to 5; "repeat the last measure" is mixed with the unigram in the proportion that suits the training takes.`,
    ],
    tables: [
      {
        title: `Negative log-likelihood of ${validation.length} takes, nats a step`,
        columns: [
          ['drumming', 3],
          ['after the fixed groove', 3],
        ],
        rows: [
          ['drums', nll, answerNll],
          ['first stage alone (recorded in training)', model.recorded('nll_first_stage'), firstStage],
          [`n-gram of order ${best.order}`, best.nll, null],
          ['repeat the last measure', repetition, null],
          ['unigram', unigramNll, null],
        ],
      },
    ],
    pictures: [
      {
        name: 'drums-nll',
        title: 'How much real drumming surprises the models',
        svg: barChart('How much real drumming surprises the models', 'nats a sixteenth, less is better', [
          ['drums', nll, 'machine'],
          [`n-gram of order ${best.order}`, best.nll, 'human'],
          ['repeat the last measure', repetition, 'human'],
          ['unigram', unigramNll, 'human'],
          ['after the fixed groove: drums', answerNll, 'machine'],
          ['first stage (recorded in training)', firstStage, 'other'],
        ]),
      },
    ],
    targets: [
      {
        says: 'drums: nats a step at least 25 % below the best n-gram',
        figure: below(nll, best.nll),
        met: nll <= 0.75 * best.nll,
      },
      {
        says: 'drums: nats after a fixed groove at least 10 % below the first stage (recorded in training)',
        figure: below(answerNll, firstStage),
        met: answerNll <= 0.9 * firstStage,
      },
    ],
  }
}
