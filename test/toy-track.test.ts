import { expect, it, vi } from 'vitest'

/** A toy track: a pad, played and recorded by the performer. */
vi.mock('../src/session/track-table.ts', async (original) => {
  const { trackTable } = await original<typeof import('../src/session/track-table.ts')>()
  const pad: TrackEntry = {
    label: 'pad',
    players: ['performer'],
    loop: { key: 'Digit8' },
    sound: { voice: 'electric-piano', pan: 0, room: 0.2, program: 89 },
    midiChannel: 7,
    osc: { play: '/playpad', stop: '/stoppad' },
  }
  const { lead, ...others } = trackTable
  // In the middle, where it would come between what numbers stood for in version 1.
  return { trackTable: { ...others, pad, lead } }
})

import { linesOf } from '../src/cli/host/view.ts'
import { usualCast } from '../src/devices/audio/band.ts'
import { createMidiDecoder, createMidiOutput, usualChannels } from '../src/devices/midi/index.ts'
import { createOscInput, createOscOutput, readOsc } from '../src/devices/osc/index.ts'
import { readMidi, transcriptMidi } from '../src/io/midi-file/index.ts'
import {
  type LoopTrack,
  readPerformance,
  replay,
  type SettingId,
  settings,
  startSession,
  type TrackEntry,
  transcribe,
  writePerformance,
} from '../src/session/index.ts'
import { rolledTracks } from '../src/web/parts/rolled-tracks.ts'
import { text } from '../src/web/text.ts'
import { note } from './notes.ts'
import { Performer } from './performer.ts'

const pad = 'pad' as LoopTrack

/** Somebody who has recorded a loop of two notes on the pad, and plays a key on it. */
function padded(): Performer {
  const performer = new Performer().act('measures', 1).act('record-pad' as 'record-bass')
  performer.play([note(0, 60), note(2, 64)]).wait(4.1)
  performer.act('keys', pad)
  return performer.do({ type: 'noteOn', pitch: 67, velocity: 80 })
}

it('a track is an entry in the table: it plays, is recorded and goes round', () => {
  const performer = padded()
  expect(performer.sounding(pad)).toEqual([67])
  expect(performer.due(pad, 4, 8).map(({ beat, pitch }) => [beat, pitch])).toEqual([
    [4, 60],
    [6, 64],
  ])
  performer.act('mute-pad' as SettingId, true)
  expect(performer.sounding(pad)).toEqual([])
  expect(performer.due(pad, 8, 12)).toEqual([])
  expect(performer.act('clear-pad' as 'clear-bass').state.material.loops[pad]).toBeNull()
  expect(performer.act('undo').state.material.loops[pad]?.notes).toHaveLength(2)
})

it('it is shown', () => {
  const performer = padded()
  const shown = linesOf({ state: performer.state, at: performer.at, notice: null }).join('\n')
  expect(shown).toContain('pad: 1 bar')
  expect(rolledTracks).toContain(pad)
  expect(text.tracks[pad]).toBe('Pad')
  expect(settings.keys.words).toContain(pad)
  expect(usualCast[pad]).toBe('electric-piano')
})

it('it is replayed and written out', () => {
  const { events, effects } = padded()
  const performance = readPerformance(writePerformance({ seed: 0, events }))
  expect([...replay(performance)].flatMap((step) => step.effects)).toEqual(
    effects.map(({ at: _, ...effect }) => effect),
  )
  const transcript = transcribe(performance)
  expect(transcript.notes[pad].length).toBeGreaterThan(2)
  const part = readMidi(transcriptMidi(transcript)).parts.find(({ name }) => name === 'Pad')
  expect(part).toMatchObject({ program: 89 })
  expect(part?.notes).toHaveLength(transcript.notes[pad].length)
})

it('it is routed to MIDI and OSC', () => {
  const [sound] = padded().all('sound').slice(-1)
  if (!sound) throw new Error('The key made no sound.')
  const bytes: Uint8Array[] = []
  const clock = { of: () => 0 }
  const midi = createMidiOutput((_, sent) => bytes.push(sent), clock)
  midi.route(pad, { output: 'Synth', channel: usualChannels[pad] })
  midi.sound(sound)
  expect(bytes.flatMap((sent) => createMidiDecoder()(sent))).toEqual([
    { type: 'noteOn', pitch: 67, velocity: 80, channel: 7 },
  ])
  const packets: Uint8Array[] = []
  createOscOutput(
    (sent) => packets.push(sent),
    clock,
    (timeStampMs) => timeStampMs,
  ).sound(sound)
  expect(packets.flatMap((packet) => readOsc(packet).messages)).toMatchObject([
    { address: '/playpad', values: [67, 80] },
  ])
  expect(createOscInput()({ address: '/tradefours/set/keys', values: ['pad'] })).toEqual([
    { type: 'set', setting: 'keys', value: 'pad' },
  ])
  expect(startSession().settings).toMatchObject({ 'volume-pad': 1, 'solo-pad': false })
})

it('leaves performances of version 1 as they were', () => {
  const head = JSON.stringify({ format: 'tradefours-performance', version: 1, seed: 1 })
  const keys = JSON.stringify({ type: 'act', action: 'keys', value: 2, at: 1 })
  const { events } = readPerformance(`${head}\n${keys}\n`)
  expect(events.at(-1)).toEqual({ type: 'set', setting: 'keys', value: 'lead', at: 1 })
})
