import * as v from 'valibot'
import type { MidiPitch } from '../../music/index.ts'
import { type EventKind, sevenBits, wholeNumber } from '../core/index.ts'

/** What hands do at a keyboard. Channels are from 1 to 16; 1 unless it is given. */
export type KeysEvent =
  | {
      readonly type: 'noteOn'
      readonly pitch: MidiPitch
      /** 0 is a note-off, as in MIDI. */
      readonly velocity: number
      readonly channel?: number
      /** The pitch that a soloist chose for this key: recordings have it, so that a replay needs no model. */
      readonly answer?: MidiPitch
    }
  | { readonly type: 'noteOff'; readonly pitch: MidiPitch; readonly channel?: number }
  /** A controller; 64 is the sustain pedal. */
  | { readonly type: 'control'; readonly controller: number; readonly value: number; readonly channel?: number }
  | { readonly type: 'program'; readonly program: number; readonly channel?: number }
  /** The pitch wheel: from −8192 to 8191; 0 is the centre. */
  | { readonly type: 'bend'; readonly value: number; readonly channel?: number }
  /** Aftertouch of a whole channel, and of one key. */
  | { readonly type: 'pressure'; readonly value: number; readonly channel?: number }
  | { readonly type: 'keyPressure'; readonly pitch: MidiPitch; readonly value: number; readonly channel?: number }

const channel = v.optional(wholeNumber(1, 16))

/** What an event of a keyboard has to be. What comes at each key is looked at by hand: there is no time to lose. */
export const keysEvents = {
  noteOn: {
    schema: v.object({
      type: v.literal('noteOn'),
      pitch: sevenBits,
      velocity: sevenBits,
      channel,
      answer: v.optional(sevenBits),
    }),
    isSane(event: object) {
      const { pitch, velocity, channel = 1, answer = pitch } = event as KeysEvent & { type: 'noteOn' }
      return isByte(pitch) && isByte(velocity) && isCount(channel, 1, 16) && isByte(answer)
    },
  },
  noteOff: {
    schema: v.object({ type: v.literal('noteOff'), pitch: sevenBits, channel }),
    isSane(event: object) {
      const { pitch, channel = 1 } = event as KeysEvent & { type: 'noteOff' }
      return isByte(pitch) && isCount(channel, 1, 16)
    },
  },
  control: { schema: v.object({ type: v.literal('control'), controller: sevenBits, value: sevenBits, channel }) },
  program: { schema: v.object({ type: v.literal('program'), program: sevenBits, channel }) },
  bend: { schema: v.object({ type: v.literal('bend'), value: wholeNumber(-8192, 8191), channel }) },
  pressure: { schema: v.object({ type: v.literal('pressure'), value: sevenBits, channel }) },
  keyPressure: { schema: v.object({ type: v.literal('keyPressure'), pitch: sevenBits, value: sevenBits, channel }) },
} as const satisfies Record<string, EventKind>

/** Whether it is a number that MIDI has: 7 bits. */
function isByte(value: number): boolean {
  return isCount(value, 0, 127)
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
