import type { Beats } from '../../src/music/index.ts'
import type { Output } from '../../src/runtime/index.ts'
import { type Effect, lookAheadSeconds, type SessionState, type Track } from '../../src/session/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { Sounding } from '../../test/sounding.ts'
import type { Violations } from './violations.ts'

/** A note of a loop, as the session scheduled it. */
export type ScheduledNote = {
  readonly track: Track
  readonly pitch: number
  readonly velocity: number
  readonly beat: Beats
  readonly at: Seconds
}

/** An output that checks everything it receives, and counts it. */
export type Instrument = {
  readonly output: Output
  /** The notes of loops that were scheduled since the last call. */
  scheduled(): ScheduledNote[]
  /** How many keys sound. */
  readonly held: number
  readonly notes: number
  readonly loopNotes: number
  /** Starts again, with the voices of a state sounding. */
  restart(state: SessionState): void
}

/** The rounding of clocks. */
const rounding: Seconds = 1e-6

/** No note is longer. */
const longest: Seconds = 3600

/** Makes an instrument that reports what is wrong to `violations`. */
export function createInstrument(violations: Violations, now: () => Seconds): Instrument {
  let sounding = new Sounding()
  let scheduled: ScheduledNote[] = []
  let notes = 0
  let loopNotes = 0
  const receive = (effect: Effect) => {
    try {
      sounding.hear([effect])
    } catch (error) {
      violations.add('a key sounds once and ends once', (error as Error).message)
    }
  }
  return {
    output: {
      sound(sound) {
        notes++
        receive(sound)
      },
      stop: receive,
      express: receive,
      schedule(note, at, seconds) {
        loopNotes++
        const { track, pitch, velocity, beat } = note
        if (at < now() - rounding || at > now() + lookAheadSeconds + rounding) {
          violations.add('loops are scheduled in time', `${track} ${pitch} for ${at}, at ${now()}`)
        }
        if (!(seconds >= 0 && seconds < longest)) {
          violations.add('every note ends', `${track} ${pitch} lasts ${seconds} s`)
        }
        scheduled.push({ track, pitch, velocity, beat, at })
      },
      silence() {},
    },
    scheduled() {
      const since = scheduled
      scheduled = []
      return since
    },
    get held() {
      return sounding.count
    },
    get notes() {
      return notes
    },
    get loopNotes() {
      return loopNotes
    },
    restart({ keys }) {
      sounding = new Sounding()
      scheduled = []
      for (const { track, pitch, velocity, by, key } of keys.voices) {
        if (pitch !== null) sounding.hear([{ type: 'sound', track, pitch, velocity, gain: 1, by, key }])
      }
    },
  }
}
