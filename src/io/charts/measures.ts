import { measureShares, metreText } from '../../music/index.ts'
import type { Draft } from './lead-sheet.ts'

/**
 * The measures that a sign for “the last measures again” stands for. In another metre their chords share them anew.
 *
 * @param draft the measure with the sign: its section, its style, its metre, and its marks, which go to the first.
 * @returns null where fewer measures are before it.
 */
export function repeatLastMeasures(
  drafts: readonly Draft[],
  length: 1 | 2,
  { section, style, metre, marks }: Draft,
): Draft[] | null {
  if (drafts.length < length) return null
  return drafts.slice(-length).map(({ chords, metre: before }, index) => {
    const shares = metreText(before) === metreText(metre) ? [] : measureShares(metre, chords.length)
    return {
      section,
      style,
      metre,
      chords: chords.map(({ symbol, beat }, place) => ({ symbol, beat: shares[place] ?? beat })),
      marks: index === 0 ? marks : {},
    }
  })
}

/** A D.C. or D.S. that says no more goes to the coda, or else to the fine, where the chart has one. */
export function finishJumps(drafts: readonly Draft[]): void {
  const has = (mark: 'fine' | 'coda' | 'toCoda') => drafts.some(({ marks }) => marks[mark] !== undefined)
  const until = has('toCoda') && has('coda') ? 'coda' : has('fine') ? 'fine' : 'end'
  for (const { marks } of drafts) {
    if (marks.jump?.until === 'end') marks.jump = { ...marks.jump, until }
  }
}
