import type { Line, LineNote } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { below, type Section } from '../report/report.ts'
import { barChart } from '../report/svg.ts'
import { lineStatistics } from '../statistics.ts'
import { intervalTokens, pitchesOf, shuffled } from './baselines.ts'
import { intervalNgram, material, playAll, settingsOf, statisticsTable } from './material.ts'
import { gridNotes, melodySurprise, singAlong, type Told } from './melody-player.ts'
import { soloSurprise } from './solo-player.ts'
import { bandTargets, humanBands } from './targets.ts'

/** Of the first edition of melody, on these notes. */
const firstEditionNll = 2.536

/** `melody` on those validation solos that its grid can hold, beside `solo` on the same notes. */
export async function melodySection(options: Options): Promise<Section> {
  const { solo, melody, training, lines } = await material(options)
  const ngram = intervalNgram({ training, lines })
  const gridded = lines
    .filter(({ id }) => melody.validation.has(id))
    .map((line) => ({ line, numbers: gridNotes(line) }))
  const gridLines = gridded.map(
    ({ line, numbers }): Line => ({ ...line, notes: numbers.map((number) => line.notes[number] as LineNote) }),
  )
  const human = lineStatistics(gridLines, gridLines.map(pitchesOf))
  const sungTold = (told: Told) =>
    lineStatistics(
      gridLines,
      playAll(gridLines, options.seed, (line, random) => singAlong(melody, line, random, told)),
    )
  const nllTold = (told: Told) => mean(gridLines.flatMap((line) => melodySurprise(melody, line, told)))
  const sung = sungTold({ chords: true })
  const mixed = lineStatistics(gridLines, playAll(gridLines, options.seed, shuffled))
  const bands = humanBands(
    human,
    gridLines.map((line) => lineStatistics([line], [pitchesOf(line)])),
    ['h1', 'h4', 'leap', 'leaps'],
  )
  /** Mean nats of the notes on the grid, from nats of each note of a line but the first. */
  const onGrid = (natsOf: (line: Line) => readonly number[]) =>
    mean(
      gridded.flatMap(({ line, numbers }) => {
        const nats = natsOf(line)
        return numbers.slice(1).map((number) => nats[number - 1] as number)
      }),
    )
  const [nll, nllAlone] = [nllTold({ chords: true }), nllTold({ chords: false })]
  const soloNll = onGrid((line) => soloSurprise(solo, line))
  const ngramNll = onGrid((line) => ngram.model.surprise(intervalTokens(line)))
  return {
    title: 'melody',
    notes: [
      'Here melody starts from the first pitch, and gets the times at which notes start and end. Its likelihoods are those of the pitch, given that a note starts there. Its targets are those of the soloists within one standard deviation between these solos.',
    ],
    tables: [
      statisticsTable(
        `Pitches on the rhythm of the ${gridLines.length} validation solos in 4/4, one note a sixteenth`,
        [
          ['human', human, null],
          [`melody over the chords, ${settingsOf(melody.sampling)}`, sung, nll],
          ['melody, chords unknown', sungTold({ chords: false }), nllAlone],
          ['shuffled', mixed, null],
        ],
      ),
      {
        title: 'Negative log-likelihood of the same notes, nats a note',
        columns: [['nats', 3]],
        rows: [
          ['solo', soloNll],
          [`n-gram of order ${ngram.order}`, ngramNll],
          ['melody', nll],
          ['melody, chords unknown', nllAlone],
          ['melody of version 0.1', firstEditionNll],
        ],
      },
    ],
    pictures: [
      {
        name: 'melody-nll',
        title: 'How much the same notes surprise the models',
        svg: barChart('How much the same notes surprise the models', 'nats a note on the grid, less is better', [
          ['solo', soloNll, 'machine'],
          [`n-gram of order ${ngram.order}`, ngramNll, 'human'],
          ['melody', nll, 'other'],
          ['melody, chords unknown', nllAlone, 'other'],
        ]),
      },
    ],
    targets: [
      {
        says: 'melody: nats a note at least 10 % below the best n-gram on the same notes',
        figure: `${below(nll, ngramNll)}; chords unknown ${below(nllAlone, ngramNll)}`,
        met: nll <= 0.9 * ngramNll,
      },
      ...bandTargets('melody', sung, bands),
      {
        says: 'melody: CTnCTR above shuffled',
        figure: `${sung.ctnctr.toFixed(3)} and ${mixed.ctnctr.toFixed(3)}`,
        met: sung.ctnctr > mixed.ctnctr,
      },
    ],
  }
}
