import { applyFeel, atEnergy, type FormPart, fixedGroove, grooveSteps, modelGroove } from '../../src/groove/index.ts'
import { finish } from '../../src/models/index.ts'
import { type DrumStyle, drums, parseMetre, type Steps, stepsPerMeasure } from '../../src/music/index.ts'
import type { Picture } from '../report/report.ts'
import { drumGrid } from '../report/svg.ts'
import { shipped } from '../shipped.ts'

/** Music to draw the drums of: its bass has a note on some steps of each measure. */
type Kind = {
  readonly name: string
  readonly title: string
  readonly metre: string
  readonly bpm: number
  readonly bass: readonly Steps[]
  readonly style: DrumStyle
  readonly swing?: number
  readonly intensity?: number
}

const kinds: readonly Kind[] = [
  { name: 'swing', title: 'Swing', metre: '4/4', bpm: 140, bass: [0, 4, 8, 12], style: 'swing', swing: 2 / 3 },
  { name: 'bossa', title: 'Bossa', metre: '4/4', bpm: 130, bass: [0, 6, 8, 14], style: 'latin' },
  { name: 'funk', title: 'Funk', metre: '4/4', bpm: 100, bass: [0, 3, 6, 10, 14], style: 'funk' },
  { name: 'seven', title: 'Rock in 7/8', metre: '7/8', bpm: 140, bass: [0, 4, 8], style: 'rock' },
  {
    name: 'ballad',
    title: 'Ballad in 12/8',
    metre: '12/8',
    bpm: 90,
    bass: [0, 10, 12, 22],
    style: 'soul',
    intensity: 0.25,
  },
]

const form: readonly FormPart[] = ['A', 'A'].map((name) => ({ name, measures: 8 }))
/** The drawn bars, from 0: how the form begins, the fill, the crash after it, and how it ends. */
const drawn = [0, 1, 2, 7, 8, 9, 14, 15]

/** Grids of drums in several kinds of music: eight bars of two parts of eight. */
export async function drumGrids(): Promise<Picture[]> {
  const [model, feel] = await Promise.all([shipped('drums'), shipped('feel')])
  const rows = [...drums].reverse()
  return kinds.map(({ name, title, metre: text, bpm, bass, style, swing, intensity = 0.5 }) => {
    const metre = parseMetre(text)
    const notes = Array.from({ length: 16 }, (_, measure) =>
      bass.map((step) => ({ step: measure * stepsPerMeasure(metre) + step, steps: 2, pitch: 40, velocity: 90 })),
    ).flat()
    const fixed = fixedGroove({ metre, measures: 16, notes })
    const plain = finish(
      modelGroove(model, fixed, { seed: 2, bpm, style, form, ...(swing !== undefined && { swing }) }),
    )
    const felt = applyFeel(feel, plain, { bpm, style }, 1)
    const { hits } = atEnergy({ plain, felt }, intensity, plain.dynamics).felt
    const steps = grooveSteps(plain)
    const bars = drawn.map((bar) => ({
      name: `bar ${bar + 1}`,
      strokes: hits.flatMap(({ step, drum, velocity }) =>
        Math.floor(step / steps) === bar ? [[rows.indexOf(drum), (step % steps) / steps, velocity] as const] : [],
      ),
    }))
    return {
      name: `drums-${name}`,
      title: `${title}: drums over two parts of eight bars`,
      svg: drumGrid(`${title}, two parts of eight bars`, 'orange: loud, blue: usual, grey: soft', rows, bars),
    }
  })
}
