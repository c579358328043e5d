import type { Bpm } from '../../timing/index.ts'
import type { Device, DeviceContext } from '../device.ts'
import { transportControls } from '../transport-controls.ts'
import { type ClockIn, createClockIn } from './clock-in.ts'
import { createClocksOut } from './clock-out.ts'
import { isHands } from './message.ts'
import { createMidiOutput, type MidiOutput } from './midi-output.ts'
import type { MidiListener, MidiPorts } from './ports.ts'

/** A session's MIDI, behind whichever ports: hands and pedals, instruments, clocks. */
export type MidiDevice = Required<Pick<Device, 'wake' | 'silence'>> & {
  readonly output: MidiOutput
  /** Receives what inputs say: hands are for the session, the rest for the clock that is followed. */
  readonly receive: MidiListener
  /** Leads other instruments by clock from now on, or no more. */
  sendClock(on: boolean): void
  /** Follows the clock that comes in from now on, or no more. */
  followClock(on: boolean): void
  /** The tempo of the clock that is followed; null while none is heard. */
  readonly clockBpm: Bpm | null
}

/**
 * Makes a session's MIDI.
 *
 * @param usedOutputs the outputs that the clock is sent to: those that tracks are sent to and that are there.
 */
export function createMidiDevice(
  send: MidiPorts['send'],
  usedOutputs: () => ReadonlySet<string>,
  context: DeviceContext,
): MidiDevice {
  const { clock } = context
  const output = createMidiOutput(send, clock)
  const clockOut = createClocksOut(send, clock)
  let sendsClock = false
  let clockIn: ClockIn | null = null
  let clockBpm: Bpm | null = null
  return {
    output,
    receive(message, timeStampMs, input) {
      if (isHands(message)) context.dispatch(message, clock.of(timeStampMs))
      else clockIn?.receive(message, timeStampMs, input)
    },
    sendClock(on) {
      sendsClock = on
      if (!on) clockOut.end()
    },
    followClock(on) {
      clockIn = on ? createClockIn(transportControls(context), clock) : null
      clockBpm = null
    },
    get clockBpm() {
      return clockBpm
    },
    wake(transport) {
      output.wake()
      if (!transport) return
      if (sendsClock) clockOut.wake(transport, usedOutputs())
      clockBpm = clockIn?.wake(transport, context.state.recording.free !== null) ?? null
    },
    silence() {
      clockOut.end()
      output.end()
    },
  }
}
