import { describe, expect, it } from 'vitest'
import {
  expectSilenceInTheEnd,
  type Instruments,
  noteOutputLaws,
  playNotes,
  standStill,
} from '../../../test/laws/note-output.ts'
import { type Drum, drumPitch } from '../../music/index.ts'
import type { NoteOutput } from '../note-output.ts'
import { sentAheadMs } from '../time-stamp.ts'
import { createOscOutput, trackVoices } from './osc-output.ts'
import { readOsc, type TimeTag, unixMsOf } from './packet.ts'

/** Where the wall clock begins in these tests. */
const begun = 1_800_000_000_000

/** When a packet says that it is due, from {@link begun}; null for a plain message, which is for at once. */
function tagged(bytes: Uint8Array): number | null {
  if (bytes[0] !== '#'.charCodeAt(0)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const tag: TimeTag = [view.getUint32(8), view.getUint32(12)]
  return tag[0] === 0 ? null : unixMsOf(tag) - begun
}

/** Outputs whose bundles leave so much before their moment, and how SuperCollider reads them. */
function ahead(leadMs: number): Instruments<NoteOutput> {
  const voices = [...trackVoices.values()]
  return {
    create: (send, clock) => createOscOutput(send, clock, (timeStampMs) => begun + timeStampMs, { leadMs }),
    read: (bytes) =>
      readOsc(bytes).messages.flatMap(({ address, values: [pitch, velocity] }) => {
        const voice = voices.find(({ play, stop }) => address === play || address === stop)
        if (voice === undefined) return []
        const isEnd = address === voice.stop
        return [{ voice: voice.play, pitch: Number(pitch), velocity: isEnd ? null : Number(velocity) }]
      }),
    endsAll: true,
    voiceOf: (track) => trackVoices.get(track)?.play ?? '',
  }
}

/** An output, and what SuperCollider gets of it. */
function setUp(leadMs = 0) {
  const player = playNotes(ahead(leadMs).create)
  /** The moment, and the message, in the order in which they arrive. */
  const told = () =>
    player
      .inTurn()
      .flatMap(({ bytes, at }) =>
        readOsc(bytes).messages.map(({ address, values }): [number, string] => [at, [address, ...values].join(' ')]),
      )
  return { ...player, told }
}

standStill()

describe('an output by ML-Jam’s addresses', () => {
  it('sends what hands do to notes to addresses of our own', () => {
    const { output, told } = setUp()
    const express = { type: 'express', track: 'lead' } as const
    output.express({ ...express, expression: { kind: 'bend', value: -4096, semitones: -1 } })
    output.express({ ...express, expression: { kind: 'key-pressure', pitch: 60, value: 9 }, channel: 4 })
    output.express({ ...express, expression: { kind: 'control', controller: 1, value: 64 } })
    expect(told().map(([, message]) => message)).toEqual([
      '/tradefours/express/bend lead -1',
      '/tradefours/express/key-pressure lead 60 9 4',
      '/tradefours/express/control lead 1 64',
    ])
  })

  noteOutputLaws(ahead(0), 'bass')

  it('has an address for each track to begin on, and one to end on, and sends keys plainly', () => {
    const { sound, stop, pass, told, sent } = setUp()
    const tracks = ['bass', 'chords', 'lead'] as const
    for (const track of tracks) sound(track, 40)
    pass(100)
    for (const track of tracks) stop(track, 40)
    expect(told().map(([, what]) => what)).toEqual([
      '/playbass 40 80',
      '/playchords 40 80',
      '/playwurly 40 80',
      '/playthru 40 80',
      '/stopbass 40 0',
      '/stopchords 40 0',
      '/stopnote 40 0',
      '/stopwurly 40 0',
      '/stopthru 40 0',
    ])
    expect(sent.every(({ bytes }) => tagged(bytes) === null)).toBe(true)
  })

  it('ends a key that is struck again in the same packet, by every name, before it begins', () => {
    const { sound, sent } = setUp()
    sound('lead', 40)
    sound('lead', 40)
    expect(readOsc(sent.at(-1)?.bytes ?? new Uint8Array()).messages.map(({ address }) => address)).toEqual([
      '/stopnote',
      '/stopwurly',
      '/stopthru',
      '/playwurly',
      '/playthru',
    ])
  })

  it('plays loops in bundles that say their moments, and sends them then', () => {
    const { schedule, pass, told, sent } = setUp()
    const start = performance.now()
    schedule('bass', 40, 120, 300)
    schedule('chords', 60, 20, 2000)
    pass(3000)
    expect(told()).toEqual([
      [start + 20, '/playchords 60 80'],
      [start + 120, '/playbass 40 80'],
      [start + 420, '/stopbass 40 0'],
      [start + 2020, '/stopchords 60 0'],
    ])
    for (const { bytes, at, sentAt } of sent) {
      expect(tagged(bytes)).toBeCloseTo(at, 3)
      expect(at - sentAt).toBeLessThanOrEqual(sentAheadMs)
    }
  })

  it('sends bundles earlier to whoever waits for their time', () => {
    const leadMs = 40
    const { schedule, pass, sent } = setUp(leadMs)
    const start = performance.now()
    schedule('bass', 40, 120, 300)
    pass(1000)
    expect(sent.map(({ bytes }) => tagged(bytes))).toEqual([120, 420].map((ms) => expect.closeTo(start + ms, 3)))
    expect(sent.map(({ at }) => at)).toEqual([80, 380].map((ms) => start + ms))
  })

  it('strikes every drum and click by its name, and ends none', () => {
    const { schedule, pass, told } = setUp()
    const strokes: Record<Drum, string> = {
      kick: '/playkick',
      snare: '/playsnare',
      'closed-hat': '/playclhat',
      'open-hat': '/playophat',
      'low-tom': '/playlowtom',
      'mid-tom': '/playmidtom',
      'high-tom': '/playhightom',
      crash: '/playcrash',
      ride: '/playride',
    }
    let inMs = 1
    for (const drum of Object.keys(strokes) as Drum[]) schedule('drums', drumPitch(drum), inMs++, 60, { drum })
    for (const click of ['loop', 'bar', 'beat'] as const) schedule('click', 76, inMs++, 60, { click })
    pass(500)
    const clicks = ['/playclick0 80', '/playclick1 80', '/playclick2 80']
    expect(told().map(([, what]) => what)).toEqual([
      ...Object.values(strokes).map((address) => `${address} 80`),
      ...clicks,
    ])
  })

  it('ends a pitch that is struck again first, in the same bundle', () => {
    const { schedule, pass, told, sent } = setUp()
    schedule('bass', 40, 20, 200)
    schedule('bass', 40, 120, 100)
    pass(400)
    expect(told().map(([, what]) => what)).toEqual([
      '/playbass 40 80',
      '/stopbass 40 0',
      '/playbass 40 80',
      '/stopbass 40 0',
    ])
    expect(sent).toHaveLength(3)
  })

  it('stops what rings and all notes that are passed on by MIDI, when everything is to be silent', () => {
    const { output, schedule, pass, told } = setUp()
    schedule('drums', 49, 1, 60, { drum: 'crash' })
    schedule('bass', 40, 1, 9000)
    pass(1000)
    const start = performance.now()
    output.silence(null)
    output.silence(null)
    expect(told().slice(2)).toEqual([
      [start, '/stopbass 40 0'],
      [start, '/stopcrash'],
      [start, '/allnotesoff'],
      [start, '/allnotesoff'],
    ])
  })

  it('ends all notes that are passed on by MIDI after the last note, when that is on its way', () => {
    const { output, schedule, told } = setUp()
    const start = performance.now()
    schedule('bass', 40, 30, 60)
    output.silence(null)
    expect(told()).toEqual([
      [start + 30, '/playbass 40 80'],
      [start + 31, '/stopbass 40 0'],
      [start + 31, '/allnotesoff'],
    ])
  })

  it('silences a drum after its last stroke, when that is on its way', () => {
    const { output, schedule, told } = setUp()
    const start = performance.now()
    schedule('drums', 49, 30, 60, { drum: 'crash' })
    output.silence(null)
    expect(told()).toEqual([
      [start + 30, '/playcrash 80'],
      [start + 31, '/stopcrash'],
      [start + 31, '/allnotesoff'],
    ])
  })
})

describe('an output to whoever waits for the time of a bundle', () => {
  it.each([20, 40, 60])('leaves nothing sounding, %d ms ahead, whatever is played', (leadMs) => {
    expectSilenceInTheEnd(ahead(leadMs))
  })
})
