import { chorusPart, type PerformancePart } from '../band/index.ts'
import { type Beats, measureBeats, rounding } from '../music/index.ts'
import { type ArrangementState, chorusAt, chorusEnd, type RoadMap, roadMapOf } from './arrangement/index.ts'
import { formMeasureAt } from './songs/index.ts'
import { formAt, measureAt, measureStart } from './transport/index.ts'

/** Where a performance is in its form, and what comes next. */
export type WhatComes = {
  readonly part: PerformancePart | 'count-in'
  /** From 1. */
  readonly chorus: number
  /** Null where the chart names none. */
  readonly section: string | null
  /** How many measures are left, this one with them, until what comes next. */
  readonly left: number
  /** A section's name where one of the same part comes, or else the part; null after the ending. */
  readonly next: string | null
}

/** Where a performance is in its form at a beat, and what comes next; null without a chart, and while the music is stopped. */
export function whatComes(state: ArrangementState, beat: Beats): WhatComes | null {
  const { arrangement, transport } = state
  const roadMap = transport.playing ? roadMapOf(state) : null
  if (!roadMap) return null
  const { ending } = transport
  const form = formAt(transport, beat)
  const { measures } = roadMap.form
  if (beat < 0) {
    const left = Math.ceil(-beat / measureBeats(form.metre))
    return { part: 'count-in', chorus: 1, section: measures[0]?.section ?? null, left, next: 'head' }
  }
  const chorus = chorusAt(arrangement, beat)
  const place = formMeasureAt(state, roadMap.form, beat)
  const section = measures.slice(0, place + 1).findLast((each) => each.section !== null)?.section ?? null
  const here = { chorus: chorus + 1, section }
  if (ending && beat >= ending.beat) return { part: 'ending', ...here, left: 1, next: null }
  const isTag = isInTag(state, roadMap, beat)
  const part = isTag ? 'tag' : chorusPart(chorus, arrangement.last)
  const found = measures.findIndex((each, index) => index > place && each.section !== null)
  const until = found < 0 ? measures.length : found
  const start = measureStart(form, measureAt(form, beat).measure)
  const toEnd = ending && measuresUpTo(measures.slice(place, until), ending.beat - start)
  if (toEnd !== null) return { part, ...here, left: toEnd, next: 'ending' }
  const isLast = chorus === arrangement.last && roadMap.tag > 0
  const after = isLast ? 'tag' : chorusPart(chorus + 1, arrangement.last)
  const first = measures[0]?.section ?? after
  const next = found >= 0 ? (measures[found]?.section ?? null) : after === part && part !== 'tag' ? first : after
  return { part, ...here, left: until - place, next }
}

/** Whether the last measures are played again. */
function isInTag({ arrangement }: ArrangementState, { tag }: RoadMap, beat: Beats): boolean {
  return tag > 0 && arrangement.last !== null && beat >= chorusEnd(arrangement, arrangement.last) - rounding
}

/** How many measures there are up to a place, the first of them with it; null where they are over before it. */
function measuresUpTo(measures: RoadMap['form']['measures'], place: Beats): number | null {
  let end = 0
  for (const [index, { metre }] of measures.entries()) {
    end += measureBeats(metre)
    if (place <= end + rounding) return index + 1
  }
  return null
}
