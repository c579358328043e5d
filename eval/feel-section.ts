import { encodeFeel, InputRow, touchOf } from '../src/models/index.ts'
import { type Drum, drums } from '../src/music/index.ts'
import { grooveTakes, type Stroke, type Take } from './corpora/groove.ts'
import { Mean, mean } from './mean.ts'
import type { Options } from './options.ts'
import { below, type Section } from './report/report.ts'
import { type Shipped, shipped } from './shipped.ts'

/** How a stroke is expected to be played: its velocity, 1 to 127, and how late it is, in steps. */
type Touch = { readonly velocity: number; readonly offset: number }

/** `feel` on Groove's validation split. */
export async function feelSection({ data, quick }: Options): Promise<Section> {
  const model = await shipped('feel')
  const takes = grooveTakes(data)
  const heldOut = takes.filter(({ id }) => model.validation.has(id))
  const training = takes.filter(({ id }) => !model.validation.has(id)).flatMap(({ strokes }) => strokes)
  const validation = quick ? heldOut.slice(0, 20) : heldOut
  const means = classMeans(training)
  const loudness = mean(training.map(({ velocity }) => velocity))
  const feel = errors(validation, (take) => touches(model, take))
  const ofClass = errors(validation, () => (stroke) => means.get(stroke.drum) ?? { velocity: loudness, offset: 0 })
  const grid = errors(validation, () => () => ({ velocity: loudness, offset: 0 }))
  return {
    title: 'feel',
    notes: [
      `How far off the expected velocity and offset of each of ${feel.count} hits are from what the drummers of the Groove MIDI Dataset's validation split did. The grid is in time, every hit as loud as the mean of all; the means of the classes are those of the training takes.`,
    ],
    tables: [
      {
        title: `Mean absolute errors on ${validation.length} takes`,
        columns: [
          ['velocity, of 127', 2],
          ['offset, sixteenths', 4],
          ['offset, ms', 2],
        ],
        rows: [
          ['feel', feel.velocity, feel.offset, feel.ms],
          ['mean of the class', ofClass.velocity, ofClass.offset, ofClass.ms],
          ['grid', grid.velocity, grid.offset, grid.ms],
        ],
      },
    ],
    pictures: [],
    targets: [
      {
        says: 'feel: velocity error at least 26 % below the mean of the class',
        figure: below(feel.velocity, ofClass.velocity),
        met: feel.velocity <= 0.74 * ofClass.velocity,
      },
      {
        says: 'feel: offset error below the grid',
        figure: below(feel.offset, grid.offset),
        met: feel.offset < grid.offset,
      },
    ],
  }
}

function errors(takes: readonly Take[], guesser: (take: Take) => (stroke: Stroke) => Touch) {
  const [velocity, offset, ms] = [new Mean(), new Mean(), new Mean()]
  let count = 0
  for (const take of takes) {
    const guess = guesser(take)
    for (const stroke of take.strokes) {
      const touch = guess(stroke)
      const late = Math.abs(touch.offset - stroke.offset)
      velocity.add(Math.abs(touch.velocity - stroke.velocity))
      offset.add(late)
      ms.add((late * 15_000) / take.bpm)
      count++
    }
  }
  return { velocity: velocity.value, offset: offset.value, ms: ms.value, count }
}

/** What `feel` expects of each stroke of a take. */
function touches({ engine }: Shipped, { events, metre, bpm, style }: Take): (stroke: Stroke) => Touch {
  const row = new InputRow(engine.inputs)
  engine.start()
  const steps = events.map((_, step) => {
    encodeFeel(row, events, step, metre, { bpm, ...(style && { style }) })
    engine.feed(row)
    return engine.logits.slice()
  })
  return ({ step, drum }) => {
    const { velocity, offset } = touchOf(steps[step] as Float32Array, drums.indexOf(drum))
    return { velocity: 127 * velocity, offset }
  }
}

function classMeans(strokes: readonly Stroke[]): Map<Drum, Touch> {
  return new Map(
    drums.map((drum) => {
      const struck = strokes.filter((stroke) => stroke.drum === drum)
      return [
        drum,
        { velocity: mean(struck.map(({ velocity }) => velocity)), offset: mean(struck.map(({ offset }) => offset)) },
      ]
    }),
  )
}
