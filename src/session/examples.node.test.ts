import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sung } from '../../test/cues.ts'
import { note } from '../../test/notes.ts'
import type { Performer } from '../../test/performer.ts'
import { pedal, sectionOf, stageWith } from '../../test/songs.ts'
import { tempoAt } from '../timing/index.ts'
import { harmonyAt, readSongs, type Song, type Track } from './index.ts'
import { sessionFeatures } from './session.ts'
import { songSchemas } from './songs/index.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'examples/songs')
const read = (name: string) => readSongs(readFileSync(join(folder, `${name}.json`), 'utf8'))
const only = (name: string) => read(name)[0] as Song
const singles = readdirSync(folder).filter((file) => file !== 'set-list.json')

/** What is due of a track, as beats and pitches. */
const lineOf = (performer: Performer, track: Track, from: number, to: number) =>
  performer.due(track, from, to).map(({ beat, pitch }) => [beat, pitch])
const press = (performer: Performer, pitch: number) => performer.do({ type: 'noteOn', pitch, velocity: 90 })
const lift = (performer: Performer, pitch: number) => performer.do({ type: 'noteOff', pitch })

/** The keys that are doubled while they are down, one after the other. */
function doubled(performer: Performer, ...keys: number[]): number[] {
  return keys.flatMap((key) => {
    const sounding = press(performer, key).sounding('bass')
    lift(performer, key)
    return sounding
  })
}

describe('an example', () => {
  it.each(singles)('%s can be read', (file) => {
    expect(readSongs(readFileSync(join(folder, file), 'utf8'))).toHaveLength(1)
  })

  it('set-list.json holds all the others, as they are', () => {
    const songs = new Map(read('set-list').map((song) => [song.title, song]))
    expect([...songs.values()]).toHaveLength(singles.length)
    for (const file of singles) {
      const [song] = readSongs(readFileSync(join(folder, file), 'utf8'))
      expect(songs.get(song?.title ?? '')).toEqual(song)
    }
  })
})

describe('all-bass.json', () => {
  it('doubles the left hand, and any pedal switches that off and on', () => {
    const performer = stageWith(only('all-bass'))
    expect(doubled(performer, 52, 51, 40)).toEqual([51, 40])
    expect(doubled(pedal(performer, 1, 7), 51)).toEqual([])
    expect(doubled(pedal(performer, 2, 0), 51)).toEqual([51])
  })
})

describe('soloist.json', () => {
  it('answers twenty notes after any pedal, and no longer after another', () => {
    const performer = pedal(stageWith(only('soloist')), 1, 3)
    const call = Array.from({ length: 20 }, (_, key) => note(key, 60 + key, 0.5))
    performer.play(call, 4)
    const [question] = performer.asks('melody')
    expect(question?.call.map(({ pitch }) => pitch)).toEqual(call.map(({ pitch }) => pitch))
    performer.do({ type: 'answer', job: 'melody', request: question?.request ?? 0, answer: sung([50, 53]) })
    expect(press(performer, 80).sounding('lead')).toEqual([50])
    pedal(lift(performer, 80), performer.at, 5)
    expect(press(performer, 80).sounding('lead')).toEqual([80])
  })
})

describe('there-and-back.json', () => {
  it('goes from the left hand into two written loops and back with a note', () => {
    const performer = stageWith(only('there-and-back'))
    expect(doubled(performer, 55, 54)).toEqual([54])
    for (const at of [1, 1.5, 2]) pedal(performer, at, 0)
    expect(sectionOf(performer)).toBe('left hand')

    pedal(performer, 4)
    expect(performer.secondsAt(0)).toBe(4)
    expect(tempoAt(performer.state.transport.timeline, 0)).toBeCloseTo(120, 6)
    expect(lineOf(performer, 'bass', 0, 10)).toEqual([
      [0, 40],
      [3, 35],
      [5, 40],
      [8, 43],
    ])
    expect(press(performer, 54).sounding('lead')).toEqual([])
    expect(lift(performer, 54).sounding('bass')).toEqual([])

    pedal(performer.wait(20), performer.at, 0).wait(25.9)
    expect(sectionOf(performer)).toBe('there')
    expect(lineOf(performer, 'bass', 24, 30)).toEqual([
      [24.5, 35],
      [26, 40],
      [28.5, 38],
    ])
    expect(sectionOf(performer.wait(26.1))).toBe('and back')

    pedal(performer).wait(26 + 31.9)
    expect(performer.due('bass', 26, 200)).toHaveLength(16)
    expect(performer.wait(26 + 32.1).state.transport.playing).toBe(false)
    expect(sectionOf(press(performer, 72))).toBe('left hand')
    expect(performer.sounding('lead')).toEqual([72])
    expect(doubled(performer, 54)).toEqual([54])
    expect(performer.state.settings.tempo).toBe(150)
  })
})

