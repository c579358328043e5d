import { seeded } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { accuracy, type Sample } from '../phrases/judge.ts'
import { percent, type Section } from '../report/report.ts'
import { pitchesOf } from './baselines.ts'
import { material } from './material.ts'
import { otherTunes } from './memory-notes.ts'
import { playRemembering, rememberingSoloist, usualMemory } from './remembered-line.ts'
import { type Aspect, aspects, windowNotes, windowsOf, windowWidth } from './window-judge.ts'

/** Each so many of the training solos teach a judge; there are so many judges, and each hears lines of its own. */
const every = 3
const judges = 4

/** How often a judge tells the pitches of the soloist from those of the solos, whose rhythm and chords they have. */
export async function judgeSection(options: Options): Promise<Section> {
  const { solo, training, lines } = await material(options)
  const solos = [...training, ...lines]
  const taught = training.filter((_, index) => index % (options.quick ? 8 * every : every) === 0)
  const soloist = rememberingSoloist(solo)
  const play = (of: readonly Line[], isKnown: boolean, memory: number, seed: number) => {
    const random = seeded(seed)
    return of.map((line) => {
      const known = isKnown ? otherTunes(line, solos) : []
      return playRemembering(soloist, line, known, { memory }, random).pitches
    })
  }
  const voices = [
    ['solo alone', false, 0],
    ['with the memory of the session', false, usualMemory],
    ['with that and the performer’s', true, usualMemory],
  ] as const
  const rows = voices.map(([name, isKnown, memory]) => {
    const heard = Array.from({ length: judges }, (_, judge) => {
      const seed = options.seed + judge
      return { seed, learnt: play(taught, isKnown, memory, seed), told: play(lines, isKnown, memory, seed) }
    })
    const figures = [null, ...aspects].map((deafTo) =>
      mean(
        heard.map(({ seed, learnt, told }) =>
          accuracy(samplesOf(taught, learnt, deafTo), samplesOf(lines, told, deafTo), seed, windowWidth),
        ),
      ),
    )
    return [name, ...figures] as const
  })
  const most = Math.max(...rows.slice(1).map(([, all = 1]) => all))
  return {
    title: 'whose line',
    notes: [
      `The lines are those of the section memory, in windows of ${windowNotes} notes; the rhythm is the soloist’s own, so only pitches tell. The judge is a logistic regression over how often a window has what: patterns of intervals and contours, degrees of the chords, all these by their place in the beat and the measure, and register. It has learnt on ${taught.length} solos of training tunes and the machine’s lines on them; its accuracy is on the windows of the held-out ones, as many of either, the mean of ${judges} judges, each of which hears other lines. About two windows in a hundred are chance. “No chords” is a judge that hears none.`,
    ],
    tables: [
      {
        title: `How often a judge tells windows of ${windowNotes} notes from human ones`,
        columns: [['all', 3], ...aspects.map((aspect) => [`no ${aspect}`, 3] as const)],
        rows,
      },
    ],
    pictures: [],
    targets: [
      {
        says: `with memories: told from human lines in at most 62 % of windows of ${windowNotes} notes`,
        figure: percent(most),
        met: most <= 0.62,
      },
    ],
  }
}

function samplesOf(lines: readonly Line[], played: readonly (readonly MidiPitch[])[], deafTo: Aspect | null): Sample[] {
  return lines.flatMap((line, index) => [
    ...windowsOf(line, pitchesOf(line), true, deafTo),
    ...windowsOf(line, played[index] ?? [], false, deafTo),
  ])
}
