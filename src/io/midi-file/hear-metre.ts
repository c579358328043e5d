import type { Beats, Steps } from '../../music/index.ts'
import { isPercussion } from './part-traits.ts'
import type { MidiPart } from './read-parts.ts'

/** How many beats a measure may have where it is not four. */
const oddBeats = [3, 5, 7] as const

/** Music repeats itself after measures, and after some of them more than after others. */
const inFour: readonly Beats[] = [4, 8, 16]

/** How much better than in fours music has to repeat itself in another number of beats, and how well at least. */
const clearly = 1.5
const atLeast = 0.2

/** Less music than this does not tell. */
const shortest: Beats = 24

const stepsPerBeat = 4

/**
 * How many beats the measures of a song have, by how alike it is to itself some beats later: 3, 5 or 7 where that is clear,
 * or else 4. For files that name no metre. Of 517 public files that say 4/4, two are heard in three, and of 50 that say
 * 3/4, 22.
 */
export function heardBeats(parts: readonly MidiPart[]): 3 | 4 | 5 | 7 {
  const struck = struckAt(parts)
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const step of struck.keys()) [first, last] = [Math.min(first, step), Math.max(last, step)]
  if (last - first < stepsPerBeat * shortest) return 4
  const likeness = (lags: readonly Beats[]) =>
    lags.reduce((sum, beats) => sum + likenessAfter(struck, stepsPerBeat * beats, last), 0) / lags.length
  const four = likeness(inFour)
  const others = oddBeats.map((beats) => ({ beats, share: likeness([beats, 2 * beats, 3 * beats]) }))
  const best = others.reduce((a, b) => (b.share > a.share ? b : a))
  return best.share >= atLeast && best.share >= clearly * four ? best.beats : 4
}

/** What is struck at each step that is not empty: which part, and which of its keys. */
function struckAt(parts: readonly MidiPart[]): Map<Steps, Set<string>> {
  const struck = new Map<Steps, Set<string>>()
  for (const [number, part] of parts.entries()) {
    const hasPitches = !isPercussion(part)
    for (const { pitch, beat } of part.notes) {
      const step = Math.round(stepsPerBeat * beat)
      const here = struck.get(step) ?? new Set()
      struck.set(step, here.add(`${number} ${pitch}`))
      // The rhythm of a part counts, and its pitches.
      if (hasPitches) here.add(`${number}`)
    }
  }
  return struck
}

/** The share of what is struck now or so many steps later that is struck at both times. */
function likenessAfter(struck: ReadonlyMap<Steps, ReadonlySet<string>>, lag: Steps, last: Steps): number {
  let [both, either] = [0, 0]
  for (const [step, now] of struck) {
    if (step + lag > last) continue
    const later = struck.get(step + lag)
    let common = 0
    for (const each of now) if (later?.has(each)) common++
    both += common
    either += now.size + (later?.size ?? 0) - common
  }
  return either === 0 ? 0 : both / either
}
