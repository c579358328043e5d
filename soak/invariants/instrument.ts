import type { Beats } from '../../src/music/index.ts'
import type { Output } from '../../src/runtime/index.ts'
import { type Effect, lookAheadSeconds, type SessionState, type Track } from '../../src/session/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import { Sounding } from '../../test/sounding.ts'
import type { Book } from './violations.ts'

/** A note of a loop as it was handed over. */
export type Handed = {
  readonly track: Track
  readonly pitch: number
  readonly velocity: number
  readonly beat: Beats
  readonly at: Seconds
}

/** An instrument that trusts nobody: it counts what it hears, and writes down what it should not have been told. */
export type Instrument = {
  readonly output: Output
  /** The notes of loops since they were last taken. */
  take(): Handed[]
  /** How many keys sound. */
  readonly held: number
  readonly notes: number
  readonly loopNotes: number
  /** It is another one now, on which the voices of a state are believed to sound. */
  restart(state: SessionState): void
}

/** What clocks round. */
const rounding: Seconds = 1e-6

/** A note's length is never more than a whole performance. */
const longest: Seconds = 3600

/** Makes an instrument that complains to a book. */
export function createInstrument(book: Book, now: () => Seconds): Instrument {
  let sounding = new Sounding()
  let handed: Handed[] = []
  let notes = 0
  let loopNotes = 0
  const hear = (effect: Effect) => {
    try {
      sounding.hear([effect])
    } catch (error) {
      book.breach('a key sounds once, and ends once', (error as Error).message)
    }
  }
  return {
    output: {
      sound(sound) {
        notes++
        hear(sound)
      },
      stop: hear,
      schedule(note, at, seconds) {
        loopNotes++
        const { track, pitch, velocity, beat } = note
        if (at < now() - rounding || at > now() + lookAheadSeconds + rounding) {
          book.breach('loops are handed over in time', `${track} ${pitch} at ${at}, at the moment ${now()}`)
        }
        if (!(seconds >= 0 && seconds < longest)) book.breach('every note ends', `${track} ${pitch} lasts ${seconds}`)
        handed.push({ track, pitch, velocity, beat, at })
      },
      silence() {},
    },
    take() {
      const taken = handed
      handed = []
      return taken
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
      handed = []
      for (const { track, pitch, velocity, by, key } of keys.voices) {
        if (pitch !== null) sounding.hear([{ type: 'sound', track, pitch, velocity, gain: 1, by, key }])
      }
    },
  }
}
