import { closenesses } from '../../src/improv/index.ts'
import { weimarSolos } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { below, percent, type Section } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import { type Answer, correlation, figureNames, figuresOf, median, quantile } from './figures.ts'
import { accuracy, type Sense, samplesOf } from './judge.ts'
import { byNgram, machine, mutation, type Player } from './players.ts'
import { isCounted, rhythmNats } from './rhythm-nats.ts'
import { phrasesIn, type Turn, turnsOf } from './turns.ts'

/** How many turns of tunes that the models have learnt from, and how many of others. */
const counts = { training: 900, validation: 160 }

/** How often each turn is answered: one draw says too little. */
const draws = 4

const senses: readonly Sense[] = ['rhythm', 'pitch', 'both']

/** Phrases of its own beside those of the soloists, after the same calls and over the same chords. */
export async function ownPhrasesSection({ data, seed, quick }: Options): Promise<Section> {
  const [phrase, solo] = [await shipped('phrase'), await shipped('solo')]
  const solos = weimarSolos(data).filter(isCounted)
  const heldOut = solos.filter(({ id }) => phrase.validation.has(id))
  const nats = heldOut.filter((_, index) => !quick || index % 6 === 0).map((line) => rhythmNats(phrase, line, solos))
  const pooled = (what: 'distance' | 'length', voice: number, from = 0) =>
    mean(nats.flatMap((each) => (each[what][voice] ?? []).filter((_, index, all) => index >= from * all.length)))
  const turns = turnsOf(data)
  const share = quick ? 6 : 1
  const take = (of: readonly Turn[], count: number) => {
    const every = Math.max(1, of.length / (count / share))
    return of.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every))
  }
  const training = take(
    turns.filter(({ solo }) => !phrase.validation.has(solo)),
    counts.training,
  )
  const validation = take(
    turns.filter(({ solo }) => phrase.validation.has(solo)),
    counts.validation,
  )
  const players: readonly (readonly [name: string, player: Player])[] = [
    ...closenesses.map((closeness) => [closeness, machine({ phrase, solo }, closeness)] as const),
    ['n-gram', byNgram(training)],
    ['mutated call', mutation],
  ]
  const answered = players.map(([name, player]) => {
    const play = (of: readonly Turn[], draw: number) =>
      of.map((turn, index) => {
        const answer = player(turn, seed + draw * of.length + index)
        return { turn, answer, phrases: phrasesIn(answer, turn.bpm) }
      })
    const drawn = Array.from({ length: draws }, (_, draw) => ({
      training: play(training, draw),
      validation: play(validation, draw),
    }))
    return { name, drawn, validation: drawn.flatMap(({ validation }) => validation) }
  })
  const human = {
    name: 'human',
    training: training.map((turn) => ({ ...turn, turn })),
    validation: validation.map((turn) => ({ ...turn, turn })),
  }
  const names = Object.keys(figureNames) as (keyof typeof figureNames)[]
  type Played = { readonly validation: readonly (Answer & { readonly turn: Turn })[] }
  const valuesOf = ({ validation }: Played, figure: keyof typeof figureNames) =>
    validation.flatMap((each) => (each.answer.length === 0 ? [] : (figuresOf(each)[figure] ?? [])))
  const withCall = ({ validation }: Played) =>
    correlation(validation.map(({ turn, answer }) => [turn.call.length, answer.length] as const))
  type Draw = (typeof answered)[number]['drawn'][number]
  const samples = (played: Draw, part: keyof Draw, sense: Sense) => [
    ...human[part].flatMap(({ turn, phrases }) => samplesOf(turn, phrases, true, sense)),
    ...played[part].flatMap(({ turn, phrases }) => samplesOf(turn, phrases, false, sense)),
  ]
  const judged = answered.map(({ name, drawn }) => {
    const told = (sense: Sense, played: Draw) =>
      accuracy(samples(played, 'training', sense), samples(played, 'validation', sense), seed)
    return [name, ...senses.map((sense) => mean(drawn.map((played) => told(sense, played))))] as const
  })
  const machines = answered.slice(0, closenesses.length)
  const varied = machines.find(({ name }) => name === 'vary') as Played
  const rhythmOf = (name: string) => judged.find(([each]) => each === name)?.[1] ?? Number.NaN
  return {
    title: 'own phrases',
    notes: [
      `Calls are four measures of a solo in 4/4, answers the four that follow: ${validation.length} of tunes that were held out, over their chords and at their tempo. Where nothing sounds for 0.3 s, a phrase ends, for the soloists as for the others; of the soloists', those count that are whole in the turn. The n-gram draws distances by the place in the beat and the distance before, lengths at their share of the distance, and intervals by the two before. The mutated call is turned round, moved or put upside down measure by measure (Biles 1994), and put into the chord's scale.`,
      'The memory of the session counts what the solo has had so far, that of the performer what they play on other tunes; no loudness is told here, so the model alone is a little worse than above. The weights are learnt on training tunes.',
      `The judge is a logistic regression over the n-grams of a phrase of five notes and more, which has learnt on ${training.length} other turns to tell the player from the soloists; its accuracy is on the held-out ones, as many of either, the mean of ${draws} draws of each answer. At 0.5 nobody can be told apart. The soloists know of no hand-over.`,
    ],
    tables: [
      {
        title: 'Rhythm and touch, nats a note and errors (metrics.json)',
        columns: [
          ['phrase', 3],
          ['baseline', 3],
        ],
        rows: [
          [
            'distance to the next note; the best n-gram',
            phrase.recorded('distance'),
            phrase.recorded('ngram_distance'),
          ],
          [
            'the same where its end is planned, as it plays; an n-gram that knows the plan',
            phrase.recorded('distance_end_planned'),
            phrase.recorded('ngram_distance_end_planned'),
          ],
          [
            'loudness error; the mean of the place',
            phrase.recorded('loudness_error'),
            phrase.recorded('loudness_error_of_place'),
          ],
        ],
      },
      {
        title: 'Rhythm with memories, nats a note',
        columns: [
          ['distance', 3],
          ['second halves', 3],
          ['length', 3],
          ['second halves', 3],
        ],
        rows: ['phrase alone', 'with the memory of the session', 'with that and the performer’s'].map((name, voice) => [
          name,
          pooled('distance', voice),
          pooled('distance', voice, 0.5),
          pooled('length', voice),
          pooled('length', voice, 0.5),
        ]),
      },
      {
        title: 'Medians of the answers',
        columns: [...names.map((name) => [figureNames[name], 2] as const), ['notes with the call (r)', 2]],
        rows: [
          ...([0.25, 0.5, 0.75] as const).map((part) => {
            const figures = names.map((name) => quantile(valuesOf(human, name), part))
            return [`human, p${100 * part}`, ...figures, part === 0.5 ? withCall(human) : null] as const
          }),
          ...answered.map((each) => {
            const figures = names.map((name) => median(valuesOf(each, name)))
            return [each.name, ...figures, withCall(each)] as const
          }),
        ],
      },
      {
        title: 'How often a judge tells them from human phrases',
        columns: senses.map((sense) => [sense, 2] as const),
        rows: judged,
      },
    ],
    pictures: [],
    targets: [
      {
        says: 'phrase: rhythm at least 12 % below the best n-gram',
        figure: below(phrase.recorded('distance'), phrase.recorded('ngram_distance')),
        met: phrase.recorded('distance') < 0.88 * phrase.recorded('ngram_distance'),
      },
      {
        says: 'phrase with the memory of the session: rhythm at least 12 % below the best n-gram',
        figure: below(pooled('distance', 1), phrase.recorded('ngram_distance')),
        met: pooled('distance', 1) < 0.88 * phrase.recorded('ngram_distance'),
      },
      {
        says: 'phrase: loudness error at least 15 % below the mean of the place',
        figure: below(phrase.recorded('loudness_error'), phrase.recorded('loudness_error_of_place')),
        met: phrase.recorded('loudness_error') < 0.85 * phrase.recorded('loudness_error_of_place'),
      },
      ...names.map((name) => {
        const [least, most] = [0.25, 0.75].map((part) => quantile(valuesOf(human, name), part)) as [number, number]
        const figure = median(valuesOf(varied, name))
        return {
          says: `own phrases, vary: ${figureNames[name]} from ${least.toFixed(2)} to ${most.toFixed(2)}`,
          figure: figure.toFixed(2),
          met: figure >= least && figure <= most,
        }
      }),
      ...machines
        .filter(({ name }) => name !== 'contrast')
        .map((each) => ({
          says: `own phrases, ${each.name}: density goes with the call's (r at least 0.5)`,
          figure: withCall(each).toFixed(2),
          met: withCall(each) >= 0.5,
        })),
      {
        says: 'own phrases, vary: the rhythm is told from human rhythm in at most 70 % of phrases',
        figure: percent(rhythmOf('vary')),
        met: rhythmOf('vary') <= 0.7,
      },
      {
        says: 'own phrases, vary: less often than an n-gram and a mutated call',
        figure: `${percent(rhythmOf('vary'))}, ${percent(rhythmOf('n-gram'))} and ${percent(rhythmOf('mutated call'))}`,
        met: rhythmOf('vary') < Math.min(rhythmOf('n-gram'), rhythmOf('mutated call')),
      },
    ],
  }
}
