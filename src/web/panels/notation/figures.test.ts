import { describe, expect, it } from 'vitest'
import { note } from '../../../../test/notes.ts'
import { Performer } from '../../../../test/performer.ts'
import { song, stageWith } from '../../../../test/songs.ts'
import { fourFour, parseChord } from '../../../music/index.ts'
import { exchangeFigures, loopFigure } from './figures.ts'

const names = { bass: 'Bass', chords: 'Chords', lead: 'Lead', drums: 'Drums' }

describe('a trade', () => {
  const trade = {
    metre: fourFour,
    call: [note(1, 63, 1), note(2, 67, 2)],
    melody: [note(5, 68, 1), note(6, 70, 2)],
    pitches: [68, 70],
    response: [],
    chords: { call: [], response: [] },
  }

  it('is shown in one key, each line from its own first measure', () => {
    const { call, melody, pitches } = exchangeFigures(trade)
    expect(call?.abc).toContain('z4 E4 G8 |]')
    expect(melody?.abc).toContain('z4 A4 B8 |]')
    expect([call, melody, pitches].map((figure) => /^K:(\w+)/m.exec(figure?.abc ?? '')?.[1])).toEqual([
      'Eb',
      'Eb',
      'Eb',
    ])
  })

  it('has no empty measure before a first note that came a little early', () => {
    const { call } = exchangeFigures({ ...trade, call: [note(-0.06, 63, 1), note(2, 67, 2)] })
    expect(call?.abc).toContain('\nE4 z4 G8 |]')
  })

  it('is spoken in names of notes', () => {
    expect(exchangeFigures(trade).call?.spoken).toBe('Eb4 G4')
  })

  it('has the chords over call and response that were known, as far as the lines go', () => {
    const changes = (...symbols: string[]) =>
      symbols.map((symbol, measure) => ({ beat: 4 * measure, chord: parseChord(symbol) }))
    const chords = { call: changes('Cm7', 'F7'), response: changes('Bb', 'Eb') }
    const { call, melody, response } = exchangeFigures({ ...trade, chords, response: [note(0, 70, 4), note(4, 67, 4)] })
    expect(call?.abc).toContain('"Cm7"z4 E4 G8 |]')
    expect(response?.abc).toContain('"Bb"B16 | "Eb"G16 |]')
    expect(melody?.abc).not.toContain('"')
  })

  it('has no figure for what there is not', () => {
    const { response } = exchangeFigures(trade)
    expect(response).toBeNull()
    expect(exchangeFigures({ ...trade, melody: [], pitches: [] })).toMatchObject({ melody: null, pitches: null })
  })
})

describe('what goes round', () => {
  it('is nothing while nothing is recorded', () => {
    expect(loopFigure(new Performer().state, names)).toBeNull()
  })

  it('is the bass with the fixed groove below it and the chart above', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0, 43, 4), note(4, 36, 4)])
      .wait(9)
      .do({ type: 'chart', chart: 'G7 | C' })
    const abc = loopFigure(performer.state, names)?.abc ?? ''
    expect(abc).toContain('|: "G7"G,,16 | "C"C,,16 :|')
    expect(abc).toContain('name="Drums"')
    expect(abc).toContain('|: F4 x4 x8 | F4 x4 x8 :|')
  })

  it('repeats a loop that is shorter than another', () => {
    const bass = { measures: 1, notes: [{ pitch: 43, beat: 0, beats: 4 }] }
    const chords = { measures: 2, notes: [{ pitch: 64, beat: 4, beats: 4 }] }
    const { state } = stageWith(song([{ metre: '4/4', loops: { bass, chords } }]))
    const abc = loopFigure(state, names)?.abc ?? ''
    expect(abc).toContain('|: z16 | E16 :|')
    expect(abc).toContain('|: G,,16 | G,,16 :|')
  })

  it('has each loop where it is heard, whenever it was recorded', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0, 43, 4), note(4, 36, 4)])
      .wait(9)
    performer
      .act('record-chords')
      .play([note(12, 64, 4), note(16, 72, 4)])
      .wait(21)
    const { chords } = performer.state.material.loops
    expect(chords?.phase).toBe(1)
    const abc = loopFigure(performer.state, names)?.abc ?? ''
    expect(abc).toContain('|: c16 | E16 :|')
    expect(abc).toContain('|: G,,16 | C,,16 :|')
  })

  it('begins with a note that was played early, also at the end of the pass before', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .act('record-bass')
      .play([note(0, 40), note(7.97, 43, 1)])
      .wait(9)
    expect(loopFigure(performer.state, names)?.abc).toMatch(/\|: \[?E,,/)
  })
})
