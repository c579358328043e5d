import { type Chord, type MidiPitch, mod, type PitchClass } from '../../music/index.ts'
import { type ChordParts, chordPartsOf } from '../harmony.ts'
import type { Voicing } from '../style.ts'

/** Tones to be sounded together, and what speaks against them. */
type ToneSet = { readonly tones: readonly PitchClass[]; readonly cost: number; readonly spread: Spread }

/** How tones are stacked: each above the one before, as near as can be; or so, but the second from above an octave lower. */
type Spread = 'stacked' | 'close' | 'drop 2'

/** A way to play a chord: its pitches from the lowest up, and what speaks against it, whatever was before. */
export type Voiced = { readonly pitches: readonly MidiPitch[]; readonly cost: number }

/** The highest note of a voicing. */
const highest: MidiPitch = 79

/**
 * The ways to voice a chord. All of them have its third and seventh, where it has them.
 *
 * @param count how many notes are wanted; two are third and seventh alone.
 * @param lowest no note is below it.
 */
export function voicingsOf(
  chord: Chord,
  kinds: readonly Voicing[],
  count: number,
  lowest: MidiPitch,
): readonly Voiced[] {
  const parts = chordPartsOf(chord)
  const sets = kinds.flatMap((kind) => tonesFor(kind, chord, parts, count))
  const all = (sets.length > 0 ? sets : [plainSet(chord, parts, count)]).flatMap((set) => placed(set, lowest))
  return all.length > 0 ? all : placed(plainSet(chord, parts, count), lowest - 12)
}

function tonesFor(kind: Voicing, chord: Chord, parts: ChordParts, count: number): ToneSet[] {
  const { third, seventh, fifth } = parts
  if (third === null || (seventh === null && kind !== 'triad') || count <= 2) return [plainSet(chord, parts, count)]
  const guides = seventh === null ? [third] : [third, seventh]
  switch (kind) {
    case 'shell':
    case 'rootless': {
      const few = kind === 'shell' ? Math.min(3, count) : count
      const spread = few > 3 ? (['close', 'drop 2'] as const) : (['close'] as const)
      return choices(colours(chord, parts), few - guides.length).flatMap(({ tones, cost }) =>
        spread.map((each) => ({ tones: [...guides, ...tones], cost, spread: each })),
      )
    }
    case 'quartal':
      return fourths(chord, guides, count)
    case 'drop 2':
      return choices(
        [
          { tone: chord.root, cost: 0 },
          ...(fifth === null ? [] : [{ tone: fifth, cost: 0 }]),
          ...colours(chord, parts).map(({ tone, cost }) => ({ tone, cost: cost + 0.4 })),
        ],
        Math.max(1, count - guides.length),
      ).map(({ tones, cost }) => ({ tones: [...guides, ...tones], cost, spread: 'drop 2' as const }))
    case 'triad': {
      const wanted = [third, ...(seventh === null ? [] : [seventh]), ...parts.tensions.slice(0, 1)]
      const rest = [chord.root, ...(fifth === null ? [] : [fifth])].filter((tone) => !wanted.includes(tone))
      return choices(
        rest.map((tone) => ({ tone, cost: 0 })),
        Math.min(rest.length, Math.max(1, Math.max(3, count) - wanted.length)),
      ).map(({ tones, cost }) => ({ tones: [...wanted, ...tones], cost, spread: 'close' as const }))
    }
  }
}

/** What is there of third, seventh, fifth and root. */
function plainSet({ root, bass, tones }: Chord, { third, fifth, seventh }: ChordParts, count: number): ToneSet {
  const guides = [third, seventh].filter((tone) => tone !== null)
  const rest = [fifth, root, ...tones, bass].filter((tone) => tone !== null && !guides.includes(tone))
  const all = [...new Set([...guides, ...rest])] as PitchClass[]
  return { tones: all.slice(0, Math.max(2, Math.min(count, 3))), cost: 0, spread: 'close' }
}

type Colour = { readonly tone: PitchClass; readonly cost: number }

