import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { parseChord } from './chord.ts'
import { type Degree, usualDegrees } from './chord-degrees.ts'
import { readChordSymbol } from './chord-grammar.ts'

const tonesOf = (symbol: string) => parseChord(symbol)?.tones
const degreesOf = (symbol: string) => readChordSymbol(symbol)?.symbol.degrees.join(' ')

describe('a symbol', () => {
  it.each([
    ['A(b9)', [9, 1, 4, 10]],
    ['F(#11)', [5, 9, 0, 11]],
    ['C(b5)', [0, 4, 6]],
    ['D(#9)', [2, 6, 9, 5]],
    ['G(b13)', [7, 11, 2, 3]],
    ['E(#5)', [4, 8, 0]],
    ['Do', [0, 4, 7]],
    ['C^', [0, 4, 7, 11]],
    ['CΔ', [0, 4, 7, 11]],
    ['Cm(maj7)', [0, 3, 7, 11]],
    ['C-Δ', [0, 3, 7, 11]],
    ['CMaj9', [0, 4, 7, 11, 2]],
    ['CM9', [0, 4, 7, 11, 2]],
    ['Cma9', [0, 4, 7, 11, 2]],
    ['C△7', [0, 4, 7, 11]],
    ['Ab∆7', [8, 0, 3, 7]],
    ['CØ7', [0, 3, 6, 10]],
    ['C∅7', [0, 3, 6, 10]],
    ['Fmaj7(9)', [5, 9, 0, 4, 7]],
    ['A7(13)', [9, 1, 4, 7, 6]],
    ['Cm7(9)', [0, 3, 7, 10, 2]],
    ['Dmi7(11)', [2, 5, 9, 0, 7]],
    ['C7-9', [0, 4, 7, 10, 1]],
    ['C7+9', [0, 4, 7, 10, 3]],
    ['Cm7-5', [0, 3, 6, 10]],
    ['A7+5', [9, 1, 5, 7]],
    ['C7M', [0, 4, 7, 11]],
    ['Cm6/9', [0, 3, 7, 9, 2]],
    ['C7(b9,b13)', [0, 4, 7, 10, 1, 8]],
    ['C7sus4b9', [0, 5, 7, 10, 1]],
    ['G7susb9', [7, 0, 2, 5, 8]],
    ['EbMI7', [3, 6, 10, 1]],
    ['GMIN7', [7, 10, 2, 5]],
    ['am7', [9, 0, 4, 7]],
    ['dm7', [2, 5, 9, 0]],
    ['g7', [7, 11, 2, 5]],
  ])('%s has the tones that a musician expects', (symbol, tones) => {
    expect(tonesOf(symbol)).toEqual(tones)
  })

  it('has its bass after a stroke, whatever stands in brackets', () => {
    expect(parseChord('D(b9)/F#')).toMatchObject({ root: 2, bass: 6, tones: [2, 6, 9, 3] })
    expect(parseChord('F♯ m7 (♭5) / B')).toMatchObject({ root: 6, bass: 11, tones: [6, 9, 0, 4] })
    expect(parseChord('C(/E)')).toMatchObject({ root: 0, bass: 4 })
  })

  it.each([
    ['C7/9', '1 3 5 b7 9'],
    ['C7/4', '1 4 5 b7'],
    ['C4(7)', '1 4 5 b7'],
    ['C7(5+)', '1 3 #5 b7'],
    ['C7/9-', '1 3 5 b7 b9'],
    ['Am7(5-)', '1 b3 b5 b7'],
    ['Cm7M(9)', '1 b3 5 7 9'],
    ['C5b', '1 3 b5'],
    ['C9+', '1 3 #5 b7 9'],
    ['C+M7', '1 3 #5 7'],
    ['C°7(maj7)', '1 b3 b5 bb7 7'],
    ['C7susadd3', '1 3 4 5 b7'],
    ['Ct7', '1 3 5 7'],
    ['Cm7sus4', '1 4 5 b7'],
    ['C7913', '1 3 5 b7 9 13'],
    ['Cmajor seventh', '1 3 5 7'],
    ['C dominant seventh flat ninth', '1 3 5 b7 b9'],
    ['C⁷', '1 3 5 b7'],
    ['C5(no5)', '1'],
    ['Cm#7', '1 b3 5 7'],
    ['Csus(b9)', '1 4 5 b7 b9'],
  ])('%s is read as it is meant: %s', (symbol, degrees) => {
    expect(degreesOf(symbol)).toBe(degrees)
  })

  it.each([
    ['H7', 'B7'],
    ['B7', 'Bb7'],
    ['Es', 'Eb'],
    ['Asm7/Des', 'Abm7/Db'],
    ['Fis', 'F#'],
  ])('%s in German is %s', (german, english) => {
    expect(readChordSymbol(german, 'german')?.symbol).toEqual(readChordSymbol(english)?.symbol)
    expect(readChordSymbol(german, 'german')?.english).toBe(english)
  })

  it.each([
    ['Sol7', 'G7'],
    ['Ré m7', 'D m7'],
    ['Dom7', 'Cm7'],
    ['Fam7/Do', 'Fm7/C'],
    ['Sib', 'Bb'],
  ])('%s in French is %s', (french, english) => {
    expect(readChordSymbol(french)?.symbol).toEqual(readChordSymbol(english)?.symbol)
    expect(parseChord(french)?.symbol).toBe(english)
  })

  it.each([
    ['Cb5', 'has the root Cb: write C(b5) for a chord on C'],
    ['A b9', 'is read as A(b9)'],
    ['Do', 'is read as C, the French Do'],
    ['c', 'is read as C major: write Cm for minor'],
    ['C2', 'is read as add9'],
    ['C+9', 'has a sharp fifth'],
    ['C-5', 'is major with a flat fifth'],
    ['C7+', 'has a sharp fifth'],
    ['Cm+7', 'has a major seventh'],
    ['C(9)', 'has no seventh'],
    ['Cmaj#11', 'is read with a major seventh'],
    ['Csusb9', 'is read with a seventh'],
  ])('%s can be read in two ways, which is said', (symbol, doubt) => {
    expect(readChordSymbol(symbol)?.doubt).toContain(`“${symbol}” ${doubt}`)
  })

  it.each(['Dm7', 'Bb9', 'F#11', 'Ab5', 'C6/9', 'Gm7(b5)', 'C7(9)', 'Db(add9)', 'g7', 'C^'])(
    '%s is in no doubt',
    (symbol) => {
      expect(readChordSymbol(symbol)?.doubt).toBeNull()
    },
  )

  it.each([
    ['a quality twice', 'Cmm'],
    ['two qualities', 'Cdimaug'],
    ['two sevenths', 'C7maj7'],
    ['two extensions', 'C77'],
    ['a stroke that nothing follows', 'C7/'],
    ['a chord in the bass', 'D/C7'],
    ['a note that no chord has', 'C(b4)'],
    ['a symbol without an end', `C${'(b9)'.repeat(100)}`],
    ['nothing', ''],
  ])('with %s is refused', (_, symbol) => {
    expect(readChordSymbol(symbol)).toBeNull()
  })
})

