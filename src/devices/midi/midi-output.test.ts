import { describe, expect, it } from 'vitest'
import { type Instruments, noteOutputLaws, playNotes, standStill } from '../../../test/laws/note-output.ts'
import type { Track } from '../../session/index.ts'
import { createMidiDecoder } from './message.ts'
import { createMidiOutput, type MidiOutput, usualChannels } from './midi-output.ts'

/** An output with all its tracks on one instrument. */
function onChannels(channels: Readonly<Record<Track, number>>): Instruments<MidiOutput> {
  return {
    create(send, clock) {
      const midi = createMidiOutput((_, bytes, at) => send(bytes, at), clock)
      for (const [track, channel] of Object.entries(channels)) midi.route(track as Track, { output: 'Synth', channel })
      return midi
    },
    read: (bytes) =>
      createMidiDecoder()(bytes).flatMap((message) =>
        message.type === 'noteOn' || message.type === 'noteOff'
          ? [
              {
                voice: `channel ${message.channel}`,
                pitch: message.pitch,
                velocity: message.type === 'noteOn' ? message.velocity : null,
              },
            ]
          : [],
      ),
    endsAll: false,
    voiceOf: (track) => `channel ${channels[track]}`,
  }
}

standStill()

describe('an output to MIDI', () => {
  noteOutputLaws(onChannels(usualChannels), 'drums')

  it('plays drums and clicks on the channel of General MIDI’s drums', () => {
    const { schedule, pass, sent } = playNotes(onChannels(usualChannels).create)
    schedule('drums', 36, 20, 60)
    schedule('click', 76, 120, 30)
    pass(500)
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([
      [0x99, 36, 80],
      [0x89, 36, 0],
      [0x99, 76, 80],
      [0x89, 76, 0],
    ])
  })

  it('tells every channel that is used to be silent, when everything is to be', () => {
    const { output, sent } = playNotes(onChannels(usualChannels).create)
    output.silence(null)
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([
      ...[9, 0, 1, 2].flatMap((channel) => [
        [0xb0 + channel, 123, 0],
        [0xb0 + channel, 121, 0],
        [0xe0 + channel, 0, 64],
      ]),
    ])
  })

  it('keeps the channels of an MPE zone: notes of one pitch, their bends, and the silence after them', () => {
    const { output, sent } = playNotes(onChannels(usualChannels).create)
    const sound = { type: 'sound', track: 'lead', pitch: 60, velocity: 90, gain: 1, by: 'human', key: 60 } as const
    for (const channel of [5, 6]) output.sound({ ...sound, channel })
    const bend = { kind: 'bend', value: 8191, semitones: 2 } as const
    output.express({ type: 'express', track: 'lead', expression: bend, channel: 6 })
    output.express({ type: 'express', track: 'lead', expression: bend })
    output.stop({ type: 'stop', track: 'lead', pitch: 60, channel: 5 })
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([
      [0x94, 60, 90],
      [0x95, 60, 90],
      [0xe5, 127, 127],
      [0xe2, 127, 127],
      [0x84, 60, 0],
    ])
    output.silence(null)
    expect(sent.map(({ bytes }) => [...bytes])).toEqual(
      expect.arrayContaining([
        [0xe5, 0, 64],
        [0xb5, 123, 0],
      ]),
    )
  })

  it('sends all that hands do to notes', () => {
    const { output, sent } = playNotes(onChannels(usualChannels).create)
    const expressions = [
      { kind: 'pressure', value: 5 },
      { kind: 'key-pressure', pitch: 60, value: 6 },
      { kind: 'control', controller: 1, value: 7 },
      { kind: 'program', program: 8 },
    ] as const
    for (const expression of expressions) output.express({ type: 'express', track: 'bass', expression })
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([
      [0xd0, 5],
      [0xa0, 60, 6],
      [0xb0, 1, 7],
      [0xc0, 8],
    ])
  })

  it('ends a note where it began, when its track is sent elsewhere meanwhile', () => {
    const outputs: string[] = []
    const { output, sound, stop, schedule, pass, sent } = playNotes((send, clock) => {
      const midi = createMidiOutput((name, bytes, at) => {
        outputs.push(name)
        send(bytes, at)
      }, clock)
      for (const track of ['bass', 'lead'] as const)
        midi.route(track, { output: 'Synth', channel: usualChannels[track] })
      return midi
    })
    sound('lead', 60)
    schedule('bass', 40, 0, 500)
    output.route('lead', { output: 'Other', channel: 5 })
    output.route('bass', null)
    sound('lead', 61)
    schedule('bass', 41, 0, 500)
    pass(1000)
    stop('lead', 60)
    stop('lead', 61)
    expect(sent.map(({ bytes }, index) => [outputs[index], ...bytes])).toEqual([
      ['Synth', 0x92, 60, 80],
      ['Synth', 0x90, 40, 80],
      ['Other', 0x94, 61, 80],
      ['Synth', 0x80, 40, 0],
      ['Synth', 0x82, 60, 0],
      ['Other', 0x84, 61, 0],
    ])
  })
})

describe('an output to MIDI with its tracks on one channel', () => {
  noteOutputLaws(onChannels({ ...usualChannels, drums: 1, lead: 1 }), 'drums')
})
