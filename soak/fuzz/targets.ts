import { readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { chooseBass } from '../../src/cli/choose-bass.ts'
import { grooveMidi } from '../../src/cli/groove-midi.ts'
import { InputError } from '../../src/cli/input-error.ts'
import { loopWindow } from '../../src/cli/loop-window.ts'
import { isNamed, pathIn } from '../../src/cli/serve-command.ts'
import { songBass, songHits } from '../../src/cli/song-groove.ts'
import { createClockMatch } from '../../src/devices/bridge/clock-match.ts'
import { createHostEnd, type Lent } from '../../src/devices/bridge/host-end.ts'
import { createPageEnd } from '../../src/devices/bridge/page-end.ts'
import { createClockIn, createMidiInput, isHands, type MidiPorts } from '../../src/devices/midi/index.ts'
import { createOscInput, readOsc, refusalOf, writeOsc } from '../../src/devices/osc/index.ts'
import { fixedGroove } from '../../src/groove/index.ts'
import {
  createRecall,
  noPast,
  notesOf,
  PlayerError,
  portraitOf,
  portraitWords,
  readPlayer,
  writePlayer,
} from '../../src/improv/index.ts'
import { ChartError, readCharts, songOf } from '../../src/io/charts/index.ts'
import { MidiFileError, measureMap, readMidi } from '../../src/io/midi-file/index.ts'
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
import type { ClockMessage } from '../../src/timing/index.ts'
import { bundle, good } from '../../test/bundles.ts'
import { irealLink } from '../../test/charts.ts'
import { bank, midiBytes, named, notes, program, signature, tempo, walking } from '../../test/midi-bytes.ts'
import { zip } from '../../test/zip.ts'
import { feedHands, goodHands } from './hands.ts'

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

/** Everything that becomes of a MIDI file but the model's answer. */
function grooveOf(bytes: Uint8Array): void {
  const song = readMidi(bytes)
  const chosen = chooseBass(song, 'fuzz.mid')
  const { map } = measureMap(song.timeSignatures)
  const bass = songBass(chosen.part.notes, loopWindow(chosen.part, map, 'fuzz.mid', {}))
  const grooves = bass.runs.map((run) => fixedGroove(run.bass))
  const hits = songHits(bass, grooves, song.timeline)
  const written = readMidi(grooveMidi(chosen.part, bass, hits, song.timeline))
  const isWhole = [...bass.notes, ...hits].every(({ step, beat }) => Number.isInteger(step) && Number.isFinite(beat))
  if (!isWhole || written.parts.length === 0) throw new Error('The groove is broken.')
}

/** Reads charts in whatever format they are, and makes songs of them, which must be songs. */
async function feedCharts(bytes: Uint8Array, name: string): Promise<void> {
  const { songs } = await readCharts(bytes, name)
  for (const chart of songs.slice(0, 20)) readSongs(JSON.stringify(songOf(chart).song))
}

/** A chart of iReal Pro with every kind of token. */
const irealMusic =
  '{*AT44C^7 A-7 |SD-9,p,G7,|N1 x  |E-7(Bbo7) sA7,Ab7,|lr|  <3x>}        |N2n W/E Q][*BT34F#h7/C   |UY<*36Fine>f  ]<D.S. al Coda>[QC6   Z'

const score = `<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "aaaa">]>
<score-partwise><work><work-title>Ours &amp; &a;</work-title></work><part id="P1">
<measure number="0" implicit="yes"><attributes><divisions>2</divisions><time><beats>3+1</beats><beat-type>4</beat-type></time></attributes>
<note><duration>2</duration></note></measure>
<measure number="1"><barline location="left"><repeat direction="forward"/></barline>
<direction><direction-type><rehearsal>A</rehearsal></direction-type><direction-type><segno/></direction-type></direction>
<harmony><root><root-step>C</root-step><root-alter>1</root-alter></root><kind text="7">dominant</kind>
<bass><bass-step>E</bass-step></bass><degree><degree-value>9</degree-value><degree-alter>-1</degree-alter><degree-type>add</degree-type></degree>
<offset>2</offset></harmony><note><duration>8</duration></note><backup><duration>4</duration></backup>
<barline location="right"><ending number="1,2" type="stop"/><repeat direction="backward" times="3"/></barline></measure>
<measure number="2"><attributes><measure-style><measure-repeat type="start">1</measure-repeat></measure-style></attributes>
<direction><direction-type><words>D.S. al Coda</words></direction-type><sound tocoda="c" tempo="120"/></direction></measure>
</part></score-partwise>`

/** Every target. */
export const targets: readonly Target[] = [
  {
    name: 'MIDI file',
    good: () => ['bassline', 'seven', 'solo', 'twelve'].map((name) => file(`examples/${name}.mid`)),
    feed: readMidi,
    errors: [MidiFileError],
  },
  {
    name: 'MIDI file as a groove',
    good: () => [
      file('examples/seven.mid'),
      midiBytes(
        [
          { events: [signature(0, 1, 4), signature(480, 4, 4), signature(5760, 7, 8), tempo(0, 97), tempo(6000, 140)] },
          { events: [named('ベース'), program(0, 2, 33), ...walking(2, 24, [36, 38, 41])], end: 480 * 32 },
          { events: [bank(0, 11, 127), ...notes(11, [0, 0.1, 36], [1 / 3, 0.1, 42], [2 / 3, 0.1, 38])], length: 7 },
        ],
        2,
      ),
    ],
    feed: grooveOf,
    errors: [MidiFileError, InputError, RangeError],
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
    name: 'takes and zones',
    good: goodHands,
    feed: feedHands,
    errors: [],
  },
  {
    name: 'player',
    good: () => [
      bytesOf(
        writePlayer({
          name: 'Anna',
          evenings: [
            { id: 'a', day: '2026-11-29', notes: [] },
            {
              id: 'b',
              day: '2026-11-30',
              notes: [60, 63, 67, 70].map((pitch, index) => ({
                pitch,
                velocity: 80,
                since: index === 0 ? null : 0.5,
                beats: 0.25,
                place: index / 2,
                chord: index % 2 === 0 ? { root: 0, kind: 'minor' } : null,
              })),
            },
          ],
        }),
      ),
    ],
    feed(bytes) {
      const player = readPlayer(textOf(bytes))
      const words = portraitWords(portraitOf(player)).join(' ')
      const recall = createRecall(49)
      recall.learn(notesOf(player))
      const { mixed } = recall.ask(noPast, null, new Float64Array(49).fill(1 / 49))
      if (/NaN|Infinity/.test(words) || !mixed.every((chance) => chance >= 0)) throw new Error('The player is broken.')
      if (notesOf(readPlayer(writePlayer(player))).length !== notesOf(player).length) throw new Error('Notes are lost.')
    },
    errors: [PlayerError],
  },
  {
    name: 'MIDI clock',
    good: () => [
      Uint8Array.of(0xfa, ...Array<number>(30).fill(0xf8), 0xfc, 0xf2, 16, 0, 0xfb, ...Array<number>(30).fill(0xf8)),
      Uint8Array.of(...Array<number>(30).fill(0xf8), 0xfa, ...Array<number>(30).fill(0xf8), 0xfa, 0xf8, 0xf8),
    ],
    feed(bytes) {
      let state = startSession(1)
      const happen = (happening: Happening, ms: number) => {
        state = step(state, { ...happening, at: Math.max(0, ms / 1000) } as Parameters<typeof step>[1]).state
      }
      const clock = createClockIn(
        {
          play: (ms) => happen({ type: 'run', action: 'play' }, ms),
          stop: (ms) => happen({ type: 'run', action: 'stop' }, ms),
          tempo: (value, ms) => happen({ type: 'set', setting: 'tempo', value }, ms),
          count: (bpm, past, ms) => happen({ type: 'clock', bpm, past }, ms),
        },
        { of: (ms) => ms / 1000 },
      )
      let received: ClockMessage[] = []
      const input = createMidiInput((message) => {
        if (!isHands(message)) received.push(message)
      })
      let ms = performance.now()
      // More of a stream is more of the same.
      for (const [place, byte] of bytes.subarray(0, 1000).entries()) {
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
      play(requests.filter((request): request is Happening => request.type !== 'report-all'))
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
    name: 'iReal Pro',
    good: () => [
      bytesOf(irealLink([{ music: irealMusic }, { music: `T44${'C   |'.repeat(30)}` }], 'Ours')),
      bytesOf(`irealbook://Ours=Nobody=Swing=C=n=${irealMusic}`),
      bytesOf(`<html><a href="${irealLink([{ music: irealMusic }])}">Ours</a></html>`),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.html'),
    errors: [ChartError],
  },
  {
    name: 'MusicXML',
    good: () => [
      bytesOf(score),
      bytesOf(
        score
          .replaceAll('score-partwise', 'score-timewise')
          .replaceAll(/<part id="P1">|<\/part>/g, '')
          .replaceAll(/<measure number[^>]*>/g, '$&<part id="P1">')
          .replaceAll('</measure>', '</part></measure>'),
      ),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.musicxml'),
    errors: [ChartError],
  },
  {
    name: '.mxl',
    good: () => [
      zip({ 'META-INF/container.xml': '<c><rootfiles><rootfile full-path="o.xml"/></rootfiles></c>', 'o.xml': score }),
      zip({ 'o.xml': score }, 0),
      zip({ 'o.xml': score, 'n.mxl': zip({ 'o.xml': score }), 'p.xml': new Uint8Array(1 << 20) }),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.mxl'),
    errors: [ChartError],
  },
  {
    name: 'ChordPro',
    good: () => [
      bytesOf(
        '{title: Ours}\n{key: Em}\n{time: 3/4}\n{soc}\n[Em]la [N.C.]la [|] [C]la\n{eoc}\n{chorus}\n{ns}\n{t: Two}\n[C]la',
      ),
      bytesOf('{sog: 1+4x4+1}\nA |: C . F~G / |1 % . . . :|2 %% . | . . ||. x3\n{eog}\n{c: D.C. al Fine}'),
    ],
    feed: (bytes) => feedCharts(bytes, 'ours.cho'),
    errors: [ChartError],
  },
  {
    name: 'chart as text',
    good: () => [
      bytesOf(
        'Title: Ours\nMetre: 3/4\nKey: Bb\n[A] |: C / G7 | Segno F (b9) |1. % :|2. %% | x3\nBridge: N.C. | 2+2+3/8 C~F To Coda | D.S. al Coda\nCoda | C Fine ||',
      ),
    ],
    feed: (bytes) => feedCharts(bytes, ''),
    errors: [ChartError],
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
    feed: (bytes) => readBundle(bytes, 'fuzz'),
    errors: [CheckpointError],
  },
]
