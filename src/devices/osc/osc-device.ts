import type { Device, DeviceContext } from '../device.ts'
import type { NoteOutput } from '../note-output.ts'
import type { Output } from '../output.ts'
import { createOscInput, refusalOf } from './input.ts'
import { createOscOutput, type OscSend } from './osc-output.ts'
import type { OscMessage } from './packet.ts'
import { createOscState, type OscState } from './state-out.ts'
import type { WallClock } from './wall-clock.ts'

/** A session's OSC, whichever way its packets go: hands, instruments and lights. */
export type OscDevice = Required<Pick<Device, 'observe' | 'wake' | 'silence'>> & {
  readonly output: Output
  /**
   * Somebody listens from now on: notes and lights are sent.
   *
   * @param leadMs how much earlier than its moment a loop's note leaves, for receivers that wait for its time tag.
   */
  begin(leadMs: number): void
  /** Receives a message, with its time on `performance.now()`'s clock. */
  receive(message: OscMessage, timeStampMs: number): void
  /** How many messages made no sense. The first to each address is said. */
  readonly refused: number
}

/** How many addresses are reported as making no sense: a stream of invented ones must not fill the screen. */
const mostSaid = 32

/** Makes a session's OSC. It sends nothing before somebody listens. */
export function createOscDevice(
  send: OscSend,
  wallClock: WallClock,
  { clock, dispatch, notify }: Pick<DeviceContext, 'clock' | 'dispatch' | 'notify'>,
): OscDevice {
  const understand = createOscInput()
  let notes: NoteOutput | null = null
  let lights: OscState | null = null
  /** The addresses of which somebody was told that a message to them made no sense. */
  const said = new Set<string>()
  let refused = 0
  return {
    output: {
      sound: (sound) => notes?.sound(sound),
      stop: (stop) => notes?.stop(stop),
      express: (express) => notes?.express(express),
      schedule: (note, at, seconds) => notes?.schedule(note, at, seconds),
      silence: (track, keysGoOn) => notes?.silence(track, keysGoOn),
    },
    begin(leadMs) {
      notes = createOscOutput(send, clock, wallClock, { leadMs })
      lights = createOscState(send, clock, wallClock)
    },
    receive(message, timeStampMs) {
      const requests = understand(message)
      if (requests === null) {
        refused++
        if (!said.has(message.address) && said.size < mostSaid) notify(refusalOf(message))
        if (said.size < mostSaid) said.add(message.address)
      }
      for (const request of requests ?? []) {
        if (request.type === 'report-all') lights?.reportAll()
        else dispatch(request, clock.of(timeStampMs))
      }
    },
    get refused() {
      return refused
    },
    observe: (event, effects, state) => lights?.observe(event, effects, state),
    wake: () => notes?.wake(),
    silence: () => notes?.end(),
  }
}
