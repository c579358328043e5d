import { join, sep } from 'node:path'
import { isNamed, pathIn } from '../../src/cli/serve-command.ts'
import { createClockMatch } from '../../src/devices/bridge/clock-match.ts'
import { createHostEnd, type Lent } from '../../src/devices/bridge/host-end.ts'
import { createPageEnd } from '../../src/devices/bridge/page-end.ts'
import { createClockIn, createMidiInput, isHands, type MidiPorts } from '../../src/devices/midi/index.ts'
import { createOscInput, readOsc, refusalOf, writeOsc } from '../../src/devices/osc/index.ts'
import { type SessionInput, startSession, step } from '../../src/session/index.ts'
import type { ClockMessage } from '../../src/timing/index.ts'
import { feedHands, goodHands } from './hands.ts'
import { bytesOf, play, type Target, textOf } from './target.ts'

/** MIDI ports with one input and one output. */
const ports: MidiPorts = {
  inputs: () => [{ id: 'Keys', name: 'Keys', connected: true }],
  outputs: () => [{ id: 'Synth', name: 'Synth', connected: true }],
  onChange: () => () => {},
  listen: () => () => {},
  send(output, bytes, timeStampMs) {
    if (output !== 'Synth' || bytes.length > 3 || !(Number(timeStampMs) < 1e12))
      throw new Error('That message cannot be sent.')
  },
}

/** How many bytes of a stream are received: more of it is more of the same. */
const longestStream = 1000

const lent: Lent = {
  midi: ports,
  osc: { send: (bytes) => readOsc(bytes), leadMs: 0 },
  onOsc: () => () => {},
  wallClock: (timeStampMs) => timeStampMs,
}

