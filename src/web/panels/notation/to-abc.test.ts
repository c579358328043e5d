import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { note } from '../../../../test/notes.ts'
import { heard, measureLengths } from '../../../../test/read-abc.ts'
import { bassline, fixedGroove, type Groove, sortHits } from '../../../groove/index.ts'
import {
  drums,
  fourFour,
  type Metre,
  measureBeats,
  metre,
  type Note,
  parseChart,
  parseChord,
  parseMetre,
  stepsPerMeasure,
} from '../../../music/index.ts'
import { measuresFor } from './rhythm.ts'
import { pitchesToAbc, type Sheet, type Staff, systemsToAbc, toAbc } from './to-abc.ts'

/** The measures of a sheet's first voice, as ABC. */
function written(notes: readonly Note[], sheet: Partial<Sheet> = {}): string {
  const { metre = fourFour } = sheet
  const abc = toAbc({ metre, measures: measuresFor(notes, metre), staves: [{ notes }], ...sheet })
  return abc.split(/\nV:1\nK:.*\n/)[1]?.trim() ?? ''
}

/** A line of eighths from a beat on. */
const eighths = (pitches: readonly number[], from = 0) => pitches.map((pitch, index) => note(from + index / 2, pitch))

const metres = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 15 }), fc.constantFrom(1, 2, 4, 8, 16)).map(([units, unit]) => metre(units, unit)),
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }), fc.constantFrom(4, 8, 16))
    .map(([groups, unit]) =>
      metre(
        groups.reduce((sum, group) => sum + group),
        unit,
        groups,
      ),
    ),
)

/** Lines of notes that end where the next begins, on sixteenths and, where beats are quarter notes, on triplets. */
const lines = metres.chain((metre) => {
  const beats = Math.ceil(measureBeats(metre) * 2)
  const divisions = metre.denominator <= 4 ? [3, 4] : [4]
  const beat = fc
    .constantFrom(...divisions)
    .chain((steps) => fc.subarray(Array.from({ length: steps }, (_, step) => step / steps)))
  return fc
    .tuple(fc.array(beat, { minLength: beats, maxLength: beats }), fc.infiniteStream(fc.integer({ min: 24, max: 108 })))
    .map(([places, pitches]) => {
      const end = 2 * measureBeats(metre)
      const onsets = places.flatMap((within, index) => within.map((place) => index + place)).filter((at) => at < end)
      const notes = onsets.map((at, index) => note(at, pitches.next().value, (onsets[index + 1] ?? end) - at))
      return { metre, measures: 2, notes }
    })
})

