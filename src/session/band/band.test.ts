import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { runs } from '../../../test/runs.ts'
import { song } from '../../../test/songs.ts'
import { answered, goOn, withBand } from '../../../test/with-band.ts'
import { type Chord, mod, parseChord } from '../../music/index.ts'
import { lookAheadSeconds } from '../transport/index.ts'

const chord = (symbol: string): Chord => {
  const found = parseChord(symbol)
  if (!found) throw new Error(`${symbol} is not a chord.`)
  return found
}
const isIn = (pitch: number, { tones }: Chord) => tones.includes(mod(pitch, 12))

describe('the band', () => {
  it('plays the chart from beat one on, measure after measure', () => {
    const performer = withBand()
    const symbols = ['Dm7', 'G7', 'Cmaj7', 'A7']
    for (let measure = 0; measure < 12; measure++) {
      goOn(performer, 4 * measure)
      const now = chord(symbols[measure % 4] ?? '')
      const [first] = performer.due('bass', 4 * measure - 0.01, 4 * measure + 0.5)
      expect(first && isIn(first.pitch, now)).toBe(true)
      const comping = performer.due('chords', 4 * measure + 0.6, 4 * measure + 3)
      for (const { pitch } of comping) expect(now.scale).toContain(mod(pitch, 12))
    }
  })

  it('is silent where the performer plays', () => {
    const performer = goOn(withBand('Dm7 | G7', 'bass'), 3)
    expect(performer.due('chords', 0, 8)).toEqual([])
    expect(performer.due('bass', 0, 8).length).toBeGreaterThan(3)
  })

  it('comes in, and leaves, with a measure', () => {
    const performer = goOn(withBand('Dm7 | G7', 'bass'), 5).act('source-chords', 'band').act('source-bass', 'off')
    answered(performer)
    expect(performer.due('bass', 8, 16)).toEqual([])
    expect(performer.due('bass', 5.5, 8).length).toBeGreaterThan(0)
    goOn(performer, 9)
    expect(performer.due('chords', 8, 16).length).toBeGreaterThan(0)
    expect(performer.due('bass', 8, 16)).toEqual([])
  })

  it('plays another chart from the next measure on', () => {
    const performer = goOn(withBand('C | C'), 2).do({ type: 'chart', chart: 'F#7 | F#7' })
    answered(performer)
    const bass = performer.due('bass', 3.9, 5)
    expect(bass.length > 0 && bass[0] && isIn(bass[0].pitch, chord('F#7'))).toBe(true)
    const strikes = goOn(performer, 5).due('chords', 5, 7.4)
    for (const { pitch } of strikes) expect(chord('F#7').scale).toContain(mod(pitch, 12))
  })

  it('is not asked for all that went by while a lid was closed, in a chart or from section to section', () => {
    const section = { leave: 'end' as const, chart: 'C | F', set: { 'source-bass': 'band', 'source-chords': 'band' } }
    const sections = [
      { name: 'A', metre: '4/4', ...section },
      {
        name: 'B',
        metre: '3/4',
        ...section,
        set: { ...section.set, 'band-style': 'waltz' },
        enter: 'loop' as const,
        next: 'A',
      },
    ]
    const inSections = new Performer()
      .act('count-in', 0)
      .do({ type: 'setList', songs: [song(sections)] })
      .act('play')
    for (const performer of [withBand(), answered(inSections)]) {
      const asked = goOn(performer, 9).all('ask').length
      performer.do({ type: 'tick' }, performer.at + 3600)
      expect(performer.all('ask').length - asked).toBeLessThan(8)
      expect(performer.all('notify').length).toBeLessThan(8)
      const beat = Math.ceil(performer.beat)
      goOn(answered(performer), beat + 8)
      expect(performer.due('bass', beat + 6, beat + 8).length).toBeGreaterThan(0)
    }
  })

  it('lets drums come in where there is no bassline, and leaves them to a loop of the performer’s', () => {
    const performer = withBand()
    expect(performer.asks('groove')).toHaveLength(1)
    goOn(performer, 1)
    expect(performer.due('drums', 0, 4).length).toBeGreaterThan(0)
    goOn(performer.act('source-bass', 'off'), 9)
    expect(performer.due('drums', 8, 12)).toEqual([])
  })

  it('has drums in its style: the one that is named, or else the metre’s; and in its metre', () => {
    const performer = goOn(withBand(), 5)
    const asked = () => performer.asks('groove').map(({ band, fixed }) => [band, fixed.metre.numerator])
    expect(asked()).toEqual([[null, 4]])
    goOn(performer.do({ type: 'metre', metre: '3/4' }), 12)
    expect(asked().slice(1)).toEqual([[null, 3]])
    const { beat } = performer.state.transport.form
    const kicks = performer.due('drums', beat, beat + 9).filter(({ drum }) => drum === 'kick')
    expect(kicks.map((kick) => kick.beat - beat)).toEqual(expect.arrayContaining([0, 3, 6]))
    const request = performer.state.asked.groove?.request ?? 0
    const { metre } = performer.state.transport.form
    const groove = { metre, measures: 4, hits: [{ step: 0, drum: 'ride', velocity: 90, offsetMs: 0 }] } as const
    performer.do({ type: 'answer', job: 'groove', request, answer: { plain: groove, felt: groove } })
    // It plays from the next measure on: nobody waits for a pass of the fixed groove.
    const { next } = performer.state.grooves
    expect(next && next.beat - performer.beat).toBeLessThanOrEqual(3 + 1)
    performer.act('band-style', 'bossa')
    expect(asked().slice(2)).toEqual([['bossa', 3]])
  })

  it('leaves the drummer who goes by a bassline of the performer’s to it', () => {
    const performer = new Performer().act('count-in', 0).act('record-bass')
    performer.play([note(0), note(4)]).wait(8)
    performer.act('source-chords', 'band').act('new-groove')
    expect(performer.asks('groove').map((question) => 'band' in question)).toEqual([false])
    performer.act('band-style', 'bossa').act('new-groove')
    expect(performer.asks('groove').map(({ band }) => band)).toEqual([undefined, 'bossa'])
  })

  it('plays no notes that nobody answered, and says that it is late', () => {
    const performer = new Performer().do({ type: 'chart', chart: 'C' }).act('source-bass', 'band').act('play')
    performer.wait(8)
    expect(performer.due('bass', 8, 12)).toEqual([])
    expect(performer.notices).toContain('band-late')
  })

  it('waits for an answer for years in no time, and then plays on', () => {
    const performer = withBand('Dm7 | G7', 'bass').do({ type: 'noteOff', pitch: 60 }, 1e9)
    goOn(answered(performer), performer.beat + 9)
    expect(performer.due('bass', performer.beat - 4, performer.beat).length).toBeGreaterThan(2)
  })

  it('goes on in another metre', () => {
    const performer = goOn(withBand('C | F'), 2).do({ type: 'metre', metre: '7/8' })
    goOn(performer, 12)
    const beats = performer.due('bass', 7.4, 11.1).map(({ beat }) => beat)
    expect(beats.length).toBeGreaterThan(1)
    for (const start of [4, 7.5])
      expect(goOn(performer, 12).state.band.plans.bass.measures.some((measure) => measure.start === start)).toBe(true)
  })
})