/** The tones that go with third and seventh when somebody else plays the root, the best first. */
function colours(chord: Chord, { fifth, third, seventh, tensions }: ChordParts): Colour[] {
  const above = (interval: number) => mod(chord.root + interval, 12)
  const found: Colour[] = tensions.map((tone) => ({ tone, cost: -0.6 }))
  const add = (tone: PitchClass | null, cost: number) => {
    if (tone !== null && tone !== third && tone !== seventh && !found.some((each) => each.tone === tone)) {
      found.push({ tone, cost })
    }
  }
  const isAltered = tensions.some((tone) => [1, 3, 8].includes(mod(tone - chord.root, 12)))
  const isPlain = fifth === above(7) || fifth === null
  const hasNinth = isPlain && !isAltered && chord.scale.includes(above(2))
  if (hasNinth) add(above(2), 0)
  const isDominant = third === above(4) && seventh === above(10)
  if (isDominant && isPlain && !isAltered) add(above(9), 0.1)
  add(fifth, isPlain && isAltered ? 0.6 : 0.1)
  add(chord.root, hasNinth ? 0.9 : 0.2)
  return found
}

/** Some of the colours, in each way. */
function choices(colours: readonly Colour[], count: number): { tones: PitchClass[]; cost: number }[] {
  if (count <= 0) return [{ tones: [], cost: 0 }]
  return colours.flatMap(({ tone, cost }, index) =>
    choices(colours.slice(index + 1), count - 1).map((rest) => ({
      tones: [tone, ...rest.tones],
      cost: cost + rest.cost,
    })),
  )
}

/** Stacks of fourths from the chord’s scale that have third and seventh in them. */
function fourths({ scale }: Chord, guides: readonly PitchClass[], count: number): ToneSet[] {
  if (scale.length !== 7) return []
  return scale.flatMap((_, from): ToneSet[] => {
    const tones = Array.from({ length: count }, (_, index) => scale[(from + 3 * index) % 7] as PitchClass)
    return guides.every((guide) => tones.includes(guide)) ? [{ tones, cost: -0.3, spread: 'stacked' }] : []
  })
}

/** A set of tones in all its inversions and octaves. */
function placed({ tones, cost, spread }: ToneSet, lowest: MidiPitch): Voiced[] {
  const distinct = [...new Set(tones)]
  const sorted = [...distinct].sort((a, b) => a - b)
  const orders =
    spread === 'stacked' ? [distinct] : sorted.map((_, index) => [...sorted.slice(index), ...sorted.slice(0, index)])
  return orders.flatMap((order) => {
    const found: Voiced[] = []
    for (let octave = 24; octave <= highest; octave += 12) {
      const pitches = opened(stack(order, octave), spread)
      const [low = 0, high = 0] = [pitches[0], pitches.at(-1)]
      if (low >= lowest && high <= highest) found.push({ pitches, cost: cost + harshness(pitches) })
    }
    return found
  })
}

function stack(order: readonly PitchClass[], from: MidiPitch): MidiPitch[] {
  let last = from - 1
  return order.map((tone) => {
    last = last + 1 + mod(tone - last - 1, 12)
    return last
  })
}

function opened(pitches: readonly MidiPitch[], spread: Spread): MidiPitch[] {
  const second = pitches.at(-2)
  if (spread !== 'drop 2' || second === undefined || pitches.length < 3) return [...pitches]
  return [second - 12, ...pitches.slice(0, -2), ...pitches.slice(-1)]
}

/** Below this, small intervals are mud. */
const muddy: MidiPitch = 52

/** What in a voicing hurts: a semitone at its top, minor ninths, and small intervals that are low. */
function harshness(pitches: readonly MidiPitch[]): number {
  let cost = 0
  for (const [index, pitch] of pitches.entries()) {
    for (const above of pitches.slice(index + 1)) if (above - pitch === 13) cost += 1.5
    const next = pitches[index + 1]
    if (next === undefined) continue
    if (next - pitch === 1) cost += index === pitches.length - 2 ? 2 : 0.4
    if (pitch < muddy && next - pitch < 4) cost += 0.8
  }
  return cost
}
