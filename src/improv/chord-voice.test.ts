import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChord } from '../music/index.ts'
import { chordVoice } from './chord-voice.ts'

describe('another key of a chord', () => {
  it('keeps the hand’s shape, moved to where the line is', () => {
    expect(chordVoice(64, [{ key: 60, pitch: 67 }], null, 1)).toBe(71)
    expect(chordVoice(64, [{ key: 60, pitch: 67 }], parseChord('C7'), 1)).toBe(72)
    expect(chordVoice(55, [{ key: 60, pitch: 67 }], null, 0)).toBe(62)
  })

  it('sounds no pitch that another sounds, on the same side of it as the keys', () => {
    const others = fc.uniqueArray(
      fc.record({ key: fc.integer({ min: 0, max: 127 }), pitch: fc.integer({ min: 0, max: 127 }) }),
      {
        selector: ({ pitch }) => pitch,
        minLength: 1,
        maxLength: 10,
      },
    )
    fc.assert(
      fc.property(others, fc.nat(127), fc.constantFrom(0, 1), (held, played, harmony) => {
        const pitch = chordVoice(played, held, parseChord('G7'), harmony)
        expect(pitch).toSatisfy((value: number) => value >= 0 && value <= 127 && Number.isInteger(value))
        expect(held.map((other) => other.pitch)).not.toContain(pitch)
      }),
    )
    expect(
      chordVoice(
        62,
        [
          { key: 60, pitch: 70 },
          { key: 64, pitch: 72 },
        ],
        null,
        0,
      ),
    ).toBe(71)
  })
})
