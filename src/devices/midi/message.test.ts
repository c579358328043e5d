import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../test/runs.ts'
import { createMidiDecoder, encodeMidi, type MidiMessage } from './message.ts'

const decode = (...bytes: number[]) => createMidiDecoder()(Uint8Array.from(bytes))

const seven = fc.nat(127)
const channel = fc.integer({ min: 1, max: 16 })
const type = <Type extends string>(name: Type) => fc.constant(name)
const hand: fc.Arbitrary<MidiMessage> = fc.oneof(
  fc.record({ type: type('noteOn'), pitch: seven, velocity: fc.integer({ min: 1, max: 127 }), channel }),
  fc.record({ type: type('noteOff'), pitch: seven, channel }),
  fc.record({ type: type('control'), controller: seven, value: seven, channel }),
  fc.record({ type: type('program'), program: seven, channel }),
  fc.record({ type: type('bend'), value: fc.integer({ min: -8192, max: 8191 }), channel }),
  fc.record({ type: type('pressure'), value: seven, channel }),
  fc.record({ type: type('keyPressure'), pitch: seven, value: seven, channel }),
)
const realTime: fc.Arbitrary<MidiMessage> = fc.constantFrom(
  ...(['clock', 'start', 'continue', 'stop'] as const).map((type) => ({ type })),
)
const position = fc.record({ type: type('position'), beat: fc.nat(0x3fff).map((sixteenths) => sixteenths / 4) })
const messages = fc.array(fc.oneof({ weight: 4, arbitrary: hand }, realTime, position), { maxLength: 12 })

const bytesOf = (all: readonly MidiMessage[]) => all.flatMap((message) => [...encodeMidi(message)])

describe('live MIDI', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(messages, (all) => {
        expect(decode(...bytesOf(all))).toEqual(all)
      }),
    )
  })

  it('reads a stream alike wherever it is cut', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(40)), (all, cuts) => {
        const bytes = Uint8Array.from(bytesOf(all))
        const decoder = createMidiDecoder()
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        expect(edges.slice(1).flatMap((to, index) => decoder(bytes.subarray(edges[index], to)))).toEqual(all)
      }),
    )
  })

  it('lets the clock tick in the middle of a message', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(40)), (all, places) => {
        const bytes = bytesOf(all)
        for (const place of places) bytes.splice(place, 0, 0xf8)
        const heard = decode(...bytes)
        const others = (each: readonly MidiMessage[]) => each.filter(({ type }) => type !== 'clock')
        expect(others(heard)).toEqual(others(all))
        expect(heard.length).toBe(all.length + places.length)
      }),
    )
  })

  it('needs no status where it is the last one’s', () => {
    fc.assert(
      fc.property(fc.array(hand, { maxLength: 12 }), (all) => {
        const bytes = bytesOf(all)
        const running = (at: number) => bytes.slice(0, at).findLast((byte) => byte >= 0x80)
        expect(decode(...bytes.filter((byte, at) => byte < 0x80 || byte !== running(at)))).toEqual(all)
      }),
    )
  })

  it('reads the pitch wheel from one end to the other, and its centre', () => {
    const bends = decode(0xe2, 0, 0, 0, 64, 127, 127)
    expect(bends).toEqual([-8192, 0, 8191].map((value) => ({ type: 'bend', value, channel: 3 })))
  })

  it('takes a note-on of velocity 0 for a note-off', () => {
    expect(decode(0x93, 60, 80, 60, 0)).toEqual([
      { type: 'noteOn', pitch: 60, velocity: 80, channel: 4 },
      { type: 'noteOff', pitch: 60, channel: 4 },
    ])
  })

  const note = { type: 'noteOn', pitch: 60, velocity: 80, channel: 1 }

  it.each([
    ['active sensing and a reset', [0xfe, 0x90, 0xfe, 60, 0xff, 80]],
    ['system exclusive messages', [0xf0, 0x7e, 60, 80, 9, 1, 0xf7, 0x90, 60, 80]],
    ['system exclusive messages with the clock in them', [0xf0, 1, 0xfe, 2, 3, 0xf7, 0x90, 60, 80]],
    ['system exclusive messages without an end', [0xf0, 60, 80, 60, 80, 0x90, 60, 80]],
    ['the end of something unknown', [0xf7, 60, 80, 0x90, 60, 80]],
    ['data without a status', [60, 80, 60, 0x90, 60, 80]],
    ['messages that break off', [0x80, 60, 0x90, 60, 0xb0, 0x90, 60, 80]],
    ['time code, song choice and tune request', [0xf1, 60, 0xf3, 80, 0xf6, 60, 80, 0x90, 60, 80]],
    ['undefined messages', [0xf4, 60, 0xf5, 80, 0xf9, 0xfd, 0x90, 60, 80]],
  ])('passes over %s', (_, bytes) => {
    expect(decode(...bytes)).toEqual([note])
  })

  it('forgets the running status after a message of the whole system', () => {
    expect(decode(0x90, 60, 80, 0xf2, 8, 0, 60, 80)).toEqual([note, { type: 'position', beat: 2 }])
  })

  it('makes sense or nothing of any string of bytes', () => {
    const byte = fc.oneof(
      fc.nat(127),
      fc.nat(255),
      fc.constantFrom(0x90, 0x80, 0xb0, 0xc5, 0xf0, 0xf2, 0xf7, 0xf8, 0xfe),
    )
    const within = (value: number, least: number, most: number) =>
      Number.isInteger(value) && value >= least && value <= most
    const isSane = (message: MidiMessage): boolean => {
      if ('channel' in message && !within(message.channel ?? 0, 1, 16)) return false
      if ('pitch' in message && !within(message.pitch, 0, 127)) return false
      if (message.type === 'noteOn') return within(message.velocity, 1, 127)
      if (message.type === 'control') return within(message.controller, 0, 127) && within(message.value, 0, 127)
      if (message.type === 'program') return within(message.program, 0, 127)
      if (message.type === 'bend') return within(message.value, -8192, 8191)
      if (message.type === 'pressure' || message.type === 'keyPressure') return within(message.value, 0, 127)
      return message.type !== 'position' || within(message.beat * 4, 0, 0x3fff)
    }
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 16 }), (bytes) => decode(...bytes).every(isSane)),
      { numRuns: runs(100_000) },
    )
  })
})
