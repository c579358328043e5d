import { afterEach, describe, expect, it, vi } from 'vitest'
import { createFakeMidiBackend } from '../../../test/fakes/midi-backend.ts'
import { midiPortsLaws } from '../../../test/laws/midi-ports.ts'
import { loadMidiBackend } from '../midi-backend/node.ts'
import { type Outlet, openMidiOutlet, type Place } from '../sender/outlet.ts'
import { encodeMidi, type MidiMessage } from './message.ts'
import { type NodeMidi, openNodeMidi } from './node.ts'

const closing: NodeMidi[] = []
afterEach(() => {
  for (const midi of closing.splice(0)) midi.end()
  vi.useRealTimers()
})

/** A machine with inputs, and a sender that writes down what it is told. */
async function machine(inputs: readonly string[], hasVirtualPorts = false) {
  const fake = createFakeMidiBackend()
  for (const input of inputs) fake.plugIn('input', input)
  const open = new Map<string, string>()
  const sent: { to: string; bytes: number[]; timeStampMs: number }[] = []
  const told: string[] = []
  const midi = await openNodeMidi({
    sender: {
      async open(name, target) {
        if (target.type === 'midi' && target.name === fake.held) return `${target.name} does not open.`
        open.set(name, target.type === 'udp' ? target.host : `${target.type} ${target.name}`)
        return null
      },
      close: (name) => void open.delete(name),
      send(name, bytes, timeStampMs = 0) {
        const to = open.get(name)
        if (to) sent.push({ to, bytes: [...bytes], timeStampMs })
      },
    },
    notify: (trouble) => told.push(trouble),
    load: async () => fake.backend,
    hasVirtualPorts,
  })
  if ('trouble' in midi) throw new Error(midi.trouble)
  closing.push(midi)
  return { fake, midi, open, sent, told }
}

