import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChord } from './chord.ts'

describe('a chord symbol', () => {
  it.each([
    ['C', [0, 4, 7], 0],
    ['Dm7', [2, 5, 9, 0], 2],
    ['C-7', [0, 3, 7, 10], 0],
    ['Cmi7', [0, 3, 7, 10], 0],
    ['Cmin7b5', [0, 3, 6, 10], 0],
    ['Fø7', [5, 8, 11, 3], 5],
    ['Bo7', [11, 2, 5, 8], 11],
    ['Ebj7', [3, 7, 10, 2], 3],
    ['EbΔ7', [3, 7, 10, 2], 3],
    ['E♭^7', [3, 7, 10, 2], 3],
    ['G7(b9)', [7, 11, 2, 5, 8], 7],
    ['Galt', [7, 11, 3, 5, 10], 7],
    ['C6/9', [0, 4, 7, 9, 2], 0],
    ['C7/E', [0, 4, 7, 10], 4],
    ['F#m7/B', [6, 9, 1, 4], 11],
  ])('%s is read', (symbol, tones, bass) => {
    expect(parseChord(symbol)).toMatchObject({ symbol, tones, root: tones[0], bass })
  })

  it.each(['', 'H7', 'Cfoo', 'toString', 'CtoString', 'Cconstructor', '%', '/E', 'C/H', '7', '🎹'])(
    '%j is refused',
    (symbol) => {
      expect(parseChord(symbol)).toBeNull()
    },
  )

  it.each([
    ['Cmaj7', [0, 2, 4, 5, 7, 9, 11]],
    ['Dm7', [2, 4, 5, 7, 9, 11, 0]],
    ['G7', [7, 9, 11, 0, 2, 4, 5]],
    ['Bm7b5', [11, 0, 2, 4, 5, 7, 9]],
    ['Cmaj7#11', [0, 2, 4, 6, 7, 9, 11]],
    ['Calt', [0, 1, 3, 4, 6, 8, 10]],
    ['C7#5', [0, 2, 4, 6, 8, 10]],
  ])('%s has its scale', (symbol, scale) => {
    expect(parseChord(symbol)?.scale).toEqual(scale)
  })

  it('never throws, and its scale holds its tones', () => {
    const symbols = fc.oneof(fc.string(), fc.stringMatching(/^[A-G][b#]?[a-z0-9#^/()+-]{0,6}$/))
    fc.assert(
      fc.property(symbols, (symbol) => {
        const chord = parseChord(symbol)
        for (const tone of chord?.tones ?? []) expect(chord?.scale).toContain(tone)
      }),
    )
  })
})
