import { describe, expect, it } from 'vitest'
import { createFakeMidi } from '../../../test/fakes/midi.ts'
import { midiPortsLaws } from '../../../test/laws/midi-ports.ts'
import type { MidiPorts } from './ports.ts'
import { openWebMidi } from './web.ts'

/** A browser whose machine has inputs. */
async function browser(...inputs: string[]) {
  const midi = createFakeMidi()
  for (const input of inputs) midi.plugIn('input', input)
  return { midi, ports: (await openWebMidi(midi as unknown as Navigator)) as MidiPorts }
}

describe('the MIDI ports of a browser', () => {
  midiPortsLaws(async (...inputs) => {
    const { midi, ports } = await browser(...inputs)
    const sent = (output: string) =>
      midi.sent(output).map(({ bytes, timeStamp }): readonly [readonly number[], number] => [bytes, timeStamp])
    return { ...midi, ports, sent }
  })

  it('are asked for without system exclusive messages', async () => {
    const { midi } = await browser()
    expect(midi.asked).toHaveLength(1)
    expect(midi.asked[0]?.sysex ?? false).toBe(false)
  })

  it.each([
    ['NotAllowedError', /allow it beside the page's address/],
    ['SecurityError', /allow it beside the page's address/],
    ['InvalidStateError', /whether another program holds it/],
  ])('are a sentence on what to do about a %s', async (refusal, sentence) => {
    const midi = createFakeMidi()
    midi.refusal = refusal
    expect(await openWebMidi(midi as unknown as Navigator)).toEqual({ trouble: expect.stringMatching(sentence) })
    expect(await openWebMidi({} as Navigator)).toEqual({ trouble: expect.stringMatching(/^.*\.$/) })
  })

  it('give a message the time at which it came, however late they are told', async () => {
    const { midi, ports } = await browser('Keys')
    const times: number[] = []
    ports.listen('Keys', (_, timeStamp) => times.push(timeStamp))
    midi.play('Keys', [0x90, 60, 80], 2)
    expect(times).toEqual([2])
  })

  it('throw at nothing that can’t be sent', async () => {
    const { midi, ports } = await browser()
    midi.plugIn('output', 'Synth')
    ports.send('Synth', Uint8Array.from([0xf0, 0xf7]))
    expect(midi.sent('Synth')).toEqual([])
  })
})
