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
      [0xb9, 123, 0],
      [0xb0, 123, 0],
      [0xb1, 123, 0],
      [0xb2, 123, 0],
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