/** What a symbol can say, and how it is spelled; degrees as a textbook has them. */
type Part = { readonly says: readonly Degree[]; readonly spelled: readonly string[] }

const part = (says: string, ...spelled: string[]): Part => ({ says: says.split(' ').filter(Boolean), spelled })

const bases: readonly Part[] = [
  part('1 3 5', '', 'M', 'maj', 'Maj', 'ma', 'major'),
  part('1 b3 5', 'm', 'min', '-', 'mi', 'MI', 'Min', '−', 'minor'),
  part('1 b3 b5', 'dim', '°', 'o', 'º', 'Dim'),
  part('1 3 #5', 'aug', '+', 'Aug', '(#5)', '(♯5)'),
  part('1 5', '5'),
  part('1 4 5', 'sus4', 'sus', 'SUS4', 'sus 4', '(sus4)'),
  part('1 2 5', 'sus2', '(sus2)', 'sus 2'),
  part('1 2 4 5', 'sus24', 'sus2sus4', 'sus2/4', 'sus42'),
  part('1 3 5 6', '6', 'maj6', 'M6', '(6)', 'add6'),
  part('1 b3 5 6', 'm6', 'min6', '-6', 'mi6', 'm(6)'),
  part('1 3 5 6 9', '6/9', '69', '6add9', '6(9)', '6 9', '6,9'),
  part('1 b3 5 6 9', 'm6/9', '-69', 'min6add9', 'mi6(9)'),
  part('1 3 5 b7', '7', 'dom7', '(7)', 'dom'),
  part('1 3 5 7', 'maj7', 'Maj7', 'MAJ7', 'M7', 'ma7', 'MA7', 'Δ', 'Δ7', '∆7', '△7', '^7', 'j7', '7M', '(maj7)'),
  part('1 b3 5 b7', 'm7', 'min7', '-7', 'mi7', 'MI7', 'MIN7', '−7', 'm(7)'),
  part('1 b3 5 7', 'm(maj7)', 'mM7', 'mMaj7', 'm/maj7', '-Δ', '-Δ7', '-^7', 'mi(ma7)', 'min(M7)', 'm7M', 'm#7'),
  part('1 b3 b5 b7', 'm7b5', 'ø', 'ø7', 'Ø7', 'h7', '-7b5', 'm7(b5)', 'min7♭5', 'm7-5', 'mi7(♭5)', 'half-dim7'),
  part('1 b3 b5 bb7', 'dim7', '°7', 'o7', 'º7'),
  part('1 3 #5 b7', '7#5', '+7', 'aug7', '7+5', '7(#5)', '7♯5', '7aug'),
  part('1 3 #5 7', 'maj7#5', '+M7', 'Δ7#5', '+maj7', 'maj7(♯5)', 'M7+5'),
  part('1 4 5 b7', '7sus4', '7sus', 'sus7', '7(sus4)', '7 sus'),
  part('1 3 5 b7 9', '9', '7(9)', '7/9', 'dom9'),
  part('1 3 5 7 9', 'maj9', 'M9', 'Δ9', '^9', 'maj7(9)', '△9', 'ma9', '7M(9)'),
  part('1 b3 5 b7 9', 'm9', '-9', 'min9', 'm7(9)', 'mi9', 'm7/9'),
  part('1 4 5 b7 9', '9sus4', '9sus', '11', '7sus4(9)', 'sus9'),
  part('1 b3 5 b7 9 11', 'm11', '-11', 'mi11', 'm9(11)', 'm7(9,11)'),
  part('1 3 5 b7 9 13', '13', '9(13)', '7(9,13)', '7/9/13'),
  part('1 3 5 7 9 13', 'maj13', 'M13', '^13', 'maj9(13)'),
  part('1 4 5 b7 9 13', '13sus4', '13sus', '9sus4(13)'),
]

