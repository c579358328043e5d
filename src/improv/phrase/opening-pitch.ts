import { type MidiPitch, type PitchClass, pitchClass } from '../../music/index.ts'
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

/** The tone of a chord that is nearest to a pitch. */
export function firstPitch(tones: readonly PitchClass[], middle: MidiPitch): MidiPitch {
  const near = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6].map((each) => middle + each)
  return near.find((pitch) => tones.includes(pitchClass(pitch))) ?? middle
}
