import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isNamed, pathIn } from '../../src/cli/serve-command.ts'
import { createClockMatch } from '../../src/devices/bridge/clock-match.ts'
import { createHostEnd, type Lent } from '../../src/devices/bridge/host-end.ts'
import { createPageEnd } from '../../src/devices/bridge/page-end.ts'
import { createMidiInput, type MidiPorts } from '../../src/devices/midi/index.ts'
import { createOscInput, readOsc, writeOsc } from '../../src/devices/osc/index.ts'
import { MidiFileError, readMidi } from '../../src/io/midi-file/index.ts'
import { CheckpointError, type CheckpointFiles, readBundle, readMagentaJs } from '../../src/models/index.ts'
import { parseChart, parseMetre } from '../../src/music/index.ts'
import {
  type Happening,
  PerformanceError,
  readBindings,
  readPerformance,
  readSongs,
  replay,
  SongError,
  startSession,
  step,
} from '../../src/session/index.ts'
import { bundle, good } from '../../test/bundles.ts'

/** Something that reads input from outside. */
export type Target = {
  readonly name: string
  /** Good inputs, which are then mutated. */
  readonly good: () => Uint8Array[]
  /** Reads an input. It may throw one of `errors`; anything else is a finding. */
  readonly feed: (bytes: Uint8Array) => unknown
  /** The errors that tell of bad input. */
  readonly errors: readonly (new (
    ...args: never[]
  ) => Error)[]
}

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url))
const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** A checkpoint's folder, from bytes with its files one after the other, each behind its length. */
function folderOf(bytes: Uint8Array): CheckpointFiles {
  const parts: Uint8Array[] = []
  let at = 0
  while (at + 4 <= bytes.length && parts.length < 3) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
    parts.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const [config, manifest, shard] = parts
  const files: Record<string, Uint8Array | undefined> = { 'config.json': config, 'weights_manifest.json': manifest }
  return {
    name: 'folder',
    read: async (name, limit) => (name in files ? files[name] : shard)?.subarray(0, limit) ?? null,
  }
}

/** A checkpoint's files as such bytes. */
function packed(folder: string): Uint8Array {
  const parts = ['config.json', 'weights_manifest.json', 'group1-shard1of1'].map((name) => file(`${folder}/${name}`))
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}

/** Sends events to a session, which must never throw. */
function play(happenings: readonly Happening[]): void {
  let state = startSession(1)
  for (const [index, happening] of happenings.entries()) {
    state = step(state, { ...happening, at: index / 100 } as Parameters<typeof step>[1]).state
  }
}

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

const lent: Lent = {
  midi: ports,
  osc: { send: (bytes) => readOsc(bytes), leadMs: 0 },
  onOsc: () => () => {},
  wallClock: (timeStampMs) => timeStampMs,
}

/** Every target. */
export const targets: readonly Target[] = [
  {
    name: 'MIDI file',
    good: () => ['bassline', 'seven', 'solo', 'twelve'].map((name) => file(`examples/${name}.mid`)),
    feed: readMidi,
    errors: [MidiFileError],
  },
  {
    name: 'live MIDI',
    good: () => [
      Uint8Array.of(0x90, 60, 90, 62, 91, 0xf8, 0xb0, 64, 127, 0x80, 60, 0, 0xc3, 7, 0xf0, 1, 2, 0xf7, 0xe0, 0, 64),
    ],
    feed(bytes) {
      const received: Happening[] = []
      const input = createMidiInput((message) => {
        if ('pitch' in message || message.type === 'control' || message.type === 'program') received.push(message)
      })
      for (let at = 0; at < bytes.length; at += 5) input.receive(bytes.subarray(at, at + 5), at)
      input.letGo(bytes.length)
      play(received)
    },
    errors: [],
  },
  {
    name: 'OSC',
    good: () => [
      writeOsc([{ address: '/processnoteon', types: 'ii', values: [60, 90] }]),
      writeOsc([
        { address: '/tradefours/set/tempo', types: 'f', values: [97.5] },
        { address: '/tradefours/chart', types: 's', values: ['Dm7 | G7'] },
        { address: '/ccevent', types: 'iiii', values: [127, 41, 0, 1] },
      ]),
    ],
    feed(bytes) {
      const understand = createOscInput()
      const wishes = readOsc(bytes).messages.flatMap((message) => understand(message) ?? [])
      play(wishes.filter((wish): wish is Happening => wish.type !== 'report-all'))
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
      const received: Happening[] = []
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
  {
    name: 'performance',
    good: () => [
      bytesOf(
        [
          { format: 'tradefours-performance', version: 1, seed: 7 },
          { type: 'act', action: 'record-bass', at: 0.5 },
          { type: 'noteOn', pitch: 36, velocity: 90, at: 1 },
          { type: 'noteOff', pitch: 36, at: 1.4 },
          { type: 'metre', metre: '7/8', at: 2 },
          { type: 'chart', chart: 'Dm7 | G7', at: 2.5 },
          { type: 'control', controller: 64, value: 127, at: 3 },
        ]
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      ),
    ],
    feed(bytes) {
      for (const { state } of replay(readPerformance(textOf(bytes)))) if (!state) throw new Error('It has no state.')
    },
    errors: [PerformanceError],
  },
  {
    name: 'song',
    good: () => ['soloist', 'set-list', 'odd-metres'].map((name) => file(`examples/songs/${name}.json`)),
    feed: (bytes) =>
      play([
        { type: 'setList', songs: readSongs(textOf(bytes)) },
        { type: 'run', action: 'play' },
      ]),
    errors: [SongError],
  },
  {
    name: 'controls',
    good: () => [bytesOf('{"cc 41": "play", "note 36 ch 10": {"action": "measures", "by": 1}, "program": null}')],
    feed: (bytes) => readBindings(textOf(bytes)),
    errors: [SongError],
  },
  {
    name: 'chart',
    good: () => [
      bytesOf('Dm7 G7 | Cmaj7 | % | Bbm7b5/Eb E7#9 |'),
      bytesOf('[A] |: C∆7 / F#ø (b9) |1. G7sus4(b9,b13)/D :| x3 |2. A-7 . N.C. ||\nB: C69 | x2\n'),
      bytesOf('German: H7 | B x4 | Es'),
    ],
    feed: (bytes) => parseChart(textOf(bytes)),
    errors: [RangeError],
  },
  {
    name: 'metre',
    good: () => [bytesOf('2+2+3/8'), bytesOf('7/16')],
    feed: (bytes) => parseMetre(textOf(bytes)),
    errors: [RangeError],
  },
  {
    name: 'checkpoint',
    good: () => [packed('weights/feel')],
    feed: (bytes) => readMagentaJs(folderOf(bytes)),
    errors: [CheckpointError],
  },
  {
    name: '.mag bundle',
    good: () => [bundle(good)],
    feed: (bytes) => readBundle('fuzz', bytes),
    errors: [CheckpointError],
  },
]