describe('told to', () => {
  it('end, ends with the first chord of the form, held until the music stops', () => {
    const performer = goOn(withBand('C6 | F7 | Dm7 | G7'), 5).act('end')
    goOn(performer, 15)
    const last = performer.due('bass', 15.9, 24)
    expect(last).toHaveLength(1)
    expect(last[0]).toMatchObject({ beat: 16, beats: expect.closeTo(4, 0) })
    expect(mod(last[0]?.pitch ?? 0, 12)).toBe(0)
    expect(new Set(performer.due('chords', 15.9, 24).map(({ beat }) => beat))).toEqual(new Set([16]))
    expect(performer.wait(21).state.transport.playing).toBe(false)
  })

  it('break off, is silent with the drums for a measure', () => {
    const performer = goOn(withBand(), 5).act('drum-break')
    goOn(performer, 7)
    expect([...performer.due('bass', 8, 11.9), ...performer.due('chords', 8, 11.4)]).toEqual([])
    expect(goOn(performer, 12).due('bass', 11.9, 16).length).toBeGreaterThan(0)
  })

  it('stop time, plays beat one only', () => {
    const performer = goOn(withBand().act('stop-time', true), 9)
    for (const track of ['bass', 'chords', 'drums'] as const) {
      expect(new Set(performer.due(track, 7.9, 15.9).map(({ beat }) => Math.round(beat)))).toEqual(new Set([8, 12]))
    }
  })

  it('hold a pedal, stays on the fifth of the key', () => {
    const performer = goOn(withBand('C6 | F7 | Dm7 | G7').act('band-pedal', true), 9)
    const first = [8, 12].map((beat) => performer.due('bass', beat - 0.01, beat + 0.5)[0]?.pitch ?? 0)
    expect(first.map((pitch) => mod(pitch, 12))).toEqual([7, 7])
    goOn(performer.act('end'), 15)
    expect(performer.due('bass', 15.9, 24).map(({ pitch }) => mod(pitch, 12))).toEqual([0])
  })
})

