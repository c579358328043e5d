import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { drums, metre, parseMetre, stepsPerMeasure } from '../music/index.ts'
import { bassline } from './bassline.ts'
import { fixedGroove } from './fixed-groove.ts'

const stepsOf = (drum: string, text: string, beats: number[], measures?: number) =>
  fixedGroove(
    bassline(
      beats.map((beat) => note(beat)),
      parseMetre(text),
      measures,
    ),
  )
    .hits.filter((hit) => hit.drum === drum)
    .map(({ step }) => step)

describe('the fixed groove', () => {
  it('has a kick on each downbeat, a snare on each bass onset, a closed hat on each eighth', () => {
    expect(stepsOf('kick', '4/4', [0, 1.5, 4])).toEqual([0, 16])
    expect(stepsOf('snare', '4/4', [0, 1.5, 4])).toEqual([0, 6, 16])
    expect(stepsOf('closed-hat', '4/4', [0])).toEqual([0, 2, 4, 6, 8, 10, 12, 14])
  })

  it.each([
    ['3/4', [0, 12], 12],
    ['7/8', [0, 14], 14],
    ['12/8', [0, 24], 24],
  ])('counts measures in %s', (text, kicks, perMeasure) => {
    expect(stepsOf('kick', text, [0], 2)).toEqual(kicks)
    expect(stepsOf('closed-hat', text, [0], 2)).toHaveLength(perMeasure)
  })

  it("counts eighths from each measure's start in sixteenth metres", () => {
    expect(stepsOf('closed-hat', '5/16', [0], 2)).toEqual([0, 2, 4, 5, 7, 9])
  })

  it('takes several onsets on one step for one hit, as loud as the loudest', () => {
    const chord = [note(0, 36, 1, 40), note(0.05, 43, 1, 90), note(-0.05, 48, 1, 60)]
    const snares = fixedGroove(bassline(chord, parseMetre('4/4'))).hits.filter(({ drum }) => drum === 'snare')
    expect(snares).toHaveLength(1)
    expect(snares[0]?.velocity).toBeGreaterThan(85)
  })

  it('plays a louder snare for a louder bass note and accents the pulse', () => {
    const bass = bassline([note(0, 36, 1, 110), note(1, 36, 1, 60), note(2.25, 36, 1, 60)], parseMetre('4/4'))
    const [first, pulse, offbeat] = fixedGroove(bass)
      .hits.filter(({ drum }) => drum === 'snare')
      .map(({ velocity }) => velocity)
    expect(first).toBeGreaterThan(pulse as number)
    expect(pulse).toBeGreaterThan(offbeat as number)
  })

  it('is exactly the rule for any bassline in any metre', () => {
    const metres = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.constantFrom(2, 4, 8, 16)).map(([n, d]) => metre(n, d))
    const notes = fc.array(fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.integer({ min: 20, max: 60 })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(metres, notes, (inMetre, played) => {
        const bass = bassline(
          played.map(([beat, pitch]) => note(beat, pitch)),
          inMetre,
        )
        const perMeasure = stepsPerMeasure(inMetre)
        const expected: string[] = []
        for (let step = 0; step < bass.measures * perMeasure; step++) {
          if (step % perMeasure === 0) expected.push(`${step} kick`)
          if (bass.notes.some((each) => each.step === step)) expected.push(`${step} snare`)
          if ((step % perMeasure) % 2 === 0) expected.push(`${step} closed-hat`)
        }
        const { hits } = fixedGroove(bass)
        expect(hits.map(({ step, drum }) => `${step} ${drum}`)).toEqual(expected)
        for (const { velocity } of hits) expect(velocity).toSatisfy((v: number) => v >= 1 && v <= 127 && v % 1 === 0)
        expect([...hits].sort((a, b) => a.step - b.step || drums.indexOf(a.drum) - drums.indexOf(b.drum))).toEqual(hits)
      }),
    )
  })
})
