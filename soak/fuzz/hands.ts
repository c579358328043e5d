import { type ActionName, type SessionEvent, type SessionInput, startSession, step } from '../../src/session/index.ts'
import { Sounding } from '../../test/sounding.ts'

/** What feet and fingers press in any order. */
const presses: readonly ActionName[] = [
  ...(['free-bass', 'free-chords', 'free-lead', 'half-time', 'double-time', 'other-metre'] as const),
  ...(['record-bass', 'record-chords', 'record-lead', 'overdub-bass', 'overdub-lead'] as const),
  ...(['undo', 'redo', 'play', 'stop', 'panic', 'clear-all', 'clear-bass', 'split-here', 'tap'] as const),
]

/** Bytes of no more things than hands and feet do in some minutes. */
const most = 1500

/** Moments are this far apart at most, in seconds. */
const longest = 2

/**
 * Plays a session as bytes say, three for each thing that happens: what, with which key, and how much later. In the end
 * all keys and the pedal come up, and two measures later nothing may be held, and every note of a loop is in its loop.
 *
 * @throws Error when a note hangs, or one is lost in no place.
 */
export function feedHands(bytes: Uint8Array): void {
  let state = startSession(1)
  let at = 0
  const down = new Set<number>()
  const sounding = new Sounding()
  const dispatch = (input: SessionInput) => {
    const stepped = step(state, { ...input, at } as SessionEvent)
    state = stepped.state
    sounding.hear(stepped.effects)
  }
  for (let index = 0; index + 2 < Math.min(bytes.length, most); index += 3) {
    const [what = 0, which = 0, later = 0] = bytes.subarray(index, index + 3)
    at += (longest * later) / 255
    const input = inputOf(what, which)
    if (input.type === 'noteOn') down.add(input.pitch)
    dispatch(input)
  }
  for (const pitch of down) dispatch({ type: 'noteOff', pitch })
  dispatch({ type: 'control', controller: 64, value: 0 })
  for (let second = 0; second < 8; second++, at++) dispatch({ type: 'tick' })
  if (sounding.count > 0) throw new Error(`${sounding.count} notes hang.`)
  for (const loop of Object.values(state.material.loops)) {
    for (const { beat, beats } of loop?.notes ?? []) {
      if (!Number.isFinite(beat) || !(beats > 0)) throw new Error(`A note at ${beat} of ${beats} beats is in no place.`)
    }
  }
}

function inputOf(what: number, which: number): SessionInput {
  const pitch = 36 + (which % 48)
  if (what < 90) return { type: 'noteOn', pitch, velocity: 1 + (which % 127) }
  if (what < 160) return { type: 'noteOff', pitch }
  if (what < 170) return { type: 'control', controller: 64, value: which }
  if (what < 180) return { type: 'bend', value: 64 * (which - 128) }
  if (what < 190)
    return { type: 'set', setting: 'zones', value: (['off', 'key', 'channel'] as const)[which % 3] ?? 'off' }
  if (what < 195) return { type: 'clock', bpm: 20 + 2 * which, past: which % 3 === 0 ? null : which / 255 }
  return { type: 'run', action: presses[which % presses.length] ?? 'stop' }
}

/** Free takes of a bassline, alone and while a clock counts, and an ordinary one over it. */
export function goodHands(): Uint8Array[] {
  const line = [0, 0, 7, 5, 0, 0, 7, 10].flatMap((up) => [10, up, 0, 100, up, 64])
  return [
    Uint8Array.of(200, 0, 0, ...line, 200, 0, 0, 200, 3, 30, 200, 4, 30, 200, 5, 30),
    Uint8Array.of(200, 0, 0, 191, 50, 0, ...line, 191, 52, 0, ...line, 200, 0, 0, 200, 5, 30),
    Uint8Array.of(200, 6, 0, ...line, ...line, 200, 6, 9, 200, 9, 0, ...line, 200, 11, 0),
  ]
}
