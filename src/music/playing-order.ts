/** The marks of a measure that lead the order of playing. */
export type Marks = {
  readonly repeatStart?: true
  /** The measure ends a repeat, which is played so many times in all. */
  readonly repeatEnd?: number
  /** Endings with these numbers begin here. */
  readonly ending?: readonly number[]
  /** The ending is over after this measure. */
  readonly endingEnd?: true
  readonly segno?: true
  /** The coda begins here. */
  readonly coda?: true
  /** Where to leave for the coda: before this measure, or after it. */
  readonly toCoda?: 'before' | 'after'
  readonly fine?: true
  /** After a jump, the music ends here. */
  readonly end?: true
  readonly jump?: Jump
}

/** D.C. or D.S.: where to go after the measure, and how long to play from there. */
export type Jump = {
  readonly to: 'start' | 'segno'
  /** To the end, to the fine, to the coda, or to the end of the ending with this number. */
  readonly until: 'end' | 'fine' | 'coda' | number
}

/** The order in which the measures of a chart are played, and what is to be said about it. */
export type PlayingOrder = {
  /** Indices of measures. */
  readonly order: readonly number[]
  /** Whether it would go on for longer than it may. */
  readonly isCut: boolean
  readonly notices: readonly string[]
}

/** A repeat: where it begins, how often it is played, whether it closes, and the highest number of its endings. */
type Repeat = { readonly start: number; times: number; closes: boolean; most: number }

/**
 * One chorus in playing order: repeats, endings, D.C., D.S., coda and fine carried out.
 *
 * - A repeat is played as often as it says. After a D.C. or D.S. it is played once, with its last ending.
 * - A D.C. or D.S. at the very end, without a fine or a coda, means the next chorus, and so does nothing here.
 * - A coda that no D.C. or D.S. leads to is for the end of the last chorus, and is left out.
 * - What would go on for longer than `limit` measures is cut off there.
 */
