import { expect, it } from 'vitest'
import type { DeviceContext } from '../devices/index.ts'
import { createMidiDevice, createMidiInput } from '../devices/midi/index.ts'
import type { SessionEvent } from '../session/index.ts'
import { createSessionLoop } from './session-loop.ts'

/** A session between a MIDI keyboard and a synthesizer, which plays the lead on channel 3. */
function rig() {
  const sent: number[][] = []
  const events: SessionEvent[] = []
  const clock = { now: () => performance.now() / 1000, of: (timeStampMs: number) => timeStampMs / 1000, ahead: 0 }
  const context: DeviceContext = {
    clock,
    get state() {
      return loop.state
    },
    dispatch: (input, at) => loop.dispatch(input, at, 'midi'),
    notify() {},
  }
  const midi = createMidiDevice(
    (_, bytes) => sent.push([...bytes]),
    () => new Set(),
    context,
  )
  midi.output.route('lead', { output: 'Synth', channel: 3 })
  const observe = (event: SessionEvent) => void events.push(event)
  const ask = async () => null
  const loop = createSessionLoop({ clock, outputs: [midi.output], soloist: null, ask, observe }, 1)
  const input = createMidiInput((message, at) => midi.receive(message, at, 'Keys'))
  return { sent, events, loop, play: (...bytes: number[]) => input.receive(Uint8Array.from(bytes), performance.now()) }
}

it('ten thousand bends and aftertouches between notes all leave, in their order, and each is recorded once', () => {
  const { sent, events, play } = rig()
  const wanted: number[][] = []
  const pass = (status: number, ...data: number[]) => {
    play(status, ...data)
    wanted.push([status + 2, ...data])
  }
  for (let count = 0; count < 10_000; count++) {
    const pitch = 24 + Math.floor(count / 125)
    if (count % 125 === 0) pass(0x90, pitch, 90)
    if (count % 2 === 0) pass(0xe0, count & 0x7f, (count >> 7) & 0x7f)
    else if (count % 3 === 0) pass(0xa0, pitch, count & 0x7f)
    else pass(0xd0, count & 0x7f)
    if (count % 125 === 100) pass(0x80, pitch, 0)
  }
  // A key's own pressure goes with its note, and is nobody's when that is over.
  const isHeld = (place: number) => wanted.slice(0, place).findLast(([status = 0]) => status < 0xa0)?.[0] === 0x92
  expect(sent).toEqual(wanted.filter(([status], place) => status !== 0xa2 || isHeld(place)))
  expect(events).toHaveLength(wanted.length)
})

it('every byte of an MPE zone arrives as it was played', () => {
  const { sent, play } = rig()
  const bytes = [
    [0xb0, 101, 0],
    [0xb0, 100, 6],
    [0xb0, 6, 15],
    [0xe1, 0, 80],
    [0xb1, 74, 20],
    [0xd1, 0],
    [0x91, 60, 90],
    [0xe2, 9, 30],
    [0x92, 60, 91],
    [0xd1, 77],
    [0xe0, 0, 70],
    [0x81, 60, 0],
    [0x82, 60, 0],
  ]
  for (const each of bytes) play(...each)
  expect(sent).toEqual(bytes)
})
