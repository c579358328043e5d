import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChord, pitchClass } from '../music/index.ts'
import { chordVoice, voiceUnder } from './chord-voice.ts'

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

describe('another key of a chord that is voiced from the harmony', () => {
  const tones = (symbol: string) => parseChord(symbol)?.tones ?? null

  it('adds a tone of the chord under the lead, as far down as the key is in the hand', () => {
    const lead = [{ key: 72, pitch: 76 }]
    expect(voiceUnder(67, lead, tones('Cmaj7'), 0)).toBe(71)
    expect(voiceUnder(60, lead, tones('Cmaj7'), 0)).toBe(64)
    expect(voiceUnder(68, lead, tones('Dm7'), 0)).toBe(72)
    expect(voiceUnder(79, lead, tones('Cmaj7'), 0)).toBe(71)
  })

  it('makes a chord as wide as the hand, whichever key comes first', () => {
    const chord = (keys: readonly number[]) => {
      const pitches = [77]
      for (const [index, key] of keys.entries()) {
        if (index === 0) continue
        const down = keys.slice(0, index).sort((a, b) => a - b)
        const voices = down.map((each, place) => ({ key: each, pitch: pitches[place] ?? 0 }))
        pitches.push(voiceUnder(key, voices, tones('G7'), 36))
        pitches.sort((a, b) => a - b)
      }
      return pitches
    }
    expect(chord([76, 72, 69, 64])).toEqual([65, 71, 74, 77])
    expect(chord([64, 69, 72, 76])).toEqual([65, 67, 71, 77])
    expect(chord([69, 76, 64, 72])).toEqual([65, 71, 74, 77])
  })

  it('adds a pitch that none of the others sounds, whatever the tones', () => {
    const pitch = fc.integer({ min: 0, max: 127 })
    const others = fc.uniqueArray(fc.record({ key: pitch, pitch }), {
      selector: ({ pitch }) => pitch,
      minLength: 1,
      maxLength: 10,
    })
    const some = fc.option(fc.uniqueArray(fc.nat(11)))
    fc.assert(
      fc.property(others, pitch, some, pitch, (held, played, tones, lowest) => {
        const added = voiceUnder(played, held, tones, lowest)
        expect(added).toSatisfy((value: number) => value >= 0 && value <= 127 && Number.isInteger(value))
        expect(held.map((other) => other.pitch)).not.toContain(added)
        if (tones && tones.length > 2) expect(tones).toContain(pitchClass(added))
      }),
    )
  })
})
