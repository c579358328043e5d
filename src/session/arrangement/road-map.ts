import { beatsBefore, endings, formOf, lastChordOf, tagRepeats } from '../../band/index.ts'
import { type Beats, measureBeats, measureShares, rounding } from '../../music/index.ts'
import { type PlayedForm, playedForm } from '../songs/index.ts'
import type { Arrangement, ArrangementState } from './state.ts'

/** The road map of a performance: a chorus of its form, and what comes after the last one. */
export type RoadMap = {
  readonly form: PlayedForm
  /** How long a chorus is. */
  readonly length: Beats
  /** From the start of a chorus to the chord on which the music may end; where the form leads back, all of it. */
  readonly lastChord: Beats
  /** How many measures the tag has, and how long they are; 0 without one. */
  readonly tag: number
  readonly tagLength: Beats
}

/** The road map of a performance; null without a chart. */
export function roadMapOf(state: ArrangementState): RoadMap | null {
  const form = playedForm(state)
  if (!form) return null
  const tag = Math.min(endings[state.settings.ending], form.last)
  const { length, lastChord } = measured(form.measures, tag)
  const last = form.measures.at(-1)
  const tagLength = last ? tag * measureBeats(last.metre) : 0
  return { form, length, lastChord, tag, tagLength }
}

/** How many choruses are over at a beat; of the last one, its tag is a part. */
export function chorusAt({ begins, chorus, length, last }: Arrangement, beat: Beats): number {
  const now = chorus + Math.max(0, Math.floor((beat - begins) / length + rounding))
  return last === null ? now : Math.min(now, Math.max(last, chorus))
}

/** Where a chorus ends, by its number. */
export function chorusEnd(from: Arrangement, chorus: number): Beats {
  return from.begins + (chorus + 1 - from.chorus) * from.length
}

/** Where the music ends if a chorus is the last one. */
export function endAfter(from: Arrangement, roadMap: RoadMap, chorus: number): Beats {
  return chorusEnd(from, chorus) + tagRepeats * roadMap.tagLength + roadMap.lastChord - roadMap.length
}

/** Where the tag leads back next; null where it does not any more. */
export function tagAt(now: Arrangement, { tag, tagLength }: RoadMap): Beats | null {
  const { last, tagged } = now
  if (last === null || tag === 0 || tagged >= tagRepeats) return null
  return chorusEnd(now, last) + tagged * tagLength
}

/** What of a form never changes. */
function measured(measures: PlayedForm['measures'], tag: number): Pick<RoadMap, 'length' | 'lastChord' | 'tag'> {
  const known = lengths.get(measures)
  if (known?.tag === tag) return known
  const placed = measures.map(({ metre, chords }) => {
    const shares = measureShares(metre, chords.length)
    return { metre, section: null, chords: chords.map((chord, index) => ({ chord, beat: shares[index] ?? 0 })) }
  })
  const length = beatsBefore(placed)
  const last = lastChordOf(formOf(placed), tag)
  const lastChord = last ? beatsBefore(placed, last.measure) + last.beat : length
  const now = { length, lastChord, tag }
  lengths.set(measures, now)
  return now
}

const lengths = new WeakMap<PlayedForm['measures'], Pick<RoadMap, 'length' | 'lastChord' | 'tag'>>()
