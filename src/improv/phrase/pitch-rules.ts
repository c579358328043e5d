import type { Random } from '../../models/index.ts'
import { type MidiPitch, type PitchClass, pitchClass } from '../../music/index.ts'
import { unbiased } from '../biases/index.ts'
import { heardScale, hearTone, noTones } from '../heard-scale.ts'
import type { Choice } from '../soloist.ts'
import type { PhraseRequest } from './request.ts'

/** Where a line is that nobody has begun. */
const usualMiddle: MidiPitch = 67

/** The middle of the pitches of the call, within the range. */
export function middleOf({ call, range: [lowest, highest] }: PhraseRequest): MidiPitch {
  const recent = call.slice(-32)
  const mean = recent.reduce((sum, { pitch }) => sum + pitch, 0) / Math.max(1, recent.length)
  const wanted = recent.length === 0 ? usualMiddle : Math.round(mean)
  return Math.min(highest, Math.max(lowest, wanted))
}

/** How many notes of a call its key is heard from. */
const longestKey = 128

/** The scale of the call; null where it has none. */
function keyOf({ call }: PhraseRequest): readonly PitchClass[] | null {
  return heardScale(call.slice(-longestKey).reduce((heard, { pitch }) => hearTone(heard, pitch), noTones))
}

/** The tone of a chord that is nearest to a pitch. */
export function firstPitch(tones: readonly PitchClass[], middle: MidiPitch): MidiPitch {
  const near = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6].map((each) => middle + each)
  return near.find((pitch) => tones.includes(pitchClass(pitch))) ?? middle
}

/** Without chords, the line keeps to the key of the call as strongly as this. */
const keyHarmony = 0.9

/**
 * Long notes, the last of a phrase, and a motif of the call keep to the chord's scale as strongly as this. More than half
 * tells a phrase from a soloist's.
 */
const boundHarmony = 0.5

/** How strongly the line keeps to where the call was; wholly would tell it from a soloist's. */
const nearness = 0.6

/** How pitches are chosen: what of it stays alike for a whole turn. */
export function choiceOf(request: PhraseRequest, random: Random): Omit<Choice, 'harmony' | 'motif'> {
  const { range, memory, pocket = 0, builds = false, temperature } = request
  const middle = middleOf(request)
  const place = { middle, key: middle }
  return {
    ...unbiased,
    key: keyOf(request),
    range,
    register: nearness,
    place,
    memory,
    pocket,
    builds,
    temperature,
    random,
  }
}

/** How strongly a note keeps to the scale. @param isBound whether it is exposed, or follows the call, which has its own chords. */
export function harmonyOf(asked: number, hasChord: boolean, isBound: boolean): number {
  if (!hasChord) return Math.max(asked, keyHarmony)
  return isBound ? Math.max(asked, boundHarmony) : asked
}