describe('sheet music', () => {
  it('has measures as long as their metre, in any metre', () => {
    fc.assert(
      fc.property(lines, fc.boolean(), ({ metre, measures, notes }, repeats) => {
        const [lengths] = measureLengths(toAbc({ metre, measures, staves: [{ notes }], repeats }))
        expect(lengths).toHaveLength(measures)
        for (const length of lengths ?? []) expect(length).toBeCloseTo(measureBeats(metre), 6)
      }),
    )
  })

  it('says which notes sound, from where and how long', () => {
    fc.assert(
      fc.property(lines, ({ metre, measures, notes }) => {
        const near = (value: number) => Math.round(value * 48) / 48
        const abc = toAbc({ metre, measures, staves: [{ notes }] })
        expect(heard(abc), abc).toEqual(
          notes.map(({ pitch, beat, beats }) => ({ pitch, beat: near(beat), beats: near(beats) })),
        )
      }),
    )
  })

  it('has the same measures in whatever way keys are touched', () => {
    const touches = fc.infiniteStream(
      fc.tuple(fc.double({ min: -0.03, max: 0.03, noNaN: true }), fc.double({ min: 0.01, max: 4, noNaN: true })),
    )
    fc.assert(
      fc.property(lines, touches, ({ metre, measures, notes }, touch) => {
        const played = notes.map((each) => {
          const [late = 0, times = 1] = touch.next().value as [number, number]
          return { ...each, beat: each.beat + late, beats: each.beats * times }
        })
        const [lengths = []] = measureLengths(toAbc({ metre, measures, staves: [{ notes: played }] }))
        expect(lengths).toHaveLength(measures)
        for (const length of lengths) expect(length).toBeCloseTo(measureBeats(metre), 6)
      }),
    )
  })

  it.each(['1+3/4', '4+4/8'])('rests for a whole measure of %s', (text) => {
    const abc = toAbc({ metre: parseMetre(text), measures: 2, staves: [{ notes: [note(6, 60, 2)] }] })
    expect(measureLengths(abc)).toEqual([[4, 4]])
    expect(heard(abc)).toEqual([{ pitch: 60, beat: 6, beats: 2 }])
  })

  it('finds the sixteenths that somebody meant', () => {
    const sixteenths = fc.uniqueArray(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 20 })
    const late = fc.infiniteStream(fc.double({ min: -0.035, max: 0.035, noNaN: true }))
    fc.assert(
      fc.property(sixteenths, late, (steps, jitter) => {
        const notes = steps.sort((a, b) => a - b).map((step) => note(step / 4 + jitter.next().value, 60, 0.2))
        const abc = toAbc({ metre: fourFour, measures: 2, staves: [{ notes }] })
        expect(
          heard(abc).map(({ beat }) => beat * 4),
          abc,
        ).toEqual(steps)
      }),
    )
  })

  it('holds chords, and cuts a key off where the next one comes', () => {
    const chord = [48, 52, 55].map((pitch) => note(0, pitch, 3))
    expect(written([...chord, note(2, 50, 2)])).toBe('[C,E,G,]8 D,8 |]')
  })

  it('goes round where it is a loop', () => {
    expect(written([note(0, 60, 4)], { repeats: true })).toBe('|: C16 :|')
  })

  it('is broken into lines that can be read', () => {
    const notes = Array.from({ length: 16 }, (_, measure) => note(measure * 4, 60, 4))
    expect(
      written(notes)
        .split('\n')
        .filter((line) => line.includes('|')),
    ).toHaveLength(4)
  })

  it('is written system by system, and says in each what is tied into it', () => {
    const notes = [note(0, 60, 3.5), note(3.5, 61, 3), note(6.5, 60, 1.5)]
    const lines = systemsToAbc({ metre: fourFour, measures: 2, key: 0, staves: [{ notes }] }, 1)
    expect(lines.map((abc) => abc.split('\n').at(-2))).toEqual(['C8- C6 _D2- |', '_D8)- D2C6 |]'])
  })

  it('has two staves for two hands', () => {
    const hands = [[note(0, 64, 4)], [note(0, 48, 4)]] as const
    const abc = toAbc({ metre: fourFour, measures: 1, key: 0, staves: [{ name: 'Chords', hands }] })
    expect(abc).toContain('%%score {1 2}')
    expect(abc.match(/^V:\d clef.*$/gm)).toEqual(['V:1 clef=treble name="Chords"', 'V:2 clef=bass'])
  })

  it('has a tempo and a metre with its groups', () => {
    const abc = toAbc({ metre: parseMetre('3+2+2/8'), measures: 1, bpm: 131.6, staves: [{ notes: [] }] })
    expect(abc).toContain('\nM:(3+2+2)/8\nQ:1/4=132\n')
  })
})