describe('chords that hands hold', () => {
  const played = (performer: Performer, pitches: readonly number[], at: number) => {
    for (const pitch of pitches) performer.do({ type: 'noteOn', pitch, velocity: 80 }, at)
    return answered(performer)
  }
  const released = (performer: Performer, pitches: readonly number[], at: number) => {
    for (const pitch of pitches) performer.do({ type: 'noteOff', pitch }, at)
    return answered(performer)
  }
  const cMajor = [48, 52, 55, 59]
  const fSharp = [42, 46, 49, 52]

  const tempo = fc.oneof(fc.integer({ min: 20, max: 400 }), fc.constantFrom(20, 240, 399, 400))
  const moment = fc.double({ min: 4.01, max: 9.99, noNaN: true })
  const swing = fc.constantFrom(0.5, 0.66, 0.75)

  it('lead the bass within a beat at any tempo, however late the band answers', () => {
    fc.assert(
      fc.property(tempo, moment, swing, fc.integer({ min: 0, max: 80 }), (bpm, press, ratio, lateMs) => {
        const performer = new Performer()
          .act('tempo', bpm)
          .act('swing', ratio)
          .act('zones', 'key')
          .act('split', 60)
          .act('source-bass', 'band')
        played(performer, cMajor, 0)
        released(performer, cMajor, 0.1)
        answered(performer.act('count-in', 1, 0.2).act('play'))
        goOn(performer, Math.floor(press))
        const at = performer.secondsAt(press)
        performer.do({ type: 'tick' }, at)
        const ahead = press + (lookAheadSeconds * bpm) / 60
        const given = performer.due('bass', 0, ahead)
        for (const pitch of fSharp) performer.do({ type: 'noteOn', pitch, velocity: 80 }, at)
        const isSilenced = performer.effects.some((each) => each.type === 'silence' && each.at === at)
        const ends = given.filter(({ beat, beats }) => beat >= press || (!isSilenced && beat + beats > press))
        const later = performer.due('bass', ahead, press + 1.001)
        const first = [...given.filter(({ beat }) => beat >= press && !isSilenced), ...later].find(
          ({ pitch }) => mod(pitch, 12) === chord('F#7').root,
        )
        expect(first && first.beat - press).toBeLessThanOrEqual(1 + 1e-5)
        for (const { beat, beats } of isSilenced ? [] : ends) expect(beat + beats).toBeLessThanOrEqual(press + 1 + 1e-5)
        const late = Math.min(at + lateMs / 1000, performer.secondsAt(press + 1))
        answered(performer.do({ type: 'tick' }, late))
        goOn(performer, 13)
        // Lines pass through notes beside the chord; the old chord's root stands for it.
        const old = performer.due('bass', press + 1 + 1e-5, 13).filter(({ pitch }) => mod(pitch, 12) === 0)
        expect(old).toEqual([])
      }),
      { numRuns: runs(60), examples: [[400, 7.92, 0.75, 0]] },
    )
  })

  it('leave the chords to the hand as long as it holds some', () => {
    const performer = new Performer().act('zones', 'key').act('split', 60).act('source-chords', 'band')
    played(performer, cMajor, 0)
    released(performer, cMajor, 0.1)
    goOn(answered(performer.act('count-in', 1, 0.2).act('play')), 4)
    expect(performer.due('chords', 4.5, 12).length).toBeGreaterThan(0)
    played(performer, fSharp, performer.secondsAt(5))
    expect(performer.due('chords', 5.5, 12)).toEqual([])
    released(performer, fSharp, performer.secondsAt(6))
    goOn(performer, 8)
    const strikes = performer.due('chords', 8.6, 11.4)
    for (const { pitch } of strikes) expect(chord('F#7').scale).toContain(mod(pitch, 12))
    expect(performer.due('chords', 8, 12).length).toBeGreaterThan(0)
  })
})

describe('a style of the band', () => {
  it('brings its drums and its swing, its sounds, and its swing, which a song may change after it', () => {
    const performer = withBand().act('band-style', 'swing')
    expect(performer.state.settings).toMatchObject({ style: 'swing', swing: expect.closeTo(0.71, 1) })
    expect(performer.act('band-style', 'bossa').state.settings).toMatchObject({ style: 'latin', swing: 0.5 })
    for (const track of ['bass', 'chords'] as const) {
      expect(
        new Set(
          goOn(performer, 4)
            .due(track, 0, 8)
            .map(({ style }) => style),
        ),
      ).toEqual(new Set(['bossa']))
    }
    expect(performer.act('swing', 0.6).act('band-style', 'metre').state.settings.swing).toBe(0.6)
  })

  it('of the performer’s own is told to who plans, with the drummer, and has the sound of what it is like', () => {
    const file = JSON.stringify({ name: 'Ours', like: 'bossa', drums: 'funk', swing: { slow: 0.6, fast: 0.6 } })
    const performer = goOn(withBand(), 1).do({ type: 'bandStyle', file })
    expect(performer.state.settings).toMatchObject({ 'band-style': 'own', style: 'funk', swing: 0.6 })
    goOn(performer, 5)
    expect(performer.asks('bass').at(-1)?.style).toBe(file)
    expect(performer.act('new-groove').asks('groove').at(-1)?.band).toBe(file)
    expect(new Set(performer.due('bass', 4, 8).map(({ style }) => style))).toEqual(new Set(['bossa']))
    expect(performer.act('band-style', 'funk').act('new-groove').asks('groove').at(-1)?.band).toBe('funk')
  })

  it('of the performer’s own that is none changes nothing', () => {
    const performer = withBand()
    const polka = '{"like":"polka","drums":"funk","swing":null}'
    for (const file of ['', '{}', 'null', '{"like":"polka"}', polka, '{"like":"constructor"}'])
      performer.do({ type: 'bandStyle', file })
    expect(performer.state.settings['band-style']).toBe('metre')
    expect(goOn(performer.act('band-style', 'own'), 1).asks('bass').at(-1)?.style).toBeNull()
    expect(performer.notices).toContain('no-style')
  })
})