const alterations: readonly Part[] = [
  part(''),
  part('b9', 'b9', '♭9', '-9', '(b9)', '(♭9)', ' b9', '(-9)'),
  part('#9', '#9', '♯9', '+9', '(#9)', '(♯9)', ' #9'),
  part('#11', '#11', '♯11', '+11', '(#11)', '#4', '(♯11)'),
  part('b13', 'b13', '♭13', '-13', '(b13)', '[b13]'),
  part('b5', 'b5', '♭5', '-5', '(b5)'),
  part('b9 #11', 'b9#11', '(b9,#11)', '(b9 #11)', '(♭9)(♯11)', '#11b9', '-9+11'),
  part('#9 b13', '#9b13', '(#9,b13)', '(♯9/♭13)', '(b13)(#9)', '+9-13'),
  part('b9 #9', 'b9#9', '(b9,#9)', '#9 b9'),
]

const additions: readonly Part[] = [
  part(''),
  part('9', 'add9', '(add9)', ' add 9', 'add2'),
  part('11', 'add11', '(add11)', 'add4', 'Add11'),
  part('13', 'add13', '(add13)', '(add 13)'),
]

const omissions: readonly Part[] = [
  part(''),
  part('3', 'no3', '(no3)', 'omit3', '(omit 3)', 'no3rd'),
  part('5', 'no5', '(no5)', 'omit5', ' no 5'),
]

