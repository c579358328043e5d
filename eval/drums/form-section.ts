import { atEnergy, fixedGroove, grooveEvents, grooveSteps, modelGroove } from '../../src/groove/index.ts'
import { finish } from '../../src/models/index.ts'
import { drumStyles, isTripletStyle } from '../../src/music/index.ts'
import { grooveTakes } from '../corpora/groove.ts'
import { activityOf, correlation, energiesOf, validationSolos } from '../listening.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { shipped } from '../shipped.ts'
import { bassOf, type FormFigures, formFigures, forms } from './form-figures.ts'
import { drumGrids } from './grids.ts'
import { at, isStraight, kicksOf, measuresOf, shareBare, walking } from './groove-figures.ts'

const swing = 2 / 3

/** How `drums` plays a form, and how it follows a soloist. */
export async function drumFormSection({ data, quick }: Options): Promise<Section> {
  const model = await shipped('drums')
  const takes = grooveTakes(data)
  const heldOut = takes.filter(({ id }) => model.validation.has(`groove/${id}`))
  const kicks = heldOut.filter(isStraight).flatMap(kicksOf)
  const human = shareBare(
    takes.flatMap(({ metre, events }) => measuresOf(events, (metre.numerator * 16) / metre.denominator)),
  )
  const count = quick ? 3 : 12
  const played = Object.entries(forms).flatMap(([name, form]) =>
    drumStyles.map((style) => {
      const grooves = Array.from({ length: count }, (_, seed) => {
        const bass = fixedGroove(bassOf(form, kicks, 7 * seed))
        return finish(
          modelGroove(model, bass, { seed, bpm: 110, style, form, ...(isTripletStyle(style) && { swing }) }),
        )
      })
      const all = grooves.map((groove) => formFigures(groove, form))
      const figure = (which: keyof FormFigures) => mean(all.map((each) => each[which]))
      const bare = shareBare(grooves.flatMap((groove) => measuresOf(grooveEvents(groove), grooveSteps(groove))))
      return { name, style, figure, bare, repeated: Math.max(...all.map(({ repeated }) => repeated)) }
    }),
  )
  const solos = (await validationSolos(data)).slice(0, quick ? 8 : 20)
  const followed = drumStyles.map((style) => {
    const bass = fixedGroove(isTripletStyle(style) ? walking(8) : bassOf([{ name: 'A', measures: 8 }], kicks, 5))
    const groove = finish(
      modelGroove(model, bass, { seed: 1, bpm: 160, style, ...(isTripletStyle(style) && { swing }) }),
    )
    const perMeasure = grooveSteps(groove)
    const densityAt = (energy: number, measure: number) =>
      atEnergy({ plain: groove, felt: groove }, energy, groove.dynamics).plain.hits.filter(
        ({ step }) => Math.floor(step / perMeasure) === measure % groove.measures,
      ).length
    const lines = solos.map((solo) => {
      const energies = energiesOf(solo)
      const usual = energies.map((_, measure) => densityAt(0.5, measure))
      const density = energies.map((energy, measure) => densityAt(energy, measure) / Math.max(1, usual[measure] ?? 1))
      return { density, activity: activityOf(solo) }
    })
    return {
      style,
      own: mean(lines.map(({ density, activity }) => correlation(density, activity))),
      other: mean(lines.map(({ density }, index) => correlation(density, at(lines, index + 1).activity))),
    }
  })

  const least = (which: keyof FormFigures) => Math.min(...played.map(({ figure }) => figure(which)))
  const songs = played.filter(({ name }) => name === '32 bars, AABA')
  const ownLeast = Math.min(...followed.map(({ own }) => own))
  const otherMost = Math.max(...followed.map(({ other }) => other))
  return {
    title: 'drums: form and listening',
    notes: [
      'Forms over real kicks of the straight validation files, each part with those of one drummer. Rolls are tom and snare strokes of the last measure of a part, by those of a measure of the others; alike is the share of strokes that two stretches have in common. Listening is at its most: how full each measure is, of what the groove has there, against the notes of the validation solo in the two measures before, which is what can be heard; and against those of another solo.',
    ],
    tables: [
      {
        title: 'Form',
        columns: [
          ['rolls', 2],
          ['crash on the next one, %', 0],
          ['without a cymbal, %', 1],
          ['parts of one name alike', 2],
          ['of other names', 2],
        ],
        rows: played.map(({ name, style, figure, bare }) => [
          `${name}, ${style}`,
          figure('rolled'),
          100 * figure('landed'),
          100 * bare,
          figure('same'),
          ...(Number.isNaN(figure('other')) ? [] : [figure('other')]),
        ]),
      },
      {
        title: 'Listening: correlation of drums and solo',
        columns: [
          ['own', 2],
          ['another', 2],
        ],
        rows: followed.map(({ style, own, other }) => [style, own, other]),
      },
    ],
    pictures: await drumGrids(),
    targets: [
      {
        says: 'drums: rolls at the end of a part at least twice those of its other measures, in every style',
        figure: least('rolled').toFixed(2),
        met: least('rolled') >= 2,
      },
      {
        says: 'drums: a crash on the one after a part in at least half, in every style',
        figure: percent(least('landed')),
        met: least('landed') >= 0.5,
      },
      {
        says: 'drums: parts of one name more alike than others, in every style, and no two the same',
        figure: `${Math.min(...songs.map(({ figure }) => figure('same') - figure('other'))).toFixed(2)} at least; ${Math.max(...played.map(({ repeated }) => repeated))} the same`,
        met:
          songs.every(({ figure }) => figure('same') > figure('other')) &&
          played.every(({ repeated }) => repeated === 0),
      },
      {
        says: "drums: measures of a form without a cymbal at most the drummers' share and 2 points",
        figure: `${percent(Math.max(...played.map(({ bare }) => bare)))} at most, and ${percent(human)}`,
        met: played.every(({ bare }) => bare <= human + 0.02),
      },
      {
        says: 'drums: how full they are goes with the solo (at least 0.6), and with no other (at most 0.2)',
        figure: `${ownLeast.toFixed(2)} at least, ${otherMost.toFixed(2)} at most`,
        met: ownLeast >= 0.6 && otherMost <= 0.2,
      },
    ],
  }
}
