import fc from 'fast-check'
import { chordKinds, type PlayedNote } from '../../src/improv/index.ts'

const hundredths = (most: number) => fc.integer({ min: 0, max: 100 * most }).map((value) => value / 100)

/** A note as a player's file keeps it, to a hundredth of a beat. */
export const anyPlayedNote: fc.Arbitrary<PlayedNote> = fc.record({
  pitch: fc.integer({ min: 0, max: 127 }),
  velocity: fc.integer({ min: 1, max: 127 }),
  since: fc.option(hundredths(20)),
  beats: hundredths(8),
  place: hundredths(4),
  chord: fc.option(fc.record({ root: fc.nat(11), kind: fc.constantFrom(...chordKinds) })),
})

/** Notes as somebody plays them: near each other. */
export const anyPlayedLine: fc.Arbitrary<PlayedNote[]> = fc.array(
  fc
    .tuple(anyPlayedNote, fc.integer({ min: 55, max: 75 }))
    .map(([note, pitch]) => ({ ...note, pitch, since: note.since ?? 0.5 })),
  { maxLength: 120 },
)
