/** A toy of each kind is an entry in one table: the sources are loaded once more, with tables that have them. */
import { afterAll, expect, it, vi } from 'vitest'
import type { LoopTrack, SettingId, TrackEntry } from '../src/session/index.ts'
import type { HandOverRule } from '../src/session/trading/hand-over/index.ts'
import { note } from './notes.ts'

vi.resetModules()

/** A toy track: a pad, played and recorded by the performer. */
vi.doMock('../src/session/track-table.ts', async (original) => {
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

/** A toy rule: the turn is over with a loud note. */
vi.doMock('../src/session/trading/hand-over/rules.ts', async (original) => {
  const { handOverRules } = await original<typeof import('../src/session/trading/hand-over/rules.ts')>()
  const accent: HandOverRule = {
    label: 'with an accent',
    isOver: ({ trading }) => (trading.trade.heard.at(-1)?.velocity ?? 0) > 110,
  }
  return { handOverRules: { ...handOverRules, accent } }
})

afterAll(() => {
  vi.doUnmock('../src/session/track-table.ts')
  vi.doUnmock('../src/session/trading/hand-over/rules.ts')
  vi.resetModules()
})

const { linesOf } = await import('../src/cli/host/view.ts')
const { usualCast } = await import('../src/devices/audio/band.ts')
const { createMidiDecoder, createMidiOutput, usualChannels } = await import('../src/devices/midi/index.ts')
const { createOscInput, createOscOutput, readOsc } = await import('../src/devices/osc/index.ts')
const { readMidi, transcriptMidi } = await import('../src/io/midi-file/index.ts')
const { readPerformance, readSongs, replay, settings, startSession, transcribe, writePerformance } = await import(
  '../src/session/index.ts'
)
const { rolledTracks } = await import('../src/web/parts/rolled-tracks.ts')
const { text } = await import('../src/web/text.ts')
const { Performer } = await import('./performer.ts')

const pad = 'pad' as LoopTrack

/** Somebody who has recorded a loop of two notes on the pad, and plays a key on it. */
function padded() {
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

it('a turn rule is a file and a line in the list of rules', () => {
  expect(settings['hand-over'].words).toEqual(['count', 'phrase', 'measures', 'pedal', 'accent'])
  const performer = new Performer().act('hand-over', 'accent').act('improvise', true)
  const turn = () => performer.state.trading.trade.turn
  performer.play([note(0, 60, 0.5, 90), note(1, 62, 0.5, 100)])
  expect(turn()).toBe('call')
  performer.play([note(2, 64, 0.5, 120)])
  expect(turn()).toBe('response')
  performer.play([note(3, 65, 0.5, 120)])
  expect(turn()).toBe('call')

  const { events } = readPerformance(writePerformance({ seed: 0, events: performer.events }))
  const effects = [...replay({ seed: 0, events })].flatMap((step) => step.effects)
  expect(effects).toEqual(performer.effects.map(({ at: _, ...effect }) => effect))

  const section = { name: '1', set: { 'hand-over': 'accent' } }
  const song = { format: 'tradefours-song', version: 2, title: 'Song', sections: [section] }
  expect(readSongs(JSON.stringify(song))).toEqual([song])
})