describe('a rhythm', () => {
  it.each<[string, string, Note[]]>([
    ['a note off the beat that is as long as one', '4/4', [note(0.5, 60, 1), note(1.5, 60, 2.5)]],
    ['nothing over the middle of common time', '4/4', [note(1, 60, 2), note(3, 60, 1)]],
    [
      'a dotted note that begins or ends on the beat',
      '4/4',
      [note(0, 60, 1.5), note(1.5, 60, 0.5), note(2.5, 60, 1.5)],
    ],
    ['a note over two bar lines', '2/4', [note(1, 60, 4), note(5, 60, 1)]],
    ['the groups of seven', '7/8', [note(0, 60, 1), note(1, 60, 1), note(2, 60, 1.5)]],
    ['a note over a group of seven', '7/8', [note(0.5, 60, 1), note(1.5, 60, 2)]],
    ['threes in six', '6/8', [note(0, 60, 1.5), note(1.5, 60, 0.5), note(2, 60, 1)]],
    ['a triplet', '4/4', [note(0, 60, 2 / 3), note(2 / 3, 60, 1 / 3), note(1, 60, 3)]],
    ['a rest in a triplet', '4/4', [note(1 / 3, 60, 1 / 3), note(2 / 3, 60, 1 / 3), note(1, 60, 3)]],
    ['a note out of a triplet', '4/4', [note(1 / 3, 60, 5 / 3), note(2, 60, 2)]],
    ['rests that show the measure', '4/4', [note(0.5, 60, 0.5)]],
    [
      'a note that was touched shortly',
      '4/4',
      [note(0, 60, 0.1), note(0.5, 60, 0.1), note(1, 60, 0.1), note(2, 60, 0.1)],
    ],
    ['a first note that came early', '4/4', [note(-0.08, 60, 4)]],
    ['five sixteenths', '5/16', [note(0, 60, 0.5), note(0.5, 60, 0.75)]],
  ])('shows %s', (_, text, notes) => {
    expect(written(notes, { metre: parseMetre(text) })).toMatchSnapshot()
  })

  it('takes as many measures as its notes begin in, or one that the last is well held into', () => {
    expect([note(0), note(3.9), note(3, 60, 1.4), note(3, 60, 3)].map((each) => measuresFor([each], fourFour))).toEqual(
      [1, 2, 1, 2],
    )
    expect(measuresFor([], fourFour)).toBe(1)
  })
})

describe('names of notes', () => {
  it('need as few accidentals as can be', () => {
    const flats = toAbc({
      metre: fourFour,
      measures: 1,
      staves: [{ notes: eighths([63, 65, 67, 68, 70, 72, 74, 75]) }],
    })
    expect(flats).toContain('K:Eb\nE2F2 G2A2 B2c2 d2e2 |]')
    const sharps = toAbc({
      metre: fourFour,
      measures: 1,
      staves: [{ notes: eighths([64, 66, 68, 69, 71, 73, 75, 76]) }],
    })
    expect(sharps).toContain('K:E\nE2F2 G2A2 B2c2 d2e2 |]')
  })

  it('lead on: up from a sharp, down from a flat', () => {
    expect(written(eighths([60, 61, 62, 64, 62, 61, 60, 67]), { key: 0 })).toBe('C2^C2 D2E2 D2_D2 =C2G2 |]')
  })

  it('are those of the chord', () => {
    const over = (symbol: string) =>
      written([note(0, 68, 4)], { key: 0, chords: [{ beat: 0, chord: parseChord(symbol) }] })
    expect(['E7', 'Fm7', 'Bdim7', 'C7#5', 'Dm7b5', 'F#m9'].map(over)).toEqual(
      ['E7"^G', 'Fm7"_A', 'Bdim7"_A', 'C7#5"^G', 'Dm7b5"_A', 'F#m9"^G'].map((name) => `"${name}16 |]`),
    )
  })

  it('have an accidental until the bar line, and none where a note goes on over it', () => {
    const notes = [note(0, 66, 1), note(1, 66, 1), note(2, 65, 1), note(3, 78, 2), note(5, 66, 3)]
    const chords = [{ beat: 0, chord: parseChord('D7') }]
    expect(written(notes, { key: 0, chords })).toBe('"D7"^F4 F4 =F4 ^f4- | f4 ^F12 |]')
  })

  it('stay what they were in a note that goes on over a change of chord', () => {
    const chords = parseChart('E7 Fm').flatMap((names, index) =>
      names.map((chord, place) => ({ beat: index * 4 + place * 2, chord })),
    )
    expect(written([note(0, 68, 4)], { key: 0, chords })).toBe('"E7"^G8- "Fm"G8 |]')
  })

  it('stand in the clef that they fit', () => {
    const clef = (pitch: number) =>
      /clef=(\S+)/.exec(toAbc({ metre: fourFour, measures: 1, staves: [{ notes: [note(0, pitch)] }] }))?.[1]
    expect([28, 40, 50, 64, 80, 100].map(clef)).toEqual(['bass-8', 'bass', 'bass', 'treble', 'treble', 'treble+8'])
  })

  it('stand in a row without a rhythm', () => {
    const row = pitchesToAbc([60, 61, 62, 70, 69], 0)
    expect(row).toContain('K:C clef=treble\nC0 ^C0 D0 _B0 A0 |]')
    expect(heard(row).map(({ pitch }) => pitch)).toEqual([60, 61, 62, 70, 69])
  })
})

