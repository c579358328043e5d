import {
  applyFeel,
  atEnergy,
  type Bassline,
  fixedGroove,
  type Groove,
  type GrooveRequest,
  grooveEvents,
  grooveSteps,
  modelGroove,
} from '../../src/groove/index.ts'
import { finish } from '../../src/models/index.ts'
import {
  type DrumStyle,
  drumStyles,
  isTripletStyle,
  metreName,
  parseMetre,
  stepsPerMeasure,
} from '../../src/music/index.ts'
import { grooveTakes } from '../corpora/groove.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import {
  agreement,
  at,
  inMetre,
  isRolled,
  isStraight,
  type Kicks,
  kicksOf,
  measures,
  measuresOf,
  overlapOf,
  shareBare,
  shareInTime,
  shareTogether,
  shareUsual,
  usualCounts,
  walking,
} from './groove-figures.ts'
import { spearman } from './spearman.ts'

const swing = 2 / 3
const metres = ['4/4', '3/4', '7/8', '5/4', '12/8'].map(parseMetre)
const temperatures = [0.5, 1, 1.3]

/** What `drums` and `feel` make of basslines, styles, intensities and fills. */
export async function drummerSection({ data, quick }: Options): Promise<Section> {
  const [model, feel] = await Promise.all([shipped('drums'), shipped('feel')])
  const takes = grooveTakes(data)
  const heldOut = takes.filter(({ id }) => model.validation.has(`groove/${id}`))
  const kicks = heldOut.filter(isStraight).flatMap(kicksOf)
  const count = quick ? 6 : 24
  const ask = (bass: Bassline, request: Partial<GrooveRequest>) =>
    finish(modelGroove(model, fixedGroove(bass), { seed: 1, bpm: 110, ...request }))
  const styled = (style: DrumStyle) => ({ style, ...(isTripletStyle(style) && { swing }) })
  const some = (from: number) => Array.from({ length: count }, (_, index) => at(kicks, 7 * index + from))

  const human = takes.flatMap(({ metre, events }) => measuresOf(events, stepsPerMeasure(metre)))
  const humanBare = shareBare(human)
  const asked = metres.map((metre) => ({
    name: metreName(metre),
    played: temperatures.map((temperature) =>
      drumStyles.flatMap((style) =>
        some(1).flatMap(({ bass }, seed) => {
          const groove = ask(inMetre(bass, metre), { style, temperature, seed })
          return measuresOf(grooveEvents(groove), grooveSteps(groove))
        }),
      ),
    ),
  }))
  const bare = asked.map(({ name, played }) => ({ name, shares: played.map(shareBare) }))
  const usual = usualCounts(takes.filter(isStraight).flatMap(({ events }) => measuresOf(events, 16)))
  const within = Math.min(...(asked[0]?.played ?? []).map((played) => shareUsual(played, usual)))

  const intensities = Array.from({ length: 11 }, (_, index) => index / 10)
  const dial = drumStyles.map((style) => {
    const played = some(2).map(({ bass }, seed) => {
      const plain = ask(bass, { ...styled(style), seed })
      return { plain, felt: applyFeel(feel, plain, { bpm: 110, style }, 1) }
    })
    const grooves = intensities.map((intensity) =>
      played.map(({ plain, felt }) => atEnergy({ plain, felt }, intensity, plain.dynamics).felt),
    )
    const hits = grooves.map((each) => mean(each.map((groove) => groove.hits.length / measures)))
    const loud = grooves.map((each) => mean(each.flatMap((groove) => groove.hits.map(({ velocity }) => velocity))))
    return { style, hits, loud, ofHits: spearman(intensities, hits), ofLoud: spearman(intensities, loud) }
  })

  const bassTest = drumStyles.map((style) => whichBass(kicks, style, (bass, seed) => ask(bass, { style, seed })))
  const right = mean(bassTest.map((each) => each.right))
  const [otherBass, otherSeed] = [
    mean(bassTest.map((each) => each.otherBass)),
    mean(bassTest.map((each) => each.otherSeed)),
  ]

  const rolls = (groove: Groove, isLast: boolean) =>
    groove.hits.filter(({ step, drum }) => {
      return isRolled(drum) && (Math.floor(step / grooveSteps(groove)) === measures - 1) === isLast
    }).length
  const filled = drumStyles.flatMap((style) =>
    some(3).map(({ bass }, seed) => ask(bass, { ...styled(style), fill: true, seed })),
  )
  const fillRatio =
    mean(filled.map((groove) => rolls(groove, true))) /
    (mean(filled.map((groove) => rolls(groove, false))) / (measures - 1))

  const walk = walking(measures)
  const swingers = Array.from({ length: 5 * count }, (_, seed) => ask(walk, { style: 'swing', swing, bpm: 130, seed }))
  const inTime = shareInTime(swingers.flatMap((groove) => measuresOf(grooveEvents(groove), grooveSteps(groove))))
  const humanTime = shareInTime(
    heldOut
      .filter(({ style, metre }) => style === 'swing' && metreName(metre) === '12/8')
      .flatMap(({ events }) => measuresOf(events, 24)),
  )

  const touched = drumStyles.map((style) => {
    const grooves = Array.from({ length: quick ? 20 : 100 }, (_, seed) => {
      const plain = ask(at(kicks, 3 * seed).bass, { ...styled(style), seed })
      return applyFeel(feel, plain, { bpm: 110, style }, 1)
    })
    const late = mean(grooves.map((groove) => mean(groove.hits.map(({ offsetMs }) => offsetMs))))
    return { style, late, together: mean(grooves.map(shareTogether)) }
  })

  const worstBare = Math.max(...bare.flatMap(({ shares }) => shares))
  const worstDial = Math.min(...dial.flatMap(({ ofHits, ofLoud }) => [ofHits, ofLoud]))
  const worstLate = Math.max(...touched.map(({ late }) => Math.abs(late)))
  const worstTogether = Math.min(...touched.map(({ together }) => together))
  return {
    title: 'drums: what it is asked for',
    notes: [
      `Grooves of four measures for real kicks of the straight validation files, as basslines. Which bass: of ten basslines of a style, the one whose onsets agree best (F1) with the kicks of a groove. The swing grooves answer a walking bass on the beats at 130; in time is a measure with ride or hat on all four beats and on the swung notes after two and four.`,
    ],
    tables: [
      {
        title: `Measures without hat, ride or crash, per cent (drummers: ${percent(humanBare)})`,
        columns: temperatures.map((temperature) => [`temperature ${temperature}`, 1] as const),
        rows: bare.map(({ name, shares }) => [name, ...shares.map((share) => 100 * share)]),
      },
      {
        title: 'Hits a measure at intensities from 0 to 1',
        columns: [...intensities.map((intensity) => [`${intensity}`, 1] as const), ['Spearman', 2]],
        rows: dial.map(({ style, hits, ofHits }) => [style, ...hits, ofHits]),
      },
      {
        title: 'Mean velocity at the same intensities',
        columns: [...intensities.map((intensity) => [`${intensity}`, 0] as const), ['Spearman', 2]],
        rows: dial.map(({ style, loud, ofLoud }) => [style, ...loud, ofLoud]),
      },
      {
        title: 'Touch, at 110',
        columns: [
          ['mean offset, ms', 2],
          ['strokes of one moment within 10 ms, %', 1],
        ],
        rows: touched.map(({ style, late, together }) => [style, late, 100 * together]),
      },
    ],
    pictures: [],
    targets: [
      {
        says: `drums: measures without a cymbal at most the drummers' share and 2 points`,
        figure: `${percent(worstBare)} at most, and ${percent(humanBare)}`,
        met: worstBare <= humanBare + 0.02,
      },
      {
        says: "drums: strokes of each drum within the drummers' first and last hundredth in 98 % of measures of 4/4",
        figure: `${percent(within)} at least`,
        met: within >= 0.98,
      },
      { says: 'drums: the right bass of ten in at least 60 %', figure: percent(right), met: right >= 0.6 },
      {
        says: 'drums: two basslines with one seed differ at least as much as two seeds with one bassline',
        figure: `${otherBass.toFixed(3)} and ${otherSeed.toFixed(3)}`,
        met: otherBass >= otherSeed,
      },
      {
        says: 'drums: snare and tom strokes of a fill at least twice those of the other measures',
        figure: fillRatio.toFixed(2),
        met: fillRatio >= 2,
      },
      {
        says: 'drums and feel: hits and velocity rise with the intensity in every style (Spearman at least 0.95)',
        figure: `${worstDial.toFixed(2)} at least`,
        met: worstDial >= 0.95,
      },
      {
        says: 'drums: jazz swing keeps time in at least 60 % of the measures',
        figure: `${percent(inTime)}; drummers ${percent(humanTime)}`,
        met: inTime >= 0.6,
      },
      {
        says: 'feel: mean offset of the grooves of each style within 3 ms',
        figure: `${worstLate.toFixed(1)} ms at most`,
        met: worstLate <= 3,
      },
      {
        says: 'feel: 95 % of strokes of one moment within 10 ms',
        figure: `${percent(worstTogether)} at least`,
        met: worstTogether >= 0.95,
      },
    ],
  }
}

/** Asks for drums to ten basslines, and to each of them with another seed. */
function whichBass(
  kicks: readonly Kicks[],
  style: DrumStyle,
  ask: (bass: Bassline, seed: number) => Groove,
): { right: number; otherBass: number; otherSeed: number } {
  const own = kicks.filter((each) => each.style === style)
  const pool = own.length >= 10 ? own : kicks
  const ten = Array.from({ length: 10 }, (_, index) => at(pool, Math.floor((index * pool.length) / 10)).bass)
  const grooves = ten.map((bass) => ask(bass, 1))
  const others = ten.map((bass) => ask(bass, 2))
  const guesses = grooves.map((groove) => {
    const scores = ten.map((bass) => agreement(groove, bass))
    return scores.indexOf(Math.max(...scores))
  })
  const apart = (a: Groove | undefined, b: Groove | undefined) => (a && b ? 1 - overlapOf(a, b) : 0)
  return {
    right: mean(guesses.map((guess, index) => Number(guess === index))),
    otherBass: mean(grooves.slice(1).map((groove, index) => apart(groove, grooves[index]))),
    otherSeed: mean(grooves.map((groove, index) => apart(groove, others[index]))),
  }
}