describe('the MIDI ports of a machine', () => {
  midiPortsLaws(async (...inputs) => {
    const { fake, midi, sent } = await machine(inputs)
    return {
      ports: midi,
      play: fake.play,
      plugIn(kind, name) {
        fake.plugIn(kind, name)
        midi.look()
      },
      unplug(kind, name) {
        fake.unplug(kind, name)
        midi.look()
      },
      sent: (output) =>
        sent
          .filter(({ to }) => to === `midi ${output}`)
          .map(({ bytes, timeStampMs }): readonly [number[], number] => [bytes, timeStampMs]),
    }
  })

  it('come and go without being asked', async () => {
    vi.useFakeTimers()
    const { fake, midi } = await machine([])
    const changed = vi.fn()
    midi.onChange(changed)
    fake.plugIn('input', 'Keys')
    await vi.advanceTimersByTimeAsync(3000)
    expect(changed).toHaveBeenCalledTimes(1)
    expect(midi.inputs().map(({ id }) => id)).toEqual(['Keys'])
  })

  it('keep their names, whatever numbers a system gives them for the day', async () => {
    const { fake, midi } = await machine(['Keystation:Keystation MIDI 1 24:0'])
    const heard: string[] = []
    midi.listen('Keystation:Keystation MIDI 1', (_, __, input) => heard.push(input))
    fake.unplug('input', 'Keystation:Keystation MIDI 1 24:0')
    midi.look()
    fake.plugIn('input', 'Keystation:Keystation MIDI 1 28:0')
    midi.look()
    fake.play('Keystation:Keystation MIDI 1 28:0', [0x90, 60, 80])
    expect(heard).toEqual(['Keystation:Keystation MIDI 1'])
  })

  it('have two of our own for other programs, and never hear what we send', async () => {
    const { fake, midi, open } = await machine(['RtMidi Output Client:Tradefours 129:0'], true)
    midi.listen(null, () => {})
    expect([midi.inputs(), midi.outputs()].map((ports) => ports.map(({ id }) => id))).toEqual([
      ['Tradefours'],
      ['Tradefours'],
    ])
    expect(fake.opened()).toEqual(['input virtual Tradefours'])
    expect([...open.values()]).toEqual(['virtual-midi Tradefours'])
  })

  it.each([
    ['RtMidi’s own port', (_: string) => 'RtMidi Output Client:RtMidi Output 130:0'],
    ['a port of the same name', (output: string) => output],
    ['a port of any name', (_: string) => 'Monitor of everything 20:0'],
  ])('never hear what they send, though it can be read on %s', async (_, readableAs) => {
    // The guard goes by the moment at which something leaves: a test on a busy machine may stall between two of them.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now())
    const fake = createFakeMidiBackend(readableAs)
    fake.plugIn('input', 'Keys')
    fake.plugIn('output', 'Synth')
    const outlets = new Map<string, Outlet>()
    const opened = await openNodeMidi({
      sender: {
        async open(name, target) {
          outlets.set(name, openMidiOutlet(fake.backend, target as Extract<Place, { name: string }>))
          return null
        },
        close: (name) => outlets.get(name)?.close(),
        send: (name, bytes) => outlets.get(name)?.send(bytes),
      },
      notify: () => {},
      load: async () => fake.backend,
      hasVirtualPorts: false,
    })
    const midi = opened as NodeMidi
    closing.push(midi)
    const played: number[][] = []
    const echo = (message: MidiMessage) => {
      const bytes = [...encodeMidi(message)]
      played.push(bytes)
      // As a host does: what hands play is sent on.
      if (played.length < 300) midi.send('Synth', Uint8Array.from(bytes))
    }
    midi.listen(null, echo)
    midi.send('Synth', Uint8Array.of(0xb0, 7, 100))
    midi.look()
    const hands = [
      [0x90, 60, 80],
      [0x80, 60, 0],
      [0x90, 62, 81],
      [0x90, 60, 80],
    ]
    for (const bytes of hands) fake.play('Keys', bytes)
    expect(played).toEqual(hands)
    expect(fake.sent('Synth').slice(-hands.length)).toEqual(hands)
  })

  it('are not those that other programs have opened for themselves', async () => {
    const { fake, midi } = await machine([
      'RtMidiOut Client:RtMidi output 131:0',
      'RtMidi Output Client:Sequencer 132:0',
    ])
    fake.plugIn('output', 'RtMidi Input Client:RtMidi Input 133:0')
    midi.look()
    expect([midi.inputs(), midi.outputs()].map((ports) => ports.map(({ id }) => id))).toEqual([
      ['RtMidi Output Client:Sequencer'],
      [],
    ])
  })

  it('come back by themselves where a cable was out for 0.3 s, and its keys are let go', async () => {
    vi.useFakeTimers()
    const { fake, midi, open, sent } = await machine(['Keys'])
    fake.plugIn('output', 'Synth')
    await vi.advanceTimersByTimeAsync(1000)
    const heard: string[] = []
    midi.listen(null, ({ type }) => heard.push(type))
    midi.send('Synth', Uint8Array.of(0x90, 60, 80))
    fake.play('Keys', [0x90, 60, 80])
    for (const kind of ['input', 'output'] as const) fake.unplug(kind, kind === 'input' ? 'Keys' : 'Synth')
    await vi.advanceTimersByTimeAsync(300)
    expect(heard).toEqual(['noteOn', 'noteOff'])
    expect([...open]).toEqual([])
    for (const kind of ['input', 'output'] as const) fake.plugIn(kind, kind === 'input' ? 'Keys' : 'Synth')
    await vi.advanceTimersByTimeAsync(300)
    fake.play('Keys', [0x90, 62, 80])
    midi.send('Synth', Uint8Array.of(0x90, 62, 80))
    expect(heard).toEqual(['noteOn', 'noteOff', 'noteOn'])
    expect(sent.at(-1)).toMatchObject({ to: 'midi Synth', bytes: [0x90, 62, 80] })
  })

  it('give a message the time at which it came, though the thread was busy then', async () => {
    const { fake, midi } = await machine(['Keys'])
    const times: number[] = []
    midi.listen('Keys', (_, at) => times.push(at))
    const now = vi.spyOn(performance, 'now')
    now.mockReturnValue(1000)
    fake.play('Keys', [0x90, 60, 80])
    now.mockReturnValue(2300)
    fake.play('Keys', [0x90, 60, 80], 0.6)
    fake.play('Keys', [0x90, 60, 80], 0.6)
    now.mockRestore()
    expect(times.map(Math.round)).toEqual([1000, 1600, 2201])
  })

  it('say nothing where they are only looked at', async () => {
    const told: string[] = []
    let answer: (trouble: string | null) => void = () => {}
    const midi = await openNodeMidi({
      sender: {
        open: () => new Promise((resolve) => (answer = resolve)),
        close() {},
        send() {},
      },
      notify: (trouble) => told.push(trouble),
      load: async () => createFakeMidiBackend().backend,
      hasVirtualPorts: true,
    })
    if ('end' in midi) midi.end()
    answer('Nothing can be sent any more: start Tradefours again.')
    await Promise.resolve()
    expect(told).toEqual([])
  })

  it('are opened once, and only when they are used, for other programs want them too', async () => {
    const { fake, midi, open } = await machine(['Keys'])
    fake.plugIn('output', 'Synth')
    midi.look()
    expect([fake.opened(), [...open]]).toEqual([[], []])
    const ends = [midi.listen('Keys', () => {}), midi.listen(null, () => {})]
    midi.send('Synth', Uint8Array.of(0xf8))
    expect([fake.opened(), [...open.values()]]).toEqual([['input Keys'], ['midi Synth']])
    for (const end of ends) end()
    expect(fake.opened()).toEqual([])
  })

  it('say in a sentence which of them another program holds', async () => {
    const { fake, midi, told } = await machine(['Keys'])
    fake.held = 'Keys'
    midi.listen('Keys', () => {})
    expect(told).toEqual([expect.stringMatching(/^The MIDI input Keys stays silent: .*\.$/)])
    fake.plugIn('output', 'Synth')
    midi.look()
    fake.held = 'Synth'
    midi.send('Synth', Uint8Array.of(0xf8))
    await vi.waitFor(() => expect(told).toHaveLength(2))
  })

  it('open once the other program lets go, and say only once that they did not', async () => {
    const { fake, midi, open, told } = await machine(['Keys'])
    fake.plugIn('output', 'Synth')
    midi.look()
    const send = async () => {
      midi.send('Synth', Uint8Array.of(0xf8))
      await Promise.resolve()
      midi.look()
    }
    fake.held = 'Keys'
    midi.listen('Keys', () => {})
    midi.look()
    expect([fake.opened(), told.length]).toEqual([[], 1])
    fake.held = 'Synth'
    midi.look()
    await send()
    await send()
    expect([fake.opened(), [...open], told.length]).toEqual([['input Keys'], [], 2])
    fake.held = null
    await send()
    expect([fake.opened(), [...open.values()], told.length]).toEqual([['input Keys'], ['midi Synth'], 2])
  })

  it('are all opened anew where one of several of a name goes, for nobody knows which', async () => {
    const { fake, midi, open } = await machine(['Keys', 'Keys'])
    for (const name of ['Synth', 'Synth', 'Other']) fake.plugIn('output', name)
    midi.look()
    const heard: [string, string][] = []
    midi.listen(null, ({ type }, _, input) => heard.push([type, input]))
    for (const output of ['Synth', 'Synth 2', 'Other']) midi.send(output, Uint8Array.of(0xf8))
    fake.play('Keys', [0x90, 60, 80])
    fake.unplug('input', 'Keys')
    fake.unplug('output', 'Synth')
    midi.look()
    expect(heard.slice(2)).toEqual([
      ['noteOff', 'Keys'],
      ['noteOff', 'Keys 2'],
    ])
    expect([fake.opened(), [...open.values()]]).toEqual([['input Keys'], ['midi Other']])
    midi.send('Synth', Uint8Array.of(0xf8))
    expect([...open.keys()]).toEqual(['MIDI Other 0', 'MIDI Synth 0'])
  })

  it('are a sentence where there is no library, or no MIDI', async () => {
    const options = { sender: { open: async () => null, close: () => {}, send: () => {} }, notify: () => {} }
    const missing = await openNodeMidi({ ...options, load: () => Promise.reject(new Error('Cannot find package')) })
    expect(missing).toEqual({ trouble: expect.stringContaining('npm install @julusian/midi') })
    class Refusing {
      constructor() {
        throw new Error('Failed to initialise RtMidi')
      }
    }
    const refused = await openNodeMidi({
      ...options,
      load: async () => ({ Input: Refusing, Output: Refusing }) as never,
    })
    expect(refused).toEqual({ trouble: expect.stringMatching(/^This system has no MIDI: .*\.$/) })
  })

  it('are those of the real library, or its trouble is a sentence', async () => {
    const { Input } = await loadMidiBackend()
    expect(Input.prototype).toHaveProperty('openVirtualPort')
    const options = { sender: { open: async () => null, close: () => {}, send: () => {} }, notify: () => {} }
    const midi = await openNodeMidi({ ...options, hasVirtualPorts: false })
    if ('trouble' in midi) expect(midi.trouble).toMatch(/^This system has no MIDI: .*\.$/)
    else {
      closing.push(midi)
      expect(midi.inputs()).toBeInstanceOf(Array)
    }
  })
})

