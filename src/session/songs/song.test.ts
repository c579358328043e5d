import { describe, expect, it } from 'vitest'
import { song, writtenBass } from '../../../test/songs.ts'
import { readBindings, readSongs, SongError, songVersion } from '../index.ts'

const whole = song([
  { play: true, tempo: 120, metre: '7/8', loops: writtenBass(40, 1, 3), set: { doubler: true, 'hand-over': 'phrase' } },
  {
    enter: 'loop',
    metre: '4/4',
    chart: 'Dm7 | G7',
    loops: { bass: null, drums: { measures: 1, hits: [{ step: 0, drum: 'kick' }] } },
    controls: { 'cc 20': null, 'note 36 ch 10': { action: 'measures', by: 1 } },
    do: ['record-chords'],
    next: '1',
  },
])

/** The song with something else at a place. */
function changed(place: string, value: unknown): string {
  const json = structuredClone(whole)
  const keys = place.split('.')
  const last = keys.pop() as string
  const parent = keys.reduce((each: unknown, key) => (each as Record<string, unknown>)[key], json)
  Object.assign(parent as object, { [last]: value })
  return JSON.stringify(json)
}

const setList = (...songs: unknown[]) => ({
  format: 'tradefours-set-list',
  version: songVersion,
  title: 'Tonight',
  songs,
})

describe('a file', () => {
  it('holds a song, or a set list of them', () => {
    expect(readSongs(JSON.stringify(whole))).toEqual([whole])
    expect(readSongs(JSON.stringify(setList(whole, song([{}]))))).toEqual([whole, song([{}])])
  })

  it.each([
    ['format', 'midi', 'format must be "tradefours-song".'],
    ['version', 3, 'version must be 2.'],
    ['title', undefined, 'title is missing.'],
    ['sections', [], 'sections must not be empty.'],
    ['sections', {}, 'sections must be a list in [ ].'],
    ['sections.1', 'x', 'sections.1 must be fields in { }.'],
    ['sections.0.tempo', 500, 'sections.0.tempo must be a number from 20 to 400.'],
    ['sections.0.tempo', 'fast', 'sections.0.tempo must be a number from 20 to 400.'],
    ['sections.0.play', 1, 'sections.0.play must be true or false.'],
    ['sections.0.enter', 'soon', 'sections.0.enter must be one of "now", "measure", "loop".'],
    ['sections.0.metre', '4', 'sections.0.metre can’t be read: “4” is not a metre: write it like 4/4, 7/8 or 2+2+3/8.'],
    [
      'sections.1.chart',
      'C | H7',
      'sections.1.chart can’t be read: “H7” in measure 2 of the chart is not a chord: write B, or begin the chart with “German:” if H is its B.',
    ],
    [
      'sections.0.loops.bass.notes.0.pitch',
      128,
      'sections.0.loops.bass.notes.0.pitch must be a whole number from 0 to 127.',
    ],
    ['sections.0.loops.bass.notes.2.beats', undefined, 'sections.0.loops.bass.notes.2.beats is missing.'],
    [
      'sections.0.loops.bass.notes.1.beat',
      3.5,
      'sections.0 has a loop that is over before it comes to loops.bass.notes.1.',
    ],
    [
      'sections.1.loops.drums.hits.0.step',
      16,
      'sections.1 has a loop that is over before it comes to loops.drums.hits.0.',
    ],
    [
      'sections.1.loops.drums.hits.0.drum',
      'gong',
      'sections.1.loops.drums.hits.0.drum must be one of "kick", "snare", "closed-hat", "open-hat", "low-tom", "mid-tom", "high-tom", "crash", "ride".',
    ],
    ['sections.0.metre', undefined, 'sections.0 has loops: add the "metre" that they are written in.'],
    ['sections.0.tempoo', 120, 'sections.0.tempoo is not a known field: correct its name or remove it.'],
    ['sections.0.set.doubler', 2, 'sections.0.set.doubler must be true or false.'],
    ['sections.0.set.hand-over', 3, 'sections.0.set.hand-over must be one of "count", "phrase", "measures", "pedal".'],
    ['sections.0.set.loudness', 1, 'sections.0.set.loudness is not a known field: correct its name or remove it.'],
    ['sections.1.do', ['dance'], 'sections.1.do.0 is not an action: docs/songs.md lists them all.'],
    ['sections.1.do', ['next-section'], 'sections.1.do.0 leaves the section, which only the performer can do.'],
    ['sections.1.next', '3', 'it goes on from “2” to “3”, but no section has that name.'],
    ['controls.pedal', 'play', 'controls.pedal is not a control: write it like "cc 41", "note 36 ch 10" or "program".'],
    [
      'controls.cc 128',
      'play',
      'controls.cc 128 is not a control: write it like "cc 41", "note 36 ch 10" or "program".',
    ],
    [
      'controls.cc 20',
      'dance',
      'controls.cc 20 must be an action, such as "play" or { "action": "measures", "by": 1 }: docs/songs.md lists them all.',
    ],
  ])('with %s as %j is refused with a sentence that says where and what to do', (place, value, sentence) => {
    expect(() => readSongs(changed(place, value))).toThrow(new SongError(`is not a valid song: ${sentence}`))
  })

  it('of version 1 is read in the words of today', () => {
    const set = { improvise: 1, live: 0, keys: 'solo', 'hand-over': 'phrase', 'only-bass': 1, 'volume-solo': 0.5 }
    const controls = { 'cc 1': 'volume-solo', 'cc 2': { action: 'only-solo', value: 1 }, 'cc 3': null } as const
    const sections = [{ name: '1', set, do: ['clear-solo', 'only-drums'], controls }]
    const old = { format: 'tradefours-song', version: 1, title: 'Song', sections, controls }
    const today = { 'cc 1': 'volume-lead', 'cc 2': { action: 'solo-lead', value: true }, 'cc 3': null }
    const section = {
      name: '1',
      set: {
        improvise: true,
        live: false,
        keys: 'lead',
        'hand-over': 'phrase',
        'solo-bass': true,
        'volume-lead': 0.5,
      },
      do: ['clear-lead', 'solo-drums'],
      controls: today,
    }
    const expected = { ...old, version: songVersion, sections: [section], controls: today }
    expect(readSongs(JSON.stringify(old))).toEqual([expected])
    expect(readSongs(JSON.stringify({ ...setList(old), version: 1 }))).toEqual([expected])
    expect(readBindings(JSON.stringify(controls))).toEqual(today)
  })

  it('that is a set list says in which song it is wrong', () => {
    const bad = setList(whole, song([{ tempo: 1 }]))
    expect(() => readSongs(JSON.stringify(bad))).toThrow(/ songs\.1\.sections\.0\.tempo must be /)
  })

  it.each(['', '{', 'null', '7', '[]', '"song"', '{}'])('of %j is refused with a sentence', (text) => {
    expect(() => readSongs(text)).toThrow(SongError)
  })
})