describe('a chart', () => {
  it('stands over the notes, and cuts what goes on below it', () => {
    const chords = [
      { beat: 0, chord: parseChord('Dm7') },
      { beat: 2, chord: parseChord('G7') },
      { beat: 6, chord: null },
    ]
    expect(written([note(0, 62, 4)], { measures: 2, chords })).toBe('"Dm7"D8- "G7"D8 | z8 "N.C."z8 |]')
  })
})

describe('a groove', () => {
  const groove = (metre: Metre, hits: [number, Groove['hits'][number]['drum']][]): Groove => ({
    metre,
    measures: 1,
    hits: sortHits(hits.map(([step, drum]) => ({ step, drum, velocity: 90, offsetMs: 0 }))),
  })
  const voices = (of: Groove) => {
    const abc = toAbc({ metre: of.metre, measures: of.measures, staves: [{ groove: of }] })
    return abc.match(/(?<=\nV:\d\nK:C\n).*/g)
  }

  it('has hands above and the foot below', () => {
    const hits = groove(fourFour, [
      ...[0, 2, 4, 6, 8, 10, 12].map((step): [number, 'closed-hat'] => [step, 'closed-hat']),
      [14, 'open-hat'],
      [4, 'snare'],
      [12, 'snare'],
      [0, 'kick'],
      [10, 'kick'],
    ])
    expect(voices(hits)).toEqual(['g2g2 [cg]2g2 g2g2 [cg]2!open!g2 |]', 'F4 x4 x2F2 x4 |]'])
  })

  it('follows a bassline in any metre, each measure filled', () => {
    fc.assert(
      fc.property(lines, ({ metre, measures, notes }) => {
        const staves: Staff[] = [
          { name: 'bass', notes },
          { name: 'drums', groove: fixedGroove(bassline(notes, metre, measures)) },
        ]
        for (const lengths of measureLengths(toAbc({ metre, measures, staves, repeats: true }))) {
          expect(lengths).toHaveLength(measures)
          for (const length of lengths) expect(length).toBeCloseTo(measureBeats(metre), 6)
        }
      }),
    )
  })

  it('shows each stroke at its place', () => {
    const anyHits = metres.chain((metre) =>
      fc
        .uniqueArray(fc.tuple(fc.nat(stepsPerMeasure(metre) - 1), fc.constantFrom(...drums)), { selector: String })
        .map((hits) => groove(metre, hits)),
    )
    fc.assert(
      fc.property(anyHits, (of) => {
        const abc = toAbc({ metre: of.metre, measures: 1, staves: [{ groove: of }] })
        const onsets = (voice: number) => [...new Set(heard(abc, voice).map(({ beat }) => beat * 4))]
        const steps = (isKick: boolean) => [
          ...new Set(of.hits.filter(({ drum }) => (drum === 'kick') === isKick).map(({ step }) => step)),
        ]
        expect([onsets(0), onsets(1)], abc).toEqual([steps(false), steps(true)])
      }),
    )
  })
})
