import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { type Chord, fourFour, measureBeats, metre, mod, type Note, parseChord } from '../music/index.ts'
import { chordPartsOf } from './harmony.ts'
import { type Brief, formOf, measureOf, type PlayedMeasure, parseBandStyle } from './index.ts'
import { bandStyles } from './styles/index.ts'

const symbols = [
  'C',
  'Dm7',
  'G7',
  'Cmaj7',
  'Bbm7b5',
  'Eb7#9',
  'F#dim7',
  'Ab7alt',
  'C5',
  'Gsus4',
  'C/E',
  'F/G',
  'Am11',
  'B+',
]
const chords = fc.constantFrom(null, ...symbols.map((symbol) => parseChord(symbol)))
const metres = fc
  .tuple(fc.integer({ min: 1, max: 13 }), fc.constantFrom(2, 4, 8, 16))
  .map(([numerator, denominator]) => metre(numerator, denominator))
const measures = fc.record({ metre: metres, chords: fc.array(chords, { maxLength: 8 }) }).map(({ metre, chords }) => ({
  metre,
  section: null,
  chords: chords.map((chord, index) => ({ chord, beat: (index * measureBeats(metre)) / chords.length })),
}))
const music = fc.record({
  form: fc.array(measures, { minLength: 1, maxLength: 4 }).map(formOf),
  style: fc.constantFrom(...bandStyles.map(({ name }) => name)),
  bpm: fc.constantFrom(20, 140, 400),
  intensity: fc.float({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

type Music = Omit<Brief, 'now' | 'next' | 'measure' | 'inSection' | 'style'> & {
  readonly form: ReturnType<typeof formOf>
  readonly style: string
}

/** Bass and comping, measure by measure. */
function play({ form, style, ...all }: Music) {
  const [bass, comp] = [[] as PlayedMeasure[], [] as PlayedMeasure[]]
  return form.map((now, measure) => {
    const inSection = { before: measure, after: form.length - 1 - measure }
    const next = form[measure + 1] ?? null
    const brief: Brief = { ...all, style: parseBandStyle(style), now, next, measure, inSection }
    const low = measureOf('bass', brief, bass)
    const high = measureOf('comping', { ...brief, bass: low }, comp)
    bass.push({ now, notes: low })
    comp.push({ now, notes: high })
    return { now, next, bass: low, comp: high }
  })
}

const sounds = (chord: Chord, pitch: number) => chord.tones.includes(mod(pitch, 12)) || chord.bass === mod(pitch, 12)

describe('a part of the band', () => {
  it('plays the same for the same seed', () => {
    fc.assert(
      fc.property(music, (all) => void expect(play(all)).toEqual(play(all))),
      { numRuns: runs(100) },
    )
  })

  it('plays notes that can be played, in order and within the measure', () => {
    fc.assert(
      fc.property(music, (all) => {
        for (const { now, bass, comp } of play(all)) {
          for (const part of [bass, comp]) {
            for (const [index, { pitch, velocity, beat, beats }] of part.entries()) {
              expect(Number.isInteger(pitch) && pitch >= 28 && pitch <= 79).toBe(true)
              expect(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127).toBe(true)
              expect(beat).toBeGreaterThanOrEqual(part[index - 1]?.beat ?? 0)
              expect(beat).toBeLessThan(measureBeats(now.metre))
              expect(beats).toBeGreaterThan(0)
            }
          }
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('has the bass between E1 and G3, one note at a time, and a note where each chord begins, or one tied into it', () => {
    fc.assert(
      fc.property(music, (all) => {
        const measures = play(all)
        for (const [measure, { now, bass }] of measures.entries()) {
          const before = measures[measure - 1]
          const tied = before?.bass.find(({ beat, beats }) => beat + beats > measureBeats(before.now.metre) + 1e-6)
          for (const [index, { pitch, beat, beats }] of bass.entries()) {
            expect(pitch).toBeLessThanOrEqual(55)
            expect(beat + beats).toBeLessThanOrEqual((bass[index + 1]?.beat ?? Number.POSITIVE_INFINITY) + 1e-9)
          }
          for (const { chord, beat, isHeld } of now.chords) {
            if (!chord || isHeld) continue
            const struck = bass.find((note) => Math.abs(note.beat - beat) < 1e-6)
            const first = struck ?? (beat === 0 ? tied : undefined)
            expect(first && sounds(chord, first.pitch)).toBe(true)
          }
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('strikes one chord at a time, above the bass', () => {
    fc.assert(
      fc.property(music, (all) => {
        for (const { bass, comp } of play(all)) {
          for (const [index, { pitch, beat, beats }] of comp.entries()) {
            expect(comp.findIndex((note) => note.beat === beat && note.pitch === pitch)).toBe(index)
            expect(comp.filter((note) => note.beat === beat).every((note) => note.beats === beats)).toBe(true)
            const under = bass.filter((note) => note.beat < beat + beats - 1e-6 && note.beat + note.beats > beat + 1e-6)
            expect(pitch).toBeGreaterThan(Math.max(0, ...under.map((note) => note.pitch)))
          }
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('voices each chord with its third and seventh, and keeps it until another comes', () => {
    fc.assert(
      fc.property(music, (all) => {
        for (const { now, next, comp } of play(all)) {
          for (const { beat } of comp) {
            const classes = new Set(comp.filter((note) => note.beat === beat).map(({ pitch }) => mod(pitch, 12)))
            const coming = [
              ...now.chords,
              ...(next ? [{ beat: measureBeats(now.metre), chord: next.chords[0]?.chord }] : []),
            ]
            const possible = coming.filter((each, index) => {
              const until = coming[index + 1]?.beat ?? Number.POSITIVE_INFINITY
              return each.beat <= beat + 0.5 + 1e-6 && until > beat
            })
            expect(possible.some(({ chord }) => chord && isComplete(chord, classes))).toBe(true)
          }
        }
      }),
      { numRuns: runs(200) },
    )
  })
})

function isComplete(chord: Chord, classes: ReadonlySet<number>): boolean {
  const { third, seventh } = chordPartsOf(chord)
  return [third, seventh].every((tone) => tone === null || classes.has(tone))
}

const bar = (...symbols: string[]) => ({
  metre: fourFour,
  section: 'A',
  chords: symbols.map((symbol, index) => ({ chord: parseChord(symbol), beat: (4 * index) / symbols.length })),
})

const plain = { bpm: 140, intensity: 0.6, seed: 1 }

describe('a walking bass', () => {
  const walk = play({
    ...plain,
    style: 'swing',
    form: formOf(Array.from({ length: 24 }, () => [bar('Dm7'), bar('G7'), bar('C6', 'A7')]).flat()),
  })

  it('plays a note on each beat, and seldom one twice', () => {
    const line = walk.flatMap(({ bass }) => bass.map(({ pitch }) => pitch))
    expect(walk.every(({ bass }) => bass.length >= 2)).toBe(true)
    expect(line.filter((pitch, index) => pitch === line[index - 1]).length).toBeLessThan(line.length / 10)
  })

  it('turns back after most leaps, and moves on in one direction by steps and thirds', () => {
    const line = walk.flatMap(({ bass }) => bass.filter(({ beat }) => beat % 1 === 0).map(({ pitch }) => pitch))
    const ways = line.slice(1).map((pitch, index) => pitch - (line[index] ?? 0))
    const turns = (isLeap: boolean) => {
      const pairs = ways.slice(1).map((way, index) => [ways[index] ?? 0, way] as const)
      const after = pairs.filter(([first, then]) => first * then !== 0 && Math.abs(first) > 4 === isLeap)
      return after.filter(([first, then]) => first * then < 0).length / after.length
    }
    expect(turns(true)).toBeGreaterThan(0.7)
    expect(turns(false)).toBeLessThan(0.5)
    const leaps = ways.filter((way) => Math.abs(way) > 4).length / ways.length
    expect(leaps).toBeGreaterThan(0.08)
    expect(leaps).toBeLessThan(0.3)
  })

  it('leads into most chords by a half step, a whole step, a fourth or a fifth', () => {
    const ways = walk.flatMap(({ bass }, index) => {
      const [last, first] = [walk[index - 1]?.bass.at(-1), bass[0]]
      return last && first ? [Math.abs(first.pitch - last.pitch)] : []
    })
    expect(ways.filter((way) => [1, 2, 5, 7].includes(way)).length / ways.length).toBeGreaterThan(0.7)
  })

  it('plays other measures over the same chords', () => {
    const lines = walk.filter((_, index) => index % 3 === 0).map(({ bass }) => `${bass.map(({ pitch }) => pitch)}`)
    expect(new Set(lines).size).toBeGreaterThan(lines.length / 2)
  })
})

describe('a tumbao', () => {
  it('strikes the next bass ahead, ties it over the bar line, and leaves beat one to it', () => {
    const [first, second] = play({ ...plain, style: 'latin', form: formOf([bar('Dm7'), bar('G7'), bar('C6')]) })
    const tied = first?.bass.at(-1)
    expect(tied && mod(tied.pitch, 12)).toBe(7)
    expect(tied && tied.beat + tied.beats).toBeGreaterThan(4)
    expect(second?.bass[0]?.beat).toBeGreaterThanOrEqual(1)
  })

  it('strikes nothing ahead of the last chord', () => {
    const now = formOf([bar('Dm7'), bar('G7')])
    const [first, next = null] = now
    if (!first) throw new Error('There are two measures.')
    const place = { measure: 0, inSection: { before: 0, after: 1 }, isBeforeEnd: true }
    const notes = measureOf('bass', { ...plain, ...place, now: first, next, style: parseBandStyle('latin') }, [])
    for (const { beat, beats } of notes) expect(beat + beats).toBeLessThanOrEqual(4)
  })
})

describe('the band', () => {
  it('plays with the bass drum in funk', () => {
    const kicks = [0, 0.75, 2.5, 3.5]
    const played = play({ ...plain, kicks, style: 'funk', form: formOf([bar('Em7'), bar('Em7')]) })
    for (const { bass } of played) expect(bass.map(({ beat }) => beat)).toEqual(expect.arrayContaining(kicks))
  })

  it('holds a pedal where there is no chord, and leaves chords out', () => {
    const silence = { metre: fourFour, section: 'A', chords: [{ beat: 0, chord: null }] }
    const [, second] = play({ ...plain, style: 'swing', form: formOf([bar('D7'), silence]) })
    expect(second?.bass.map(({ pitch }) => mod(pitch, 12))).toEqual([2])
    expect(second?.comp).toEqual([])
  })

  it('plays more, and louder, where more is going on', () => {
    const form = formOf(Array.from({ length: 8 }, () => bar('Dm7', 'G7')))
    const total = (of: (note: Note) => number, intensity: number, part: 'bass' | 'comp') =>
      play({ ...plain, intensity, style: 'swing', form }).reduce(
        (sum, measure) => sum + measure[part].reduce((all, note) => all + of(note), 0),
        0,
      )
    for (const part of ['bass', 'comp'] as const) {
      const counts = [0.1, 0.5, 0.9].map((intensity) => total(() => 1, intensity, part))
      expect(counts).toEqual([...counts].sort((a, b) => a - b))
      const mean = (intensity: number) =>
        total(({ velocity }) => velocity, intensity, part) / total(() => 1, intensity, part)
      expect(mean(0.9)).toBeGreaterThan(mean(0.1) + 10)
    }
  })

  it('keeps its top voice off a semitone from a note that the lead holds', () => {
    const lead = [{ pitch: 77, velocity: 80, beat: 0, beats: 4 }]
    for (let seed = 0; seed < 20; seed++) {
      const [played] = play({ ...plain, seed, lead, style: 'ballad', form: formOf([bar('Cmaj7')]) })
      const top = Math.max(...(played?.comp ?? []).map(({ pitch }) => pitch))
      expect([1, 11]).not.toContain(mod(77 - top, 12))
    }
  })
})
