import { parseChord } from '../../../music/index.ts'
import { noChord } from '../lead-sheet.ts'
import { child, children, type Element, numberAt, textAt } from './xml.ts'

/** The kinds of MusicXML 4.0 (`kind-value`) that have a customary symbol. */
const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    major: '',
    minor: 'm',
    augmented: 'aug',
    diminished: 'dim',
    dominant: '7',
    'major-seventh': 'maj7',
    'minor-seventh': 'm7',
    'diminished-seventh': 'dim7',
    'augmented-seventh': '7#5',
    'half-diminished': 'm7b5',
    'major-minor': 'mMaj7',
    'major-sixth': '6',
    'minor-sixth': 'm6',
    'dominant-ninth': '9',
    'major-ninth': 'maj9',
    'minor-ninth': 'm9',
    'dominant-11th': '11',
    'major-11th': 'maj11',
    'minor-11th': 'm11',
    'dominant-13th': '13',
    'major-13th': 'maj13',
    'minor-13th': 'm13',
    'suspended-second': 'sus2',
    'suspended-fourth': 'sus4',
    power: '5',
  }),
)

type Degree = { readonly value: number; readonly alter: number; readonly type: string }

/**
 * The symbol of a `<harmony>`: from its kind and degrees, which mean the same in every program, or else from the text that
 * the program shows.
 *
 * @returns null for what is not a chord over a root, such as a Roman numeral.
 */
export function harmonySymbol(harmony: Element): string | null {
  const kind = textAt(harmony, 'kind') ?? ''
  if (kind === 'none') return noChord
  const root = noteName(child(harmony, 'root'), 'root')
  if (root === null) return null
  const bass = noteName(child(harmony, 'bass'), 'bass')
  const over = bass === null || bass === root ? '' : `/${bass}`
  const degrees = children(harmony, 'degree').map((degree) => ({
    value: numberAt(degree, 'degree-value') ?? 0,
    alter: Math.round(numberAt(degree, 'degree-alter') ?? 0),
    type: textAt(degree, 'degree-type') ?? 'add',
  }))
  const text = child(harmony, 'kind')?.attributes.text ?? ''
  const base = kinds.get(kind)
  const spelled = base === undefined ? `${root}${text || kind}${over}` : `${root}${withDegrees(base, degrees)}${over}`
  if (parseChord(spelled)) return spelled
  const asShown = `${root}${text}${over}`
  return text !== '' && parseChord(asShown) ? asShown : spelled
}

/** `Bb`, from a step and its alteration. */
function noteName(element: Element | null, name: 'root' | 'bass'): string | null {
  const step = textAt(element, `${name}-step`)
  if (step === null || !/^[A-G]$/.test(step)) return null
  const alter = Math.round(numberAt(element, `${name}-alter`) ?? 0)
  return step + accidental(alter)
}

function accidental(alter: number): string {
  return (alter < 0 ? 'b' : '#').repeat(Math.min(2, Math.abs(alter)))
}

/**
 * A kind's symbol with its degrees. Alterations count from the chord's own degree, additions from the major scale with a
 * minor seventh (MusicXML 4.0, `degree-alter`).
 */
function withDegrees(kind: string, degrees: readonly Degree[]): string {
  let base = kind
  const left = [...degrees]
  const take = (value: number, type: string, alter?: number) => {
    const at = left.findIndex(
      (each) => each.value === value && each.type === type && (alter ?? each.alter) === each.alter,
    )
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const has = (value: number, type: string) => left.some((each) => each.value === value && each.type === type)
  if (has(3, 'subtract') && has(4, 'add')) {
    take(3, 'subtract')
    take(4, 'add')
    base = base === '' ? 'sus4' : `${base}sus4`
  }
  if (has(3, 'subtract') && has(2, 'add') && base === '') {
    take(3, 'subtract')
    take(2, 'add')
    base = 'sus2'
  }
  // A seventh that is added makes another kind.
  if (['', 'm', 'sus4', 'sus2', 'aug', 'dim'].includes(base)) {
    const seventh = take(7, 'add')
    if (seventh) base = seventhOn(base, seventh.alter)
    else if (base === '' || base === 'm') base += take(6, 'add', 0) ? '6' : ''
  }
  // An addition to a suspended chord stands before it: 9sus4, 13sus4.
  if (base === '7sus4') base = take(13, 'add', 0) ? '13sus4' : take(9, 'add', 0) ? '9sus4' : base
  if (base === '6' || base === 'm6') base += take(9, 'add', 0) ? '/9' : ''
  const hasSeventh = /7|9|11|13/.test(base)
  const tensions = left
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, alter, type }) => {
      if (type === 'subtract') return `no${value}`
      const sign = accidental(alter)
      return type === 'alter' || (hasSeventh && sign !== '') ? sign + value : `add${sign}${value}`
    })
  const [stem, suspension] = base.endsWith('sus4') ? [base.slice(0, -4), 'sus4'] : [base, '']
  const altered = tensions.filter((tension) => /^[b#]/.test(tension)).join('')
  const others = tensions.filter((tension) => !/^[b#]/.test(tension)).join('')
  if (stem === '' && suspension === '' && altered !== '') return `(${altered})${others}`
  return stem + altered + suspension + others
}

function seventhOn(triad: string, alter: number): string {
  const isMajor = alter > 0
  if (triad === 'm') return isMajor ? 'mMaj7' : 'm7'
  if (triad === 'dim') return alter < 0 ? 'dim7' : 'm7b5'
  if (triad === 'aug') return isMajor ? 'maj7#5' : '7#5'
  return (isMajor ? 'maj7' : '7') + triad
}
