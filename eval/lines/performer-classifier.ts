import { keptChord } from '../../src/improv/index.ts'
import { type MidiPitch, pitchClass } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { intervals } from '../statistics.ts'

/** Tells whose line it is, from its pitches: a naive Bayes of intervals, pairs of them, degrees and pitches. */
export type PerformerClassifier = (line: Pick<Line, 'notes'>, pitches: readonly MidiPitch[]) => string

/** Counts how often each performer plays each feature. */
export function performerClassifier(lines: readonly Line[]): PerformerClassifier {
  const counts = new Map<string, Map<string, number>>()
  const totals = new Map<string, number>()
  const common = new Map<string, number>()
  for (const line of lines) {
    const own = counts.get(line.performer) ?? new Map<string, number>()
    counts.set(line.performer, own)
    const pitches = line.notes.map(({ pitch }) => pitch)
    for (const feature of featuresOf(line, pitches)) {
      own.set(feature, (own.get(feature) ?? 0) + 1)
      common.set(feature, (common.get(feature) ?? 0) + 1)
      totals.set(line.performer, (totals.get(line.performer) ?? 0) + 1)
    }
  }
  const all = [...common.values()].reduce((sum, count) => sum + count, 0)
  return (line, pitches) => {
    const features = featuresOf(line, pitches)
    const score = (performer: string) => {
      const own = counts.get(performer) as Map<string, number>
      const total = totals.get(performer) as number
      // What somebody has hardly played is as likely as with everybody.
      return features.reduce((sum, feature) => {
        const usual = ((common.get(feature) ?? 0) + 0.5) / (all + 1)
        return sum + Math.log(((own.get(feature) ?? 0) + prior * usual) / (total + prior) / usual)
      }, 0)
    }
    const scores = [...counts.keys()].map((performer) => [performer, score(performer)] as const)
    return scores.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
  }
}

/** So many notes of everybody are mixed with one's own. */
const prior = 2000

function featuresOf({ notes }: Pick<Line, 'notes'>, pitches: readonly MidiPitch[]): string[] {
  const steps = intervals(pitches)
  return [
    ...steps.map((step) => `step ${step}`),
    ...steps.slice(1).map((step, index) => `steps ${steps[index]} ${step}`),
    ...steps.slice(2).map((step, index) => `steps ${steps[index]} ${steps[index + 1]} ${step}`),
    ...pitches.map((pitch) => `pitch ${pitch}`),
    ...notes.flatMap(({ chord }, index) => {
      if (!chord) return []
      const { root, kind } = keptChord(chord)
      return [`degree ${kind} ${pitchClass((pitches[index] as MidiPitch) - root)}`]
    }),
  ]
}
