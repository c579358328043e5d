import type { MidiPitch } from '../music/index.ts'
import type { Track } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import type { Output } from './output.ts'

/** What is sounded here, for a microphone that hears the loudspeakers: such notes are nobody's playing. */
export type EchoRejection = {
  /** Receives what is sounded; it makes no sound itself. */
  readonly output: Output
  /** Whether a pitch is sounded at a moment, or rings. */
  has(pitch: MidiPitch, at: Seconds): boolean
}

type Sounded = { readonly track: Track; readonly pitch: MidiPitch; readonly from: Seconds; until: Seconds }

/** The reported beginning of a heard note may be a little before that of the note that it is. */
const early: Seconds = 0.05

/** How long rooms and strings ring after a note has ended. */
const rings: Seconds = 0.3

/** How long notes are remembered. */
const remembered: Seconds = 5

/** Tracks whose pitches only name a drum or a click. */
const unpitched: readonly Track[] = ['drums', 'click']

/** Remembers what is sounded, by the session's clock. */
export function createEchoRejection(now: () => Seconds): EchoRejection {
  let sounded: readonly Sounded[] = []
  const add = (note: Sounded) => {
    if (unpitched.includes(note.track)) return
    const forgotten = now() - remembered
    sounded = [...sounded.filter(({ until }) => until > forgotten), note]
  }
  return {
    output: {
      sound: ({ track, pitch }) => add({ track, pitch, from: now(), until: Number.POSITIVE_INFINITY }),
      stop({ track, pitch }) {
        for (const note of sounded) {
          if (note.track === track && note.pitch === pitch) note.until = Math.min(note.until, now())
        }
      },
      express() {},
      schedule: ({ track, pitch }, at, seconds) => add({ track, pitch, from: at, until: at + seconds }),
      silence(track, keysGoOn = false) {
        for (const note of sounded) {
          if (keysGoOn && note.until === Number.POSITIVE_INFINITY) continue
          if (track === null || note.track === track) note.until = Math.min(note.until, now())
        }
      },
    },
    has: (pitch, at) =>
      sounded.some((note) => note.pitch === pitch && note.from - early <= at && at < note.until + rings),
  }
}