const basses = ['', '/E', '/Bb', '/B♭', ' / F#']

/** How a root is spelled. */
const roots = ['C', 'Db', 'D♭', 'F#', 'F♯', 'Bb', 'B', 'Abb', 'A', 'e', 'G']

/** A text for each part; a quality that ends without a figure needs brackets before an alteration. */
const chosen = (options: readonly Part[]) =>
  fc
    .constantFrom(...options)
    .chain(({ says, spelled }) =>
      fc.record({ says: fc.constant(says), text: fc.constantFrom(...(spelled.length > 0 ? spelled : [''])) }),
    )

describe('every combination of root, quality, extension, alterations, additions, omissions and bass', () => {
  it('says the same in every spelling', () => {
    const symbols = fc.record({
      root: fc.constantFrom(...roots),
      base: chosen(bases),
      altered: chosen(alterations),
      added: chosen(additions),
      omitted: chosen(omissions),
      bass: fc.constantFrom(...basses),
    })
    const law = fc.property(symbols, ({ root, base, altered, added, omitted, bass }) => {
      const changes = altered.says
      const fifthIsSet = base.says.includes('b5') || base.says.includes('#5')
      // Those are not chords, or have a name of their own.
      fc.pre(!(changes.includes('b5') && fifthIsSet))
      fc.pre(changes.length === 0 || !base.says.some((degree) => degree === '2' || degree === 'bb7'))
      const hasSeventh = base.says.some((degree) => degree.endsWith('7'))
      fc.pre(changes.length === 0 || hasSeventh || /^(?:m|min|)$/.test(base.text))
      fc.pre(changes.length === 0 || hasSeventh || /^\(/.test(altered.text))
      fc.pre(!(changes.includes('b5') && base.says.includes('b3')))
      // Of Abb9 the ninth is flat; C11#11 has another eleventh, and C7sus#4 another suspension.
      fc.pre(root !== 'Abb' || !/^[1569]/.test(base.text))
      fc.pre(!base.text.endsWith('sus') || altered.text !== '#4')
      fc.pre(base.text !== '11' || !changes.includes('#11'))
      const text = root + base.text + altered.text + added.text + omitted.text + bass
      const says = new Set(base.says)
      for (const degree of changes) {
        const natural = degree.replace(/^[b#]/, '')
        if (natural !== '11' || !says.has('4')) says.delete(natural)
        says.add(degree)
      }
      for (const degree of added.says) says.add(degree)
      for (const degree of says) if (omitted.says.includes(degree.replace(/^[b#]+/, ''))) says.delete(degree)
      expect(degreesOf(text), text).toBe(usualDegrees(says).join(' '))
    })
    fc.assert(law, { numRuns: runs(20_000) })
  })
})

it('whatever is typed is a chord or none, and nothing breaks', () => {
  const letters = fc.stringMatching(/^[A-Ha-h][#b♭♯]?[a-zA-Z0-9#b♭♯^ΔøØ°()/,.+ -]{0,12}$/)
  fc.assert(
    fc.property(fc.oneof(fc.string(), letters), (text) => {
      const read = readChordSymbol(text)
      if (read === null) return
      expect(read.symbol.degrees).toEqual(usualDegrees(read.symbol.degrees))
      expect(parseChord(text)?.symbol).toMatch(/^[A-G]/)
    }),
    { numRuns: runs(5000) },
  )
})