describe('loop-then-solo.json', () => {
  it('goes from a silent loop to one under chords, then to the doubler, the soloist and the hands alone', () => {
    const performer = stageWith(only('loop-then-solo'))
    expect(doubled(performer, 30)).toEqual([])

    pedal(performer, 2)
    expect(performer.due('bass', 0, 32)).toHaveLength(16)
    expect(press(performer, 70).sounding('lead')).toEqual([])
    expect(harmonyAt(performer.state, 1).chord).toBeNull()

    pedal(lift(performer, 70).wait(9)).wait(33)
    expect(sectionOf(performer)).toBe('open water')
    expect(lineOf(performer, 'bass', 32, 36)).toEqual([
      [32, 34],
      [33.5, 41],
      [34.5, 34],
      [35, 38],
    ])
    expect(performer.due('drums', 32, 64)).toHaveLength(8 * 14)
    expect(harmonyAt(performer.state, 37).chord?.symbol).toBe('Gm9')
    expect(press(performer, 70).sounding('lead')).toEqual([70])

    pedal(lift(performer, 70).wait(40)).wait(65)
    expect(sectionOf(performer)).toBe('breath')
    expect(performer.state.transport.playing).toBe(false)
    expect(press(performer, 57).sounding('bass')).toEqual([57])
    expect(sectionOf(performer)).toBe('left hand')

    pedal(lift(performer, 57))
    for (let key = 0; key < 20; key++) lift(press(performer, 60 + key), 60 + key)
    const [question] = performer.asks('melody')
    performer.do({ type: 'answer', job: 'melody', request: question?.request ?? 0, answer: sung([50]) })
    expect(press(performer, 57).sounding('lead')).toEqual([50])
    expect(performer.sounding('bass')).toEqual([])

    pedal(lift(performer, 57))
    expect(press(performer, 57).sounding('lead')).toEqual([57])
    expect(performer.sounding('bass')).toEqual([57])
    expect(pedal(performer).sounding('bass')).toEqual([])
    expect(pedal(performer).notices).toEqual(['no-more-sections'])
  })
})

describe('odd-metres.json', () => {
  it('starts, stops and starts its loop again, and goes on in other metres', () => {
    const performer = stageWith(only('odd-metres'))
    const { timeline } = pedal(performer, 1).state.transport
    expect(tempoAt(timeline, 0)).toBe(160)
    const stair = lineOf(performer, 'bass', 0, 13)
    expect(stair).toHaveLength(10)
    expect(lineOf(performer, 'bass', 13, 26)).toEqual(stair.map(([beat = 0, pitch]) => [beat + 13, pitch]))

    pedal(performer.wait(3)).wait(13.1)
    expect(sectionOf(performer)).toBe('landing')
    expect(performer.due('bass', 0, 100)).toEqual([])
    press(performer, 60)
    expect(sectionOf(performer)).toBe('landing')

    pedal(lift(performer, 60), performer.at + 3)
    expect(lineOf(performer, 'bass', 0, 13)).toEqual(stair)
    pedal(performer.wait(14)).wait(26.1)
    expect(sectionOf(performer)).toBe('attic')
    expect(lineOf(performer, 'bass', 26, 26 + 29)).toHaveLength(26)
    expect(performer.state.transport.form.metre).toMatchObject({ numerator: 29, groups: [7, 7, 7, 8] })

    pedal(performer.wait(30)).wait(26 + 14.6)
    expect(sectionOf(performer)).toBe('cellar')
    const start = 26 + 14.5
    expect(lineOf(performer, 'bass', start, start + 5.5)).toEqual([
      [start, 38],
      [start + 1.5, 33],
      [start + 3, 36],
      [start + 4.5, 33],
    ])
    expect(performer.due('drums', start, start + 11).filter(({ drum }) => drum === 'kick')).toHaveLength(5)

    pedal(performer).wait(start + 11.1)
    expect(sectionOf(performer)).toBe('out')
    expect(press(performer, 54).sounding('bass')).toEqual([54])
    pedal(lift(performer, 54))
    expect(performer.state.settings).toMatchObject({ improvise: true, live: false, doubler: false })
    pedal(performer)
    expect(performer.state.settings).toMatchObject({ improvise: false, doubler: true })
  })
})

