import type { Twelfths } from '../../models/index.ts'
import type { MidiPitch } from '../../music/index.ts'
import type { LineNote } from './heard-line.ts'
import type { PhraseGrid } from './phrase-grid.ts'
import type { PlannedPhrase } from './plan.ts'
import type { Closeness } from './request.ts'

/** The call, moved into the turn: what an answer may repeat. */
export type CallMotif = {
  /** Its phrases, to be planned alike; none unless it is echoed. */
  readonly phrases: readonly PlannedPhrase[]
  /** What it has for, or against, each distance from a place to the next onset, in nats. */
  biasFrom(from: Twelfths): (distance: Twelfths) => number
  /** The interval that it takes to a place, and how strongly it draws; null where it has none. */
  intervalTo(time: Twelfths, last: MidiPitch): { readonly interval: number; readonly strength: number } | null
}

/** How strongly the rhythm is drawn to the call's, in nats, and the pitches to its intervals, in nats a semitone. */
const pulls = { echo: { rhythm: 4, pitch: 1.6 }, vary: { rhythm: 2, pitch: 0.5 } } as const

/** The share of its turn for which a variation keeps to the call. */
const varied = 0.5

/** Against a call that is busier than this many notes a beat a contrast is sparse, against others it is busy. */
const busy = 1.8

/** How strongly a contrast is sparse or busy, in nats for each doubling of a distance. */
const contrastPull = 0.6

/** What a call gives to a turn that ends at a place. @param line what was played before the turn. */
export function callMotif(
  line: readonly LineNote[],
  grid: PhraseGrid,
  { closeness, end }: { readonly closeness: Closeness; readonly end: Twelfths },
): CallMotif {
  if (closeness === 'contrast') return contrast(line)
  const { rhythm, pitch } = pulls[closeness]
  const moved = intoTurn(line, grid, end, closeness === 'echo' ? end : varied * end)
  const times = [...moved.keys()]
  return {
    phrases: closeness === 'echo' ? phrasesOf(moved) : [],
    biasFrom(from) {
      const next = times.find((time) => time > from)
      return (distance) => (next === from + distance ? rhythm : 0)
    },
    intervalTo(time, last) {
      const note = moved.get(time)
      if (!note) return null
      // A phrase begins where the call's did; then each note goes as the call went.
      const interval = note.begins || note.before === null ? note.pitch - last : note.pitch - note.before
      return { interval: Math.max(-24, Math.min(24, interval)), strength: pitch }
    },
  }
}

/** A note of the call in the turn, and the pitch before it. */
type Moved = { readonly pitch: MidiPitch; readonly begins: boolean; readonly before: MidiPitch | null }

/** The last measures of the call, as many as the turn has, again and again by whole measures. */
function intoTurn(line: readonly LineNote[], grid: PhraseGrid, end: Twelfths, until: Twelfths): Map<Twelfths, Moved> {
  const moved = new Map<Twelfths, Moved>()
  const before = line.filter(({ time }) => time < 0)
  const first = before[0]
  if (!first) return moved
  const span = Math.ceil((grid.placeOf(first.time) - first.time) / grid.measure)
  const round = Math.max(1, Math.min(span, Math.ceil(end / grid.measure))) * grid.measure
  for (let shift = round; shift - round < until; shift += round) {
    for (const [index, note] of before.entries()) {
      const time = note.time + shift
      if (note.time < -round || time < 0 || time >= until) continue
      moved.set(time, {
        pitch: note.pitch,
        begins: note.begins || moved.size === 0,
        before: before[index - 1]?.pitch ?? null,
      })
    }
  }
  return moved
}

function phrasesOf(moved: ReadonlyMap<Twelfths, Moved>): PlannedPhrase[] {
  const phrases: PlannedPhrase[] = []
  for (const [time, { begins }] of moved) {
    const last = phrases.at(-1)
    if (begins || !last) phrases.push({ first: time, last: time })
    else phrases[phrases.length - 1] = { first: last.first, last: time }
  }
  return phrases
}

/** Sparse after a busy call, and busy after a sparse one. */
function contrast(line: readonly LineNote[]): CallMotif {
  const distances = line.slice(1).flatMap(({ time, begins }, index) => {
    return begins ? [] : [time - (line[index] as LineNote).time]
  })
  const total = distances.reduce((sum, distance) => sum + distance, 0)
  const isBusy = distances.length > 0 && (12 * distances.length) / total > busy
  const pull = distances.length === 0 ? 0 : isBusy ? contrastPull : -contrastPull
  return {
    phrases: [],
    biasFrom: () => (distance) => pull * Math.log2(Math.max(1, distance) / 12),
    intervalTo: () => null,
  }
}
