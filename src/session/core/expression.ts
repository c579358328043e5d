import type { MidiPitch } from '../../music/index.ts'
import type { PlayedTrack } from '../track.ts'

/** How notes that hands play sound on: bent, pressed, moved by wheels and pedals. Values are MIDI's. */
export type Expression =
  | {
      readonly kind: 'bend'
      /** From −8192 to 8191; 0 is the centre. */
      readonly value: number
      /** The same in semitones, by the range that the keyboard has set. */
      readonly semitones: number
    }
  /** Aftertouch of a channel. */
  | { readonly kind: 'pressure'; readonly value: number }
  /** Aftertouch of one key; the pitch is what it sounds. */
  | { readonly kind: 'key-pressure'; readonly pitch: MidiPitch; readonly value: number }
  | { readonly kind: 'control'; readonly controller: number; readonly value: number }
  | { readonly kind: 'program'; readonly program: number }

/** Expression for a track. */
export type Express = {
  readonly type: 'express'
  readonly track: PlayedTrack
  readonly expression: Expression
  /** Where it is for one note of an MPE zone: the note's own channel, which outputs keep. */
  readonly channel?: number
  /** It comes on the master channel of an MPE zone: it is for all notes of the zone. */
  readonly zone?: true
}
