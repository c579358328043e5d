import { type MidiPitch, pitchClass } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { below, type Section, type Table } from '../report/report.ts'
import { barChart, distributions } from '../report/svg.ts'
import { intervals, lineStatistics } from '../statistics.ts'
import { ngramLine, pitchesOf, previousPitches, randomInRange, shuffled } from './baselines.ts'
import { chorusPicture } from './chorus.ts'
import {
  intervalNgram,
  material,
  playAll,
  settingsOf,
  statisticsColumns,
  statisticsTable,
  valuesOf,
} from './material.ts'
import { answerCalls } from './melody-player.ts'
import { type Group, improvise, soloSurprise } from './solo-player.ts'
import { bandTargets, distance, soloBands } from './targets.ts'

const ablations: readonly (readonly [string, Group[]])[] = [
  ['solo without chords', ['chords']],
  ['solo without place in the measure', ['place']],
  ['solo without rhythm', ['rhythm']],
  ['solo without all three', ['chords', 'place', 'rhythm']],
]

/** `solo` on the validation solos of the Weimar Jazz Database. */
export async function soloSection(options: Options): Promise<Section> {
  const { solo, melody, training, lines } = await material(options)
  const ngram = intervalNgram({ training, lines })
  const play = (player: Parameters<typeof playAll>[2]) => playAll(lines, options.seed, player)
  const figuresOf = (pitches: readonly (readonly MidiPitch[])[]) => lineStatistics(lines, pitches)
  const nllWithout = (without: Group[]) => mean(lines.flatMap((line) => soloSurprise(solo, line, without)))

  const human = lines.map(pitchesOf)
  const improvised = play((line, random) => improvise(solo, line, solo.sampling, random))
  const answered = play((line, random) => answerCalls(melody, line, random))
  const ofNgram = play((line, random) => ngramLine(ngram.model, line, random))
  const humanFigures = figuresOf(human)
  const soloFigures = figuresOf(improvised)
  const nll = nllWithout([])
  const ablated = ablations.map(([name, without]) => {
    const pitches = play((line, random) => improvise(solo, line, solo.sampling, random, without))
    return [name, figuresOf(pitches), nllWithout(without)] as const
  })
  return {
    title: 'solo',
    notes: [
      "The figures are pooled over all notes: CTR7 is the share in the chord with its seventh, SCALE that in the chord's scale; CTnCTR, PCS and MCTD are those of Yeh et al. 2021; H1 and H4, pitch-class entropy over one measure and four, those of Wu and Yang 2020. Solo, the n-gram and melody know nothing of the soloist's pitches but the first, or the last 20 where they answer.",
      `The n-gram is of intervals with Witten-Bell smoothing, of the best order from 1 to 5, learnt from the ${training.length} other solos, and kept in the soloist's range when it plays. An ablation takes inputs from the one shipped model, which has met such stretches in training. "Answering 20 pitches" is ML-Jam's method: melody goes on from 20 notes, its rhythm is dropped, and its pitches fall on the soloist's next 20 notes.`,
    ],
    tables: [
      statisticsTable(`Pitches on the rhythm and over the chords of ${lines.length} validation solos`, [
        ['human', humanFigures, null],
        [`solo, ${settingsOf(solo.sampling)}`, soloFigures, nll],
        ...ablated,
        ['melody, answering 20 pitches', figuresOf(answered), null],
        [`n-gram of order ${ngram.order}`, figuresOf(ofNgram), ngram.nll],
        ['previous 20 pitches', figuresOf(lines.map(previousPitches)), null],
        ['shuffled', figuresOf(play(shuffled)), null],
        ['random in range', figuresOf(play(randomInRange)), null],
      ]),
    ],
    pictures: [
      {
        name: 'intervals',
        title: 'Intervals, human and machine',
        svg: distributions(
          'Intervals from note to note',
          'semitones down and up, those beyond an octave together; share of all intervals',
          intervalLabels,
          [
            ['human', intervalShares(human), 'human'],
            ['solo', intervalShares(improvised), 'machine'],
            ['melody, answering', intervalShares(answered), 'other'],
          ],
        ),
      },
      {
        name: 'degrees',
        title: 'Notes over the chord, human and machine',
        svg: distributions(
          'Notes over the root of their chord',
          'semitones above the root; share of all notes',
          degreeLabels,
          [
            ['human', degreeShares(lines, human), 'human'],
            ['solo', degreeShares(lines, improvised), 'machine'],
            ['n-gram', degreeShares(lines, ofNgram), 'other'],
          ],
        ),
      },
      {
        name: 'solo-nll',
        title: 'How much real solos surprise the models',
        svg: barChart('How much real solos surprise the models', 'nats a note, less is better', [
          ['solo', nll, 'machine'],
          ...ablated.map(([name, , nats]) => [name, nats, 'other'] as const),
          [`n-gram of order ${ngram.order}`, ngram.nll, 'human'],
        ]),
      },
      chorusPicture(solo, options.seed),
    ],
    targets: [
      ...bandTargets('solo', soloFigures, soloBands(humanFigures)),
      {
        says: 'solo: nats a note at least 12 % below the best n-gram',
        figure: below(nll, ngram.nll),
        met: nll <= 0.88 * ngram.nll,
      },
    ],
  }
}

/** How `solo` does at other settings: the table by which its temperature is chosen. */
export async function sweep(options: Options): Promise<Table> {
  const { solo, lines } = await material(options)
  const bands = soloBands(lineStatistics(lines, lines.map(pitchesOf)))
  const settings = [0.9, 0.95, 1, 1.05].flatMap((temperature) => [1, 0.98, 0.95].map((topP) => ({ temperature, topP })))
  return {
    title: 'solo at other settings; up to 1 off the middle is inside of all bands',
    columns: [...statisticsColumns, ['off the middle', 2]],
    rows: settings.map((sampling) => {
      const pitches = playAll(lines, options.seed, (line, random) => improvise(solo, line, sampling, random))
      const figures = lineStatistics(lines, pitches)
      return [settingsOf(sampling), ...valuesOf(figures), distance(figures, bands)]
    }),
  }
}

const widest = 13
const intervalLabels = Array.from({ length: 2 * widest + 1 }, (_, index) =>
  Math.abs(index - widest) === widest ? '…' : `${index - widest}`.replace('-', '−'),
)

/** The share of each interval, those beyond an octave together. */
function intervalShares(lines: readonly (readonly MidiPitch[])[]): number[] {
  const clamped = lines.flatMap(intervals).map((interval) => Math.max(-widest, Math.min(widest, interval)))
  return sharesOf(
    clamped.map((interval) => interval + widest),
    intervalLabels.length,
  )
}

const degreeLabels = ['root', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11']

/** The share of each place over the chord's root. */
function degreeShares(lines: readonly Line[], pitches: readonly (readonly MidiPitch[])[]): number[] {
  const degrees = lines.flatMap(({ notes }, line) =>
    notes.flatMap(({ chord }, note) => (chord ? [pitchClass((pitches[line]?.[note] as MidiPitch) - chord.root)] : [])),
  )
  return sharesOf(degrees, degreeLabels.length)
}

function sharesOf(values: readonly number[], kinds: number): number[] {
  return Array.from({ length: kinds }, (_, kind) => values.filter((value) => value === kind).length / values.length)
}
