import type { Line, LineNote } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { below, type Section } from '../report/report.ts'
import { barChart } from '../report/svg.ts'
import { lineStatistics } from '../statistics.ts'
import { intervalTokens, pitchesOf, shuffled } from './baselines.ts'
import { intervalNgram, material, playAll, settingsOf, statisticsTable } from './material.ts'
import { gridNotes, melodySurprise, singAlong } from './melody-player.ts'
import { soloSurprise } from './solo-player.ts'
import { bandTargets, humanBands } from './targets.ts'

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
  const sung = lineStatistics(
    gridLines,
    playAll(gridLines, options.seed, (line, random) => singAlong(melody, line, random)),
  )
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
  const nll = mean(gridLines.flatMap((line) => melodySurprise(melody, line)))
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
          [`melody, ${settingsOf(melody.sampling)}`, sung, nll],
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
        ]),
      },
    ],
    targets: [
      {
        says: 'solo: nats a note at least 8 % below melody on the same notes',
        figure: below(soloNll, nll),
        met: soloNll <= 0.92 * nll,
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