describe('chart-and-loops.json', () => {
  it('records the band loop by loop, trades fours over the chart, and ends with the chorus', () => {
    const performer = stageWith(only('chart-and-loops'))
    expect(performer.state.transport.playing).toBe(false)

    pedal(performer, 1)
    expect(performer.state.recording.armed).toMatchObject({ track: 'bass', overdub: false })
    expect(performer.secondsAt(0)).toBeCloseTo(1 + 4 * (60 / 132), 9)
    const roots = [38, 43, 36, 45].map((pitch, measure) => note(4 * measure, pitch, 3))
    performer.play(roots)
    pedal(performer).wait(15.9)
    expect(sectionOf(performer)).toBe('bass')
    performer.wait(16.1)
    expect(sectionOf(performer)).toBe('chords')
    expect(performer.asks('groove')).toHaveLength(1)
    expect(performer.state.recording.armed).toMatchObject({ track: 'chords', overdub: false })

    performer.play([note(16, 53, 3), note(16, 57, 3)])
    pedal(performer).wait(32.1)
    expect(sectionOf(performer)).toBe('trade')
    expect(lineOf(performer, 'bass', 32, 48)).toEqual(
      [38, 43, 36, 45].map((pitch, measure) => [32 + 4 * measure, pitch]),
    )
    expect(lineOf(performer, 'chords', 32, 48)).toEqual([
      [32, 53],
      [32, 57],
    ])
    expect(harmonyAt(performer.state, 37).chord?.symbol).toBe('G7')
    expect(performer.state.trading.trade.turn).toBe('call')
    expect(performer.wait(48.1).state.trading.trade.turn).toBe('response')
    expect(performer.wait(64.1).state.trading.trade.turn).toBe('call')

    pedal(performer).wait(80.1)
    expect(performer.state.settings.improvise).toBe(false)
    performer.do({ type: 'control', controller: 67, value: 127 })
    expect(performer.asks('groove')).toHaveLength(2)
    pedal(performer).wait(95.9)
    expect(performer.state.transport.playing).toBe(true)
    expect(performer.wait(96.1).state.transport.playing).toBe(false)
  })
})

describe('set-list.json', () => {
  it('turns its pages from the first song to the last and back, each as if it were the only one', () => {
    const songs = read('set-list')
    const performer = stageWith(...songs)
    const alone = songs.map((song) => stageWith(song).state.settings)
    for (const page of songs.keys()) {
      expect(performer.state.songs).toMatchObject({ song: page, section: 0 })
      expect(performer.state.settings).toEqual(alone[page])
      pedal(pedal(performer, performer.at + 1), performer.at + 60).act('next-song')
    }
    expect(performer.notices).toContain('no-more-sections')
    for (const page of [...songs.keys()].reverse().slice(1)) {
      performer.act('previous-song')
      expect(performer.state.songs).toMatchObject({ song: page, section: 0 })
      expect(performer.state.settings).toEqual(alone[page])
    }
  })
})

describe('docs/songs.md', () => {
  const guide = readFileSync(join(root, 'docs/songs.md'), 'utf8')
  const rows = [...guide.matchAll(/^\| (.*?) +\|$/gm)].map(([, row = '']) => row.split(/ +\| /))

  it('names every field of a song and of a section', () => {
    const { sections, ...ofSong } = songSchemas(sessionFeatures).song.entries
    const fields = ['sections', ...Object.keys(ofSong), ...Object.keys(sections.item.entries)]
    for (const field of fields) expect(rows.map(([name]) => name)).toContain(`\`${field}\``)
  })
})
