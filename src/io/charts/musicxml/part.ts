import { type Beats, fourFour, type Metre, measureBeats, metre } from '../../../music/index.ts'
import { type Draft, maxChords } from '../lead-sheet.ts'
import { type Said, understood } from '../repeat-words.ts'
import { styleIn } from '../style-words.ts'
import { harmonySymbol } from './harmony.ts'
import { child, children, type Element, numberAt, textAt } from './xml.ts'

/** A measure of a part, as it is written. */
export type PartMeasure = {
  readonly draft: Draft
  /** How long its notes and rests are; 0 where it has none. */
  length: Beats
  /** It does not count as a measure: a pickup, or half of one that a bar line divides. */
  readonly isImplicit: boolean
  /** It begins with a rest, and notes follow: a pickup that is written as a full measure. */
  readonly isLeadIn: boolean
  /** How many measures before it are repeated in it; 0 where it has its own. */
  repeats: number
  /** A coda sign that does not say whether it is the coda or the way there. */
  codaSign: boolean
}

/** What a part says besides its measures. */
export type Part = {
  readonly measures: readonly PartMeasure[]
  readonly tempo: number | null
  readonly style: string | null
  readonly key: string | null
  readonly notices: readonly string[]
}

/** Reads the measures of a part. */
export function readPart(measures: readonly Element[]): Part {
  const reader = new PartReader()
  for (const measure of measures) reader.measure(measure)
  return reader
}

class PartReader implements Part {
  readonly measures: PartMeasure[] = []
  readonly notices: string[] = []
  tempo: number | null = null
  style: string | null = null
  key: string | null = null
  #section: string | null = null
  /** The style from here on; null where it is that of the score. */
  #style: string | null = null
  #metre: Metre = fourFour
  #divisions = 1
  #repeats = 0
  /** Marks at the end of a measure that belong to the next one. */
  #next: Draft['marks'] = {}

  measure(element: Element): void {
    const draft: Draft = {
      section: this.#section,
      style: this.#style,
      metre: this.#metre,
      chords: [],
      marks: this.#next,
    }
    this.#next = {}
    const { implicit, number } = element.attributes
    const measure: PartMeasure = {
      draft,
      length: 0,
      isImplicit: implicit === 'yes' || number === '0',
      isLeadIn: leadsIn(element),
      repeats: 0,
      codaSign: false,
    }
    let [at, end] = [0, 0]
    for (const each of children(element)) {
      if (each.name === 'attributes') this.#attributes(each, draft)
      else if (each.name === 'note') at += child(each, 'chord') || child(each, 'grace') ? 0 : this.#beats(each)
      else if (each.name === 'forward') at += this.#beats(each)
      else if (each.name === 'backup') at = Math.max(0, at - this.#beats(each))
      else if (each.name === 'harmony') this.#harmony(each, at, draft)
      else if (each.name === 'direction') this.#direction(each, at, measure)
      else if (each.name === 'sound') this.#sound(each, null, at, measure)
      else if (each.name === 'barline') this.#barline(each, measure)
      end = Math.max(end, at)
    }
    measure.length = end
    measure.repeats = this.#repeats
    draft.section = this.#section
    draft.chords.sort((a, b) => a.beat - b.beat)
    this.measures.push(measure)
  }

  #beats(element: Element): Beats {
    return Math.max(0, numberAt(element, 'duration') ?? 0) / this.#divisions
  }

