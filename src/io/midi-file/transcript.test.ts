import { describe, expect, it } from 'vitest'
import { Performer } from '../../../test/performer.ts'
import { transcribe } from '../../session/index.ts'
import { transcriptMidi } from './transcript.ts'

/** Whether a file has these bytes one after the other. */
const has = (file: Uint8Array, ...bytes: number[]) => `,${file.join()},`.includes(`,${bytes.join()},`)
const fileOf = ({ events }: Performer) => transcriptMidi(transcribe({ seed: 0, events }))

describe('a performance as a MIDI file', () => {
  it('has bends, pressure, controllers and programs, on the channel of the part and as they were played', () => {
    const performer = new Performer().do({ type: 'noteOn', pitch: 60, velocity: 90 })
    performer.do({ type: 'bend', value: 4096 }).do({ type: 'pressure', value: 9 })
    performer.do({ type: 'keyPressure', pitch: 60, value: 8 }).do({ type: 'control', controller: 1, value: 7 })
    const file = fileOf(performer.do({ type: 'program', program: 6 }).do({ type: 'noteOff', pitch: 60 }, 1))
    // Keys as played are on channel 1, the lead on 4.
    for (const channel of [0, 3]) {
      for (const message of [
        [0xe0 + channel, 0, 96],
        [0xd0 + channel, 9],
        [0xa0 + channel, 60, 8],
        [0xb0 + channel, 1, 7],
        [0xc0 + channel, 6],
      ])
        expect(has(file, ...message), `${message}`).toBe(true)
    }
  })

  it('keeps the channels of an MPE zone', () => {
    const performer = new Performer()
    for (const [controller = 0, value = 0] of [
      [101, 0],
      [100, 6],
      [6, 15],
    ]) {
      performer.do({ type: 'control', controller, value })
    }
    performer.do({ type: 'bend', value: 4096, channel: 7 }).do({ type: 'noteOn', pitch: 60, velocity: 90, channel: 7 })
    const file = fileOf(performer.do({ type: 'noteOff', pitch: 60, channel: 7 }, 1))
    expect(has(file, 0xe6, 0, 96, 0, 0x96, 60, 90)).toBe(true)
    expect(has(file, 0xb0, 6, 15)).toBe(true)
  })
})