export function playingOrder(measures: readonly { readonly marks: Marks }[], limit: number): PlayingOrder {
  const { closing, opening } = repeatsOf(measures)
  const marksAt = (index: number): Marks => measures[index]?.marks ?? {}
  const notices = new Set<string>()
  const order: number[] = []
  /** How often each repeat has begun, by its start. */
  const passes = new Map<number, number>()
  const taken = new Set<number>()
  const isLed = measures.some(({ marks }) => marks.jump !== undefined)
  const toCoda = measures.findIndex(({ marks }) => marks.toCoda !== undefined)
  const lastCoda = measures.findLastIndex(({ marks }) => marks.coda)
  let until: Jump['until'] | null = null
  let ending: number | null = null
  let at = 0
  while (at < measures.length) {
    const marks = marksAt(at)
    if (until === 'coda' && marks.toCoda === 'before') {
      at = codaAfter(at)
      continue
    }
    if (!isLed && toCoda >= 0 && toCoda < at && at === lastCoda) {
      notices.add(`The coda, from measure ${at + 1} on, ends the last chorus: it is left out of this one.`)
      break
    }
    const opened = opening.get(at)
    if (opened && marks.ending) {
      const wanted = until === null ? endingOn(opened, passes.get(opened.start) ?? 1) : lastEnding(opened, until)
      // Where nothing goes back, all endings are played in their order.
      const isFree = until === null && !opened.closes
      if (!marks.ending.includes(wanted) && !isFree) {
        at = skipEnding(opened, at, wanted)
        passes.delete(at)
        continue
      }
      ending = wanted
    }
    if (order.length >= limit) return { order, isCut: true, notices: [...notices] }
    order.push(at)
    const isLastOfEnding = marks.endingEnd || marks.repeatEnd !== undefined || marksAt(at + 1).ending !== undefined
    if (until !== null && (marks.end || (until === 'fine' && marks.fine))) break
    if (until !== null && until === ending && isLastOfEnding) break
    if (until === 'coda' && marks.toCoda === 'after') {
      at = codaAfter(at)
      continue
    }
    const closed = closing.get(at)
    const pass = closed ? (passes.get(closed.start) ?? 1) : 1
    if (closed && until === null && pass < closed.times) {
      passes.set(closed.start, pass + 1)
      at = closed.start
      continue
    }
    if (isLastOfEnding) ending = null
    if (marks.jump && !taken.has(at) && !isRound(marks.jump, at)) {
      taken.add(at)
      passes.clear()
      until = marks.jump.until
      at = marks.jump.to === 'start' ? 0 : segnoBefore(at)
      continue
    }
    at++
    // A repeat that is reached anew is counted anew.
    passes.delete(at)
  }
  if (order.length === 0 && measures.length > 0) {
    notices.add('The repeats lead past every measure: the measures are read as they are written.')
    for (let index = 0; index < Math.min(measures.length, limit); index++) order.push(index)
  }
  return { order, isCut: false, notices: [...notices] }

  /** A D.C. at the very end that leads nowhere only says that the next chorus follows. */
  function isRound(jump: Jump, from: number): boolean {
    return jump.until === 'end' && from === measures.length - 1
  }

  function codaAfter(from: number): number {
    until = null
    const next = measures.findIndex(({ marks }, index) => index > from && marks.coda)
    if (next >= 0) return next
    notices.add('The chart says “to coda”, but no coda follows.')
    return measures.length
  }

  function segnoBefore(from: number): number {
    const before = measures.findLastIndex(({ marks }, index) => index <= from && marks.segno)
    const found = before < 0 ? measures.findIndex(({ marks }) => marks.segno) : before
    if (found < 0) notices.add('The chart says “D.S.”, but has no segno: it goes on from the start.')
    return Math.max(0, found)
  }

  /** The ending that is wanted; where there is none, what follows the endings. */
  function skipEnding(repeat: Repeat, from: number, wanted: number): number {
    let after: number | null = null
    for (let index = from; index < measures.length; index++) {
      const { ending, endingEnd, repeatEnd } = marksAt(index)
      const isNew = index > from && ending !== undefined && opening.get(index) !== repeat
      if (isNew) break
      if (index > from && ending?.includes(wanted)) return index
      if (endingEnd || repeatEnd !== undefined) after ??= index + 1
    }
    return after ?? from + 1
  }

  /** After a jump: the ending that leads to where it goes. */
  function lastEnding(repeat: Repeat, until: Jump['until']): number {
    if (typeof until === 'number') return until
    let current = Math.max(2, repeat.most)
    for (let index = at; index < measures.length && until !== 'end'; index++) {
      const { ending, repeatEnd, endingEnd, toCoda, fine } = marksAt(index)
      if (ending && opening.get(index) !== repeat) break
      if (ending) current = ending[0] ?? current
      if (until === 'coda' ? toCoda : fine) return current
      if ((repeatEnd !== undefined || endingEnd) && marksAt(index + 1).ending === undefined) break
    }
    return Math.max(2, repeat.most)
  }
}

/** The ending that is played on a pass: the last one on the last pass. */
function endingOn({ times, most }: Repeat, pass: number): number {
  return pass >= times ? Math.max(2, most) : Math.min(pass, Math.max(1, most - 1))
}

/** The repeats, by the measures that close them and by those in which an ending begins. */
function repeatsOf(measures: readonly { readonly marks: Marks }[]): {
  closing: Map<number, Repeat>
  opening: Map<number, Repeat>
} {
  const closing = new Map<number, Repeat>()
  const opening = new Map<number, Repeat>()
  /** Where repeats have begun that are not closed yet. */
  const open: number[] = []
  let afterLast = 0
  let latest: Repeat | null = null
  let isInEnding = false
  for (const [index, { marks }] of measures.entries()) {
    if (marks.repeatStart) {
      open.push(index)
      isInEnding = false
    }
    if (marks.ending) {
      if (latest === null || marks.ending.includes(1)) {
        latest = { start: open.at(-1) ?? afterLast, times: 2, closes: false, most: 1 }
      }
      latest.most = Math.max(latest.most, ...marks.ending)
      latest.times = Math.max(latest.times, latest.most)
      opening.set(index, latest)
      isInEnding = true
    }
    if (marks.repeatEnd !== undefined) {
      const isEnding = isInEnding && latest !== null
      const repeat: Repeat =
        isEnding && latest ? latest : { start: open.at(-1) ?? afterLast, times: 1, closes: true, most: 0 }
      repeat.times = Math.max(repeat.times, marks.repeatEnd)
      repeat.closes = true
      closing.set(index, repeat)
      if (open.at(-1) === repeat.start) open.pop()
      afterLast = index + 1
      isInEnding = false
    } else if (marks.endingEnd) isInEnding = false
  }
  return { closing, opening }
}
