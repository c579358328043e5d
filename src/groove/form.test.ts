import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { fourFour } from '../music/index.ts'
import type { Bassline } from './bassline.ts'
import { type FormPart, formPlaces, partEnds } from './form.ts'
import { chartForm, hearForm } from './hear-form.ts'

const forms = fc.array(fc.record({ name: fc.constantFrom('A', 'B'), measures: fc.integer({ min: 1, max: 33 }) }), {
  minLength: 1,
  maxLength: 6,
})

/** A bass on the roots of measures, on the beats. */
function walking(roots: readonly number[]): Bassline {
  const notes = roots.flatMap((pitch, measure) =>
    [0, 4, 8, 12].map((step) => ({ step: 16 * measure + step, steps: 4, pitch: pitch + step, velocity: 90 })),
  )
  return { metre: fourFour, measures: roots.length, notes }
}

const names = (form: readonly FormPart[]) => form.map(({ name, measures }) => `${name}${measures}`).join(' ')

describe('a form', () => {
  it('has a place for each measure; each part and each phrase end, and phrases have four to eleven measures', () => {
    fc.assert(
      fc.property(forms, (form) => {
        const places = formPlaces(form)
        expect(places).toHaveLength(form.reduce((sum, { measures }) => sum + measures, 0))
        expect(places.flatMap(({ ends }, measure) => (ends === 'part' ? [measure] : []))).toEqual(partEnds(form))
        for (const [measure, { left, ends, like, isOther }] of places.entries()) {
          expect(ends !== null).toBe(left === 0)
          if (left > 0) expect(places[measure + 1]?.left).toBe(left - 1)
          expect(left).toBeLessThan(8)
          if (like !== null)
            expect([places[like]?.like, like < measure, places[like]?.isOther]).toEqual([null, true, isOther])
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('of twelve measures has three phrases, and one of eight is a phrase', () => {
    const ends = (measures: number) =>
      formPlaces([{ name: 'A', measures }]).flatMap(({ ends }, measure) => (ends ? [measure] : []))
    expect([ends(12), ends(8), ends(16), ends(10), ends(3)]).toEqual([[3, 7, 11], [7], [7, 15], [3, 9], [2]])
  })
})

describe('the form of a bassline', () => {
  const a = [0, 9, 2, 7, 0, 9, 2, 7]
  const b = [5, 5, 0, 0, 5, 5, 7, 7]

  it('is heard where its roots come again', () => {
    expect(names(hearForm(walking([...a, ...a, ...b, ...a])))).toBe('A8 A8 B8 A8')
  })

  it('is choruses of twelve measures where the bass comes again after twelve', () => {
    const blues = [0, 5, 0, 0, 5, 5, 0, 9, 2, 7, 0, 7]
    expect(names(hearForm(walking(blues)))).toBe('A12')
    expect(names(hearForm(walking([...blues, ...blues])))).toBe('A12 A12')
    expect(names(hearForm(walking([...blues, ...blues, ...blues, ...blues])))).toBe('A12 A12 A12 A12')
  })

  it('keeps what is left over, and has no parts where it is short', () => {
    expect(names(hearForm(walking(a.slice(0, 7))))).toBe('')
    expect(names(hearForm(walking([...a, 0, 0])))).toBe('A10')
    expect(names(hearForm(walking([...a, ...b.slice(0, 4)])))).toBe('A12')
    expect(names(hearForm(walking([...a, ...a, ...b.slice(0, 4)])))).toBe('A8 A8 B4')
  })

  it('is heard by its rhythm alone where it has one pitch', () => {
    const one = { ...walking([...a, ...a]), notes: walking([...a, ...a]).notes.map((note) => ({ ...note, pitch: 40 })) }
    const other = one.notes.filter(({ step }) => step < 128 || step % 16 === 4)
    expect([names(hearForm(one)), names(hearForm({ ...one, notes: other }))]).toEqual(['A8 A8', 'A8 B8'])
  })
})

describe('the form of a chart', () => {
  it('is what it names', () => {
    expect(names(chartForm('[A] C | F | G | C\n[B] Am | Dm | G | C | F | G', fourFour))).toBe('A4 B6')
  })

  it('is what its chords tell where it names nothing', () => {
    const a = 'Dm7 | G7 | Cmaj7 | A7 | Dm7 | G7 | Cmaj7 | Cmaj7'
    expect(names(chartForm([a, a, 'Gm7 | C7 | F | F | Am7 | D7 | G7 | G7', a].join(' | '), fourFour))).toBe(
      'A8 A8 B8 A8',
    )
    expect(names(chartForm('C | G', fourFour))).toBe('2')
  })
})
