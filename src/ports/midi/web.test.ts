import { describe, expect, it } from 'vitest'
import { createFakeMidi } from '../../testing/fake-midi.ts'
import type { MidiMessage } from './message.ts'
import type { MidiPorts } from './ports.ts'
import { openWebMidi } from './web.ts'

/** A browser whose machine has two keyboards and a synthesiser, and everything that was heard. */
async function browser(...inputs: string[]) {
  const midi = createFakeMidi()
  for (const input of inputs) midi.plugIn('input', input)
  const ports = (await openWebMidi(midi as unknown as Navigator)) as MidiPorts
  const heard: [string, MidiMessage][] = []
  const listen = (input: string | null) => ports.listen(input, (message, _, port) => heard.push([port, message]))
  return { midi, ports, heard, listen }
}

const keyDown = [0x90, 60, 80]
const down = { type: 'noteOn', pitch: 60, velocity: 80, channel: 1 }
const up = { type: 'noteOff', pitch: 60, channel: 1 }

describe('MIDI in the browser', () => {
  it('asks for no system exclusive messages', async () => {
    const { midi } = await browser()
    expect(midi.asked).toHaveLength(1)
    expect(midi.asked[0]?.sysex ?? false).toBe(false)
  })

  it.each([
    ['NotAllowedError', /allow it beside the page's address/],
    ['SecurityError', /allow it beside the page's address/],
    ['InvalidStateError', /whether another program holds it/],
  ])('says in a sentence what to do about a %s', async (refusal, sentence) => {
    const midi = createFakeMidi()
    midi.refusal = refusal
    expect(await openWebMidi(midi as unknown as Navigator)).toEqual({ trouble: expect.stringMatching(sentence) })
    expect(await openWebMidi({} as Navigator)).toEqual({ trouble: expect.stringMatching(/^.*\.$/) })
  })

  it('hears every input, also one that comes later, but none that sends back what is sent', async () => {
    const { midi, heard, listen } = await browser('Keys', 'Midi Through Port-0', 'IAC Driver Bus 1', 'loopMIDI Port')
    listen(null)
    midi.plugIn('input', 'Pads')
    for (const input of ['Keys', 'Pads', 'Midi Through Port-0', 'IAC Driver Bus 1', 'loopMIDI Port']) {
      midi.play(input, keyDown)
    }
    expect(heard).toEqual([
      ['Keys', down],
      ['Pads', down],
    ])
  })

  it('hears the one that is chosen, whatever it is, and with the time at which it came', async () => {
    const { midi, ports } = await browser('Keys', 'Midi Through Port-0')
    const times: number[] = []
    ports.listen('Midi Through Port-0', (_, timeStamp) => times.push(timeStamp))
    midi.play('Keys', keyDown, 1)
    midi.play('Midi Through Port-0', keyDown, 2)
    expect(times).toEqual([2])
  })

  it('hears a chosen input as soon as it is plugged in, and whenever it comes back', async () => {
    const { midi, heard, listen } = await browser()
    listen('Keys')
    midi.plugIn('input', 'Keys')
    midi.play('Keys', keyDown)
    midi.unplug('input', 'Keys')
    midi.plugIn('input', 'Keys')
    midi.play('Keys', keyDown)
    expect(heard.map(([, message]) => message)).toEqual([down, up, down])
  })

  it('lets go of the keys and pedals that are held where an input is pulled', async () => {
    const { midi, heard, listen } = await browser('Keys', 'Pads')
    listen(null)
    midi.play('Keys', [0x91, 60, 80])
    midi.play('Keys', [0x91, 64, 80, 60, 0])
    midi.play('Keys', [0xb1, 64, 127])
    midi.play('Pads', keyDown)
    heard.length = 0
    midi.unplug('input', 'Keys')
    expect(heard).toEqual([
      ['Keys', { type: 'noteOff', pitch: 64, channel: 2 }],
      ['Keys', { type: 'control', controller: 64, value: 0, channel: 2 }],
    ])
  })

  it('lets go of what is held when it is listened to no more', async () => {
    const { midi, heard, listen } = await browser('Keys')
    const end = listen('Keys')
    midi.play('Keys', keyDown)
    end()
    midi.play('Keys', keyDown)
    expect(heard).toEqual([
      ['Keys', down],
      ['Keys', up],
    ])
  })

  it('lists the ports that are there and those that were, two of a name apart', async () => {
    const { midi, ports } = await browser('Keys', 'Keys', 'Pads')
    let changes = 0
    const end = ports.onChange(() => changes++)
    midi.unplug('input', 'Pads')
    midi.plugIn('output', 'Synth')
    expect(ports.inputs().map(({ id, connected }) => [id, connected])).toEqual([
      ['Keys', true],
      ['Keys 2', true],
      ['Pads', false],
    ])
    expect(ports.outputs().map(({ name }) => name)).toEqual(['Synth'])
    end()
    midi.unplug('output', 'Synth')
    expect(changes).toBe(2)
  })

  it('sends to an output while it is there, and loses the rest without a word', async () => {
    const { midi, ports } = await browser()
    const send = () => ports.send('Synth', Uint8Array.from(keyDown), 7)
    send()
    midi.plugIn('output', 'Synth')
    send()
    midi.unplug('output', 'Synth')
    send()
    midi.plugIn('output', 'Synth')
    send()
    ports.send('Synth', Uint8Array.from([0xf0, 0xf7]))
    expect(midi.sent('Synth').map(({ bytes, timeStamp }) => [bytes, timeStamp])).toEqual([
      [keyDown, 7],
      [keyDown, 7],
    ])
  })
})
