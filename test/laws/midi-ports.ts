import { expect, it, vi } from 'vitest'
import type { MidiMessage } from '../../src/devices/midi/message.ts'
import type { MidiPorts } from '../../src/devices/midi/ports.ts'

/** A machine whose cables are in a test's hands, and the ports that are opened on it. */
export type PortsOnMachine = {
  readonly ports: MidiPorts
  plugIn(kind: 'input' | 'output', name: string): void
  unplug(kind: 'input' | 'output', name: string): void
  play(input: string, bytes: readonly number[]): void
  /** What an output was sent, with its time stamps. */
  sent(output: string): (readonly [bytes: readonly number[], timeStampMs: number])[]
}

const keyDown = [0x90, 60, 80]
const down = { type: 'noteOn', pitch: 60, velocity: 80, channel: 1 }
const up = { type: 'noteOff', pitch: 60, channel: 1 }

/** Lets no time pass until the test is over: what is sent comes back at once, however busy the machine is. */
function stopTime(): void {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now())
}

/** The suite that every library's ports must pass. */
export function midiPortsLaws(open: (...inputs: string[]) => Promise<PortsOnMachine>): void {
  /** A machine with inputs, and everything that was heard. */
  async function machine(...inputs: string[]) {
    const made = await open(...inputs)
    const heard: [string, MidiMessage][] = []
    const listen = (input: string | null) => made.ports.listen(input, (message, _, port) => heard.push([port, message]))
    return { ...made, heard, listen }
  }

  it('hear every input, also one that comes later, but none that sends back what is sent', async () => {
    const { plugIn, play, heard, listen } = await machine('Keys', 'Midi Through Port-0', 'IAC Driver Bus 1', 'loopMIDI')
    listen(null)
    plugIn('input', 'Pads')
    for (const input of ['Keys', 'Pads', 'Midi Through Port-0', 'IAC Driver Bus 1', 'loopMIDI']) play(input, keyDown)
    expect(heard).toEqual([
      ['Keys', down],
      ['Pads', down],
    ])
  })

  it('never hear what they send, whichever input it comes back on', async () => {
    const { plugIn, play, ports } = await machine('Keys')
    stopTime()
    plugIn('output', 'Synth')
    plugIn('input', 'Return')
    const heard: [string, number][] = []
    ports.listen(null, (message, _, input) => {
      if (message.type !== 'noteOn') return
      heard.push([input, message.pitch])
      if (heard.length > 20) return
      ports.send('Synth', Uint8Array.of(0x90, message.pitch, message.velocity))
      play('Return', [0x90, message.pitch, message.velocity])
    })
    for (const pitch of [60, 64, 60]) play('Keys', [0x90, pitch, 80])
    expect(heard).toEqual([
      ['Keys', 60],
      ['Keys', 64],
      ['Keys', 60],
    ])
  })

  it('hear what is played on an input that sends back, too', async () => {
    const { plugIn, play, ports } = await machine('Synth keys')
    stopTime()
    plugIn('output', 'Synth')
    const heard: number[] = []
    ports.listen(null, (message) => void (message.type === 'noteOn' && heard.push(message.pitch)))
    const loop = (pitch: number) => {
      ports.send('Synth', Uint8Array.of(0x90, pitch, 80))
      play('Synth keys', [0x90, pitch, 80])
    }
    for (const pitch of [40, 41, 42]) loop(pitch)
    play('Synth keys', [0x90, 72, 80])
    for (const pitch of [43, 44]) loop(pitch)
    play('Synth keys', [0x90, 72, 90])
    // Three running show it.
    expect(heard).toEqual([40, 41, 72, 72])
  })

  it('hear a player who plays what a loop plays', async () => {
    const { plugIn, play, ports } = await machine('Keys')
    stopTime()
    plugIn('output', 'Synth')
    const heard: number[] = []
    ports.listen(null, (message) => void (message.type === 'noteOn' && heard.push(message.pitch)))
    for (const pitch of [60, 36, 62, 38, 64]) {
      if (pitch < 40) ports.send('Synth', Uint8Array.of(0x90, pitch, 80))
      play('Keys', [0x90, pitch, 80])
    }
    expect(heard).toEqual([60, 36, 62, 38, 64])
  })

  it('hear the one that is chosen, whatever it is, and with the time at which it came', async () => {
    const { play, ports } = await machine('Keys', 'Midi Through Port-0')
    const times: number[] = []
    ports.listen('Midi Through Port-0', (_, timeStamp) => times.push(timeStamp))
    play('Keys', keyDown)
    const before = performance.now()
    play('Midi Through Port-0', keyDown)
    expect(times).toHaveLength(1)
    expect(times[0]).toBeGreaterThanOrEqual(before)
    expect(times[0]).toBeLessThanOrEqual(performance.now())
  })

  it('hear a chosen input as soon as it is plugged in, and whenever it comes back', async () => {
    const { plugIn, unplug, play, heard, listen } = await machine()
    listen('Keys')
    plugIn('input', 'Keys')
    play('Keys', keyDown)
    unplug('input', 'Keys')
    plugIn('input', 'Keys')
    play('Keys', keyDown)
    expect(heard.map(([, message]) => message)).toEqual([down, up, down])
  })

  it('are heard by several at once, and by the others when one has enough', async () => {
    const { play, heard, listen } = await machine('Keys')
    const end = listen('Keys')
    listen(null)
    play('Keys', keyDown)
    end()
    play('Keys', [0x80, 60, 0])
    expect(heard.map(([, message]) => message)).toEqual([down, down, up, up])
  })

  it('let go of the keys and pedals that are held where an input is pulled', async () => {
    const { unplug, play, heard, listen } = await machine('Keys', 'Pads')
    listen(null)
    play('Keys', [0x91, 60, 80])
    play('Keys', [0x91, 64, 80])
    play('Keys', [0x91, 60, 0])
    play('Keys', [0xb1, 64, 127])
    play('Pads', keyDown)
    heard.length = 0
    unplug('input', 'Keys')
    expect(heard).toEqual([
      ['Keys', { type: 'noteOff', pitch: 64, channel: 2 }],
      ['Keys', { type: 'control', controller: 64, value: 0, channel: 2 }],
    ])
  })

  it('set controllers back where an input is pulled, on each channel that has moved one', async () => {
    const { unplug, play, heard, listen } = await machine('Keys')
    listen(null)
    play('Keys', [0xb0, 41, 127])
    play('Keys', [0xb3, 1, 30])
    play('Keys', [0xb5, 20, 9])
    play('Keys', [0xb5, 20, 0])
    heard.length = 0
    unplug('input', 'Keys')
    expect(heard.map(([, message]) => message)).toEqual(
      [1, 4].map((channel) => ({ type: 'control', controller: 121, value: 0, channel })),
    )
  })

  it('let go of what is held when they are listened to no more', async () => {
    const { play, heard, listen } = await machine('Keys')
    const end = listen('Keys')
    play('Keys', keyDown)
    end()
    play('Keys', keyDown)
    expect(heard).toEqual([
      ['Keys', down],
      ['Keys', up],
    ])
  })

  it('are listed where they are there and where they were, two of a name apart', async () => {
    const { plugIn, unplug, ports } = await machine('Keys', 'Keys', 'Pads')
    let changes = 0
    const end = ports.onChange(() => changes++)
    unplug('input', 'Pads')
    plugIn('output', 'Synth')
    expect(ports.inputs().map(({ id, connected }) => [id, connected])).toEqual([
      ['Keys', true],
      ['Keys 2', true],
      ['Pads', false],
    ])
    expect(ports.outputs().map(({ name }) => name)).toEqual(['Synth'])
    end()
    unplug('output', 'Synth')
    expect(changes).toBe(2)
  })

  it('are sent to while they are there, and the rest is lost without a word', async () => {
    const { plugIn, unplug, ports, sent } = await machine()
    const send = (timeStampMs: number) => ports.send('Synth', Uint8Array.from(keyDown), timeStampMs)
    send(1)
    plugIn('output', 'Synth')
    send(2)
    unplug('output', 'Synth')
    send(3)
    plugIn('output', 'Synth')
    send(4)
    expect(sent('Synth')).toEqual([
      [keyDown, 2],
      [keyDown, 4],
    ])
  })
}
