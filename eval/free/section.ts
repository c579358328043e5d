import { seeded } from '../../src/models/index.ts'
import { metreName } from '../../src/music/index.ts'
import { findLoops } from '../../src/timing/free-take/find-loops.ts'
import { pulseBeats } from '../../src/timing/free-take/levels.ts'
import { type FreeLoop, type TempoRange, usualTempi } from '../../src/timing/free-take/take.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { type BassTune, freedoomBasses, isForDevelopment, isUsual, weimarBasses } from './phrases.ts'
import type { PlayedTake } from './play.ts'
import { takesOf } from './takes.ts'

/** What was right of a take. */
type Verdict = {
  readonly played: PlayedTake
  readonly tempo: boolean
  /** Or half or double, which one press makes right. */
  readonly pulse: boolean
  readonly one: boolean
  readonly metre: boolean
}

/** How tempo, metre and beat one are found in basslines that are played without a click. */
export async function freeSection({ data, seed, quick }: Options): Promise<Section> {
  const tunes = [...freedoomBasses(data), ...weimarBasses(data)]
  const many = quick ? 3 : 12
  const verdictsOf = (part: readonly BassTune[], rangeOf: (tune: BassTune) => TempoRange) => {
    const random = seeded(seed)
    return part.flatMap((tune) =>
      takesOf(tune, tune.corpus === 'weimar' ? Math.ceil(many / 3) : many, random, [2, 4, 8]).map((played) =>
        judge(played, findLoops(played.take, rangeOf(tune))[0]),
      ),
    )
  }
  const others = tunes.filter((tune) => !isForDevelopment(tune))
  const heldOut = others.filter(isUsual)
  const developed = tunes.filter((tune) => isForDevelopment(tune) && isUsual(tune))
  const measured = verdictsOf(heldOut, () => usualTempi)
  const near = verdictsOf(heldOut, around)
  const rows: readonly (readonly [string, readonly Verdict[]])[] = [
    ['all', measured],
    ['Freedoom', measured.filter(({ played }) => played.corpus === 'freedoom')],
    ['Weimar', measured.filter(({ played }) => played.corpus === 'weimar')],
    ['two measures', measured.filter(({ played }) => played.measures === 2)],
    ['four measures', measured.filter(({ played }) => played.measures === 4)],
    ['eight measures', measured.filter(({ played }) => played.measures === 8)],
    ['with a pickup', measured.filter(({ played }) => played.pickup)],
    ['from beat one on', measured.filter(({ played }) => !played.pickup)],
    ['in 4/4', measured.filter(({ played }) => metreName(played.metre) === '4/4')],
    ['in other metres', measured.filter(({ played }) => metreName(played.metre) !== '4/4')],
    ['all, in an octave of tempi around the right one', near],
    ['Freedoom, in that octave', near.filter(({ played }) => played.corpus === 'freedoom')],
    ['Weimar, in that octave', near.filter(({ played }) => played.corpus === 'weimar')],
    ['from beat one on, in that octave', near.filter(({ played }) => !played.pickup)],
    ['tunes of any tempo, from 50 to 300', verdictsOf(others, () => wide)],
    ['the tunes it was made on', verdictsOf(developed, () => usualTempi)],
    ['those, in an octave around', verdictsOf(developed, around)],
  ]
  const share = (verdicts: readonly Verdict[], of: (verdict: Verdict) => boolean) =>
    verdicts.filter(of).length / verdicts.length
  const target = (says: string, least: number, of: (verdict: Verdict) => boolean) => {
    const found = share(near, of)
    return { says, figure: percent(found), met: found >= least }
  }
  return {
    title: 'free recording',
    notes: [
      'A take is a bassline of Freedoom, or a line of the Weimar Jazz Database’s bass, a pitch a beat, played as a human does: the tempo wanders within ±3 %, hands are 12 ms off the beat and the foot 30 ms (standard deviations). The foot goes down with the first beat, or up to 1.8 s before it; a fifth of the takes has a pickup of half a beat to two beats. The tunes are split in halves by their names: on one half the weights were learnt, from its basses and from its other parts (`npm run eval -- --fit`); the other is measured. Where Freedoom’s bar lines lie beside the music’s, measures are those that are heard in all of a file’s parts, as `groove` hears them. Left out are measures without a note, and, but where a line says otherwise, tunes whose tempo is outside the range that is set at first.',
      'Tempo is right within 1 % of the mean of the take; beat one within 70 ms of where it was played. “Or half or double” counts a tempo that one press mends. Of one line of even notes nobody can say whether they are eighths at 90 or quarters at 180: in a range of one octave around the tempo, set by the two settings, the question does not arise. The other wrong guesses are short takes with a pickup that makes them another whole number of measures, such as two measures of 3/4 with a pickup of two beats: the other metre is one press away.',
    ],
    tables: [
      {
        title: `Takes of 2, 4 and 8 measures of ${new Set(heldOut.map(({ id }) => id)).size} held-out tunes, %`,
        columns: [
          ['takes', 0],
          ['tempo within 1 %', 1],
          ['or half or double', 1],
          ['beat one', 1],
          ['both', 1],
          ['both, or half or double', 1],
          ['metre', 1],
        ],
        rows: rows.map(([name, verdicts]) => [
          name,
          verdicts.length,
          100 * share(verdicts, ({ tempo }) => tempo),
          100 * share(verdicts, ({ pulse }) => pulse),
          100 * share(verdicts, ({ one }) => one),
          100 * share(verdicts, ({ tempo, one }) => tempo && one),
          100 * share(verdicts, ({ pulse, one }) => pulse && one),
          100 * share(verdicts, ({ metre }) => metre),
        ]),
      },
    ],
    pictures: [],
    targets: [
      target('free, in an octave of tempi: tempo within 1 % in 95 % of takes', 0.95, ({ tempo }) => tempo),
      target('free, in an octave of tempi: beat one in 95 % of takes', 0.95, ({ one }) => one),
      target('free, in an octave of tempi: both together in 95 % of takes', 0.95, ({ tempo, one }) => tempo && one),
      target('free, in an octave of tempi: metre in 90 % of takes', 0.9, ({ metre }) => metre),
    ],
  }
}

const wide: TempoRange = { slowest: 50, fastest: 300 }

function around({ bpm, metre }: BassTune): TempoRange {
  const pulses = bpm / pulseBeats(metre)
  return { slowest: pulses / Math.SQRT2, fastest: pulses * Math.SQRT2 }
}

function judge(played: PlayedTake, found: FreeLoop | undefined): Verdict {
  if (!found) return { played, tempo: false, pulse: false, one: false, metre: false }
  const isNear = (bpm: number) => Math.abs(bpm / played.bpm - 1) < 0.01
  return {
    played,
    tempo: isNear(found.bpm),
    pulse: [0.5, 1, 2].some((times) => isNear(times * found.bpm)),
    one: Math.abs(found.start - played.start) < 0.07,
    metre: metreName(found.metre) === metreName(played.metre),
  }
}
