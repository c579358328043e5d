import type { KeyPress } from '../../models/index.ts'
import type { Beats, Chord, ChordChange } from '../../music/index.ts'

/** How far ahead a soloist knows the next chord: it has learnt so. */
export const farthestChord: Beats = 16

/** A note this little ahead of a chord is played over it. */
const early: Beats = 1 / 12

/**
 * What a {@link KeyPress} knows of the harmony: the chord at a beat, and the next different one.
 *
 * @param changes in rising order; {@link chordChanges} finds those of a chart.
 */
export function chordsAt(
  changes: readonly ChordChange[],
  beat: Beats,
): Pick<KeyPress, 'chord' | 'nextChord' | 'beatsToNextChord'> {
  const index = changes.findLastIndex((change) => change.beat <= beat + early)
  const chord = changes[index]?.chord ?? null
  const next = changes.slice(index + 1).find((change) => change.chord && change.chord.symbol !== chord?.symbol)
  const ahead = next ? next.beat - beat : 0
  return next?.chord && ahead <= farthestChord
    ? { chord, nextChord: next.chord, beatsToNextChord: Math.max(0, ahead) }
    : { chord, nextChord: null, beatsToNextChord: 0 }
}

/**
 * The changes of harmony in a stretch, for {@link chordsAt}; for a {@link PhraseRequest} the stretch begins with beat 0.
 *
 * @param grid chords change on its multiples from the stretch's start.
 */
export function chordChanges(
  stretch: readonly [from: Beats, to: Beats],
  grid: Beats,
  chordAt: (beat: Beats) => Chord | null,
): ChordChange[] {
  const [from, to] = stretch
  const changes: ChordChange[] = []
  for (let beat = from; beat < to; beat += grid) {
    const chord = chordAt(beat)
    if (changes.length === 0 || changes.at(-1)?.chord?.symbol !== chord?.symbol) changes.push({ beat, chord })
  }
  return changes
}