  #attributes(element: Element, draft: Draft): void {
    const divisions = numberAt(element, 'divisions')
    if (divisions !== null && divisions > 0) this.#divisions = divisions
    const fifths = numberAt(element, 'key', 'fifths')
    if (fifths !== null) this.key ??= keyOf(fifths, textAt(element, 'key', 'mode') ?? 'major')
    const time = child(element, 'time')
    if (time) {
      this.#metre = this.#metreOf(time)
      draft.metre = this.#metre
    }
    for (const style of children(element, 'measure-style')) {
      const repeat = child(style, 'measure-repeat')
      if (repeat) this.#repeats = repeat.attributes.type === 'stop' ? 0 : Number(repeat.text.trim() || 1)
    }
  }

  /** A metre, which may be a sum such as 3+2/8 or 3/8 + 2/4. */
  #metreOf(time: Element): Metre {
    const beats = children(time, 'beats').map((each) => each.text.trim().split('+').map(Number))
    const types = children(time, 'beat-type').map((each) => Number(each.text.trim()))
    try {
      if (beats.length === 0) throw new RangeError('It has no beats.')
      const finest = Math.max(...types)
      const groups = beats.flatMap((group, index) => group.map((count) => (count * finest) / (types[index] ?? finest)))
      const sum = groups.reduce((total, each) => total + each, 0)
      return metre(sum, finest, groups.length > 1 ? groups : undefined)
    } catch {
      this.notices.push(`A metre in measure ${this.measures.length + 1} is not known: the metre before it goes on.`)
      return this.#metre
    }
  }

  #harmony(element: Element, at: Beats, draft: Draft): void {
    const offset = (numberAt(element, 'offset') ?? 0) / this.#divisions
    const beat = Math.max(0, Math.round((at + offset) * 960) / 960)
    // Several staves show the same chord.
    if (draft.chords.length >= maxChords || draft.chords.some((chord) => chord.beat === beat)) return
    const symbol = harmonySymbol(element)
    if (symbol !== null) draft.chords.push({ symbol, beat })
    else
      this.notices.push(`A harmony in measure ${this.measures.length + 1} is not a chord over a root: it is left out.`)
  }

  #direction(element: Element, at: Beats, measure: PartMeasure): void {
    const sound = child(element, 'sound')
    const types = children(element, 'direction-type').flatMap((type) => children(type))
    const words = types.filter(({ name }) => name === 'words').map(({ text }) => text.trim())
    const phrase = words.join(' ').replace(/\s+/g, ' ').trim()
    const coda = types.some(({ name }) => name === 'coda')
    const said = understood(phrase)
    if (coda && /^to$/i.test(phrase)) this.#mark({ mark: 'toCoda' }, at, measure)
    else if (said) this.#mark(said, at, measure)
    else if (coda && !sound?.attributes.tocoda && !sound?.attributes.coda) measure.codaSign = true
    if (types.some(({ name }) => name === 'segno') && !sound?.attributes.dalsegno)
      this.#mark({ mark: 'segno' }, at, measure)
    if (sound) this.#sound(sound, said, at, measure)
    for (const { name, text } of types)
      if (name === 'rehearsal') this.#section = text.trim().slice(0, 60) || this.#section
    const metronome = types.find(({ name }) => name === 'metronome')
    if (metronome) this.tempo ??= tempoOf(metronome)
    const style = styleIn(phrase)
    if (style === null) return
    if (this.measures.length < 2 && this.style === null) this.style = style
    else {
      this.#style = style
      measure.draft.style = style
    }
  }

  /** What a sound means for the order, unless the words beside it have said it already. */
  #sound({ attributes }: Element, said: Said | null, at: Beats, measure: PartMeasure): void {
    const tempo = Number(attributes.tempo)
    if (tempo > 0) this.tempo ??= tempo
    const { dacapo, dalsegno, tocoda, coda, segno, fine } = attributes
    if (!(said && 'jump' in said)) {
      if (dacapo === 'yes') this.#mark({ jump: 'start', until: null }, at, measure)
      if (dalsegno) this.#mark({ jump: 'segno', until: null }, at, measure)
    }
    if (said && 'mark' in said) return
    if (tocoda) this.#mark({ mark: 'toCoda' }, at, measure)
    if (coda) this.#mark({ mark: 'coda' }, at, measure)
    if (segno) this.#mark({ mark: 'segno' }, at, measure)
    if (fine) this.#mark({ mark: 'fine' }, at, measure)
  }

  #mark(said: Said, at: Beats, { draft }: PartMeasure): void {
    const isAtEnd = at > 0 && at >= measureBeats(draft.metre)
    if ('jump' in said) draft.marks.jump = { to: said.jump, until: said.until ?? 'end' }
    else if ('times' in said) return
    else if (said.mark === 'fine') draft.marks.fine = true
    else if (said.mark === 'toCoda') draft.marks.toCoda = at > 0 ? 'after' : 'before'
    else (isAtEnd ? this.#next : draft.marks)[said.mark] = true
  }

  #barline(element: Element, { draft }: PartMeasure): void {
    const { marks } = draft
    const repeat = child(element, 'repeat')?.attributes
    const isLeft = element.attributes.location === 'left'
    if (repeat?.direction === 'forward') (isLeft ? marks : this.#next).repeatStart = true
    if (repeat?.direction === 'backward') marks.repeatEnd = timesOf(repeat.times)
    const ending = child(element, 'ending')
    if (ending?.attributes.type === 'start') (isLeft ? marks : this.#next).ending = numbersOf(ending)
    else if (ending) marks.endingEnd = true
    if (child(element, 'segno')) (isLeft ? marks : this.#next).segno = true
    if (child(element, 'coda')) (isLeft ? marks : this.#next).coda = true
  }
}

/** Whether a measure begins with a rest and goes on with notes. */
function leadsIn(measure: Element): boolean {
  const notes = children(measure, 'note')
  const first = notes[0]
  return first !== undefined && child(first, 'rest') !== null && notes.some((note) => child(note, 'rest') === null)
}

function timesOf(text: string | undefined): number {
  const times = Number(text ?? 2)
  return Number.isInteger(times) && times >= 1 && times <= 99 ? times : 2
}

/** The numbers of an ending, such as `1, 2`. */
function numbersOf(ending: Element): number[] {
  const text = `${ending.attributes.number ?? ''} ${ending.text}`.slice(0, 200)
  const numbers = [...text.matchAll(/\d{1,2}/g)].map(([digits]) => Number(digits)).filter((number) => number >= 1)
  return numbers.length > 0 ? [...new Set(numbers)] : [1]
}

const beatUnits: ReadonlyMap<string, Beats> = new Map(
  Object.entries({ whole: 4, half: 2, quarter: 1, eighth: 0.5, '16th': 0.25 }),
)

/** Quarter notes a minute. */
function tempoOf(metronome: Element): number | null {
  const unit = beatUnits.get(textAt(metronome, 'beat-unit') ?? '')
  const perMinute = /\d+(?:\.\d+)?/.exec(textAt(metronome, 'per-minute') ?? '')?.[0]
  if (unit === undefined || perMinute === undefined) return null
  return Number(perMinute) * unit * (child(metronome, 'beat-unit-dot') ? 1.5 : 1)
}

const circle = ['Cb', 'Gb', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E', 'B', 'F#', 'C#', 'G#', 'D#', 'A#']

/** The key of a signature: 0 fifths are C or A minor. */
function keyOf(fifths: number, mode: string): string | null {
  const isMinor = /^(minor|aeolian)$/i.test(mode)
  const name = circle[7 + fifths + (isMinor ? 3 : 0)]
  return name === undefined ? null : name + (isMinor ? 'm' : '')
}