describe('a MIDI output of the sender', () => {
  const noteOn = Uint8Array.of(0x90, 60, 80)

  it('ends what sounds when it is opened, sends, and is closed', () => {
    const fake = createFakeMidiBackend()
    for (const name of ['Synth', 'Synth', 'Other']) fake.plugIn('output', name)
    const outlet = openMidiOutlet(fake.backend, { type: 'midi', name: 'Other', nth: 0 })
    outlet.send(noteOn)
    expect(fake.sent('Other').slice(0, 48)).toEqual(
      Array.from({ length: 16 }, (_, channel) => [
        [0xb0 + channel, 123, 0],
        [0xb0 + channel, 121, 0],
        [0xe0 + channel, 0, 64],
      ]).flat(),
    )
    expect(fake.sent('Other').at(-1)).toEqual([...noteOn])
    outlet.close()
    expect(fake.opened()).toEqual([])
    openMidiOutlet(fake.backend, { type: 'virtual-midi', name: 'Tradefours' }).send(noteOn)
    expect(fake.sent('virtual Tradefours').at(-1)).toEqual([...noteOn])
  })

  it('throws where it is gone or held, and leaves nothing open', () => {
    const fake = createFakeMidiBackend()
    fake.plugIn('output', 'Synth')
    fake.held = 'Synth'
    for (const [name, nth] of [
      ['Synth', 0],
      ['Synth', 1],
      ['Keys', 0],
    ] as const) {
      expect(() => openMidiOutlet(fake.backend, { type: 'midi', name, nth })).toThrow()
    }
    expect(fake.opened()).toEqual([])
  })
})