/** What comes while somebody plays: from hands, clocks, the network and the page. */
export const live: readonly Target[] = [
  {
    name: 'live MIDI',
    good: () => [
      Uint8Array.of(0x90, 60, 90, 62, 91, 0xf8, 0xb0, 64, 127, 0x80, 60, 0, 0xc3, 7, 0xf0, 1, 2, 0xf7, 0xe0, 0, 64),
      // An MPE zone of three channels is made, and a note of it is bent.
      Uint8Array.of(0xb0, 101, 0, 100, 6, 6, 3, 0x91, 60, 90, 0xe1, 0, 80, 0xd1, 70, 0xb1, 74, 90, 0x81, 60, 0),
    ],
    feed(bytes) {
      const received: SessionInput[] = []
      const input = createMidiInput((message) => {
        if ('pitch' in message || message.type === 'control' || message.type === 'program') received.push(message)
      })
      const stream = bytes.subarray(0, longestStream)
      for (let at = 0; at < stream.length; at += 5) input.receive(stream.subarray(at, at + 5), at)
      input.letGo(stream.length)
      play(received)
    },
    errors: [],
  },
  {
    name: 'takes and zones',
    good: goodHands,
    feed: feedHands,
    errors: [],
  },
  {
    name: 'MIDI clock',
    good: () => [
      Uint8Array.of(0xfa, ...Array<number>(30).fill(0xf8), 0xfc, 0xf2, 16, 0, 0xfb, ...Array<number>(30).fill(0xf8)),
      Uint8Array.of(...Array<number>(30).fill(0xf8), 0xfa, ...Array<number>(30).fill(0xf8), 0xfa, 0xf8, 0xf8),
    ],
    feed(bytes) {
      let state = startSession(1)
      const dispatch = (input: SessionInput, ms: number) => {
        state = step(state, { ...input, at: Math.max(0, ms / 1000) } as Parameters<typeof step>[1]).state
      }
      const clock = createClockIn(
        {
          play: (ms) => dispatch({ type: 'run', action: 'play' }, ms),
          stop: (ms) => dispatch({ type: 'run', action: 'stop' }, ms),
          tempo: (value, ms) => dispatch({ type: 'set', setting: 'tempo', value }, ms),
          count: (bpm, past, ms) => dispatch({ type: 'clock', bpm, past }, ms),
        },
        { of: (ms) => ms / 1000 },
      )
      let received: ClockMessage[] = []
      const input = createMidiInput((message) => {
        if (!isHands(message)) received.push(message)
      })
      let ms = performance.now()
      for (const [place, byte] of bytes.subarray(0, longestStream).entries()) {
        // The bytes say when they come, too: early, late, or long after.
        ms += byte === 0xf8 ? 20 + (place % 3) : byte
        input.receive(Uint8Array.of(byte), ms)
        for (const message of received) clock.receive(message, ms, place % 7 === 0 ? 'Keys' : 'Drums')
        received = []
        clock.wake(state.transport)
      }
      const { tempo } = state.settings
      if (!(tempo >= 20 && tempo <= 400)) throw new Error(`It has a tempo of ${tempo}.`)
    },
    errors: [],
  },
  {
    name: 'OSC',
    good: () => [
      writeOsc([{ address: '/processnoteon', types: 'ss', values: ['60', '90'] }], [3_900_000_000, 7]),
      writeOsc([{ address: '/processnoteon', types: 'ii', values: [60, 90] }]),
      writeOsc([
        { address: '/tradefours/set/tempo', types: 'f', values: [97.5] },
        { address: '/tradefours/chart', types: 's', values: ['Dm7 | G7'] },
        { address: '/ccevent', types: 'iiii', values: [127, 41, 0, 1] },
      ]),
    ],
    feed(bytes) {
      const understand = createOscInput()
      const requests = readOsc(bytes).messages.flatMap((message) => {
        const found = understand(message)
        if (!found && refusalOf(message).length > 2000) throw new Error('It says too much.')
        return found ?? []
      })
      play(requests.filter((request): request is SessionInput => request.type !== 'report-all'))
    },
    errors: [],
  },
  {
    name: 'bridge, host',
    good: () => [
      bytesOf('{"type":"hear","input":"Keys"}'),
      bytesOf('{"type":"send","output":"Synth","bytes":[144,60,90,62,90],"at":12.5}'),
      bytesOf('{"type":"ping","asked":7}'),
      bytesOf('{"type":"osc","bytes":[47,97,0,0,44,0,0,0],"at":12.5}'),
    ],
    feed(bytes) {
      const end = createHostEnd(lent, () => {})
      end.receive(textOf(bytes))
      end.end()
    },
    errors: [],
  },
  {
    name: 'bridge, page',
    good: () => [
      bytesOf('{"type":"ports","inputs":["Keys","Pads"],"outputs":["Synth"]}'),
      bytesOf('{"type":"heard","input":"Keys","bytes":[144,60,90],"at":12.5}'),
      bytesOf('{"type":"pong","asked":7,"at":12.5,"unixMs":1e12}'),
      bytesOf('{"type":"osc-heard","address":"/tradefours/set/tempo","values":[97,"x",true,null],"at":12.5}'),
    ],
    feed(bytes) {
      const received: SessionInput[] = []
      const end = createPageEnd(() => {}, createClockMatch(), { begin() {}, receive: createOscInput() })
      end.ports.listen(null, (message) => 'pitch' in message && received.push(message))
      end.receive('{"type":"ports","inputs":["Keys"],"outputs":[]}')
      end.receive(textOf(bytes))
      end.lose()
      play(received)
    },
    errors: [],
  },
  {
    name: 'address',
    good: () =>
      ['/', '/weights/solo/config.json', '/../package.json', '/%2e%2e/%2e%2e/etc/passwd', '//a/..%5c'].map(bytesOf),
    feed(bytes) {
      const folder = join(sep, 'stage', sep)
      const path = pathIn(folder, textOf(bytes))
      if (path !== null && !path.startsWith(folder)) throw new Error(`It leads out, to ${path}.`)
      if (isNamed('127.0.0.1', `${textOf(bytes)}.example.org`)) throw new Error('It answers to another name.')
    },
    errors: [],
  },
]
