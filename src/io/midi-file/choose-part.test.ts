import { describe, expect, it } from 'vitest'
import { bank, midiBytes, named, notes, program, type RawEvent, walking } from '../../../test/midi-bytes.ts'
import { note } from '../../../test/notes.ts'
import type { Note } from '../../music/index.ts'
import { bassPart, melodyPart, rankBasses } from './choose-part.ts'
import { readMidi } from './read.ts'
import type { MidiPart } from './read-parts.ts'

const part = (channel: number, ...notes: Note[]): MidiPart => {
  const isKit = channel === 10
  return { track: channel, channel, name: '', program: null, isKit, sharesTrack: false, notes, end: 4 }
}
const chords = part(1, note(0, 43, 4), note(0, 48, 4), note(0, 52, 4))
const line = part(2, note(0, 40, 1), note(1, 43, 1.1), note(2, 45, 1))
const lead = part(3, note(0, 70, 1), note(1, 72, 1))
const drums = part(10, note(0, 36, 0.1), note(1, 35, 0.1))

const walkingHand = () =>
  Array.from({ length: 16 }, (_, beat): [number, number, number] => [beat, 0.9, beat % 2 ? 43 : 31])

const bassOf = (...tracks: RawEvent[][]) => bassPart(readMidi(midiBytes(tracks.map((events) => ({ events })))).parts)

describe('the bass part', () => {
  it('is the lowest that plays single notes', () => {
    expect(bassPart([chords, lead, line, drums])).toBe(line)
  })

  it('is the lowest chords where all play chords', () => {
    const high = part(4, note(0, 60, 4), note(0, 64, 4))
    expect(bassPart([drums, high, chords])).toBe(chords)
  })

  it('is low chords rather than a melody an octave and a half above', () => {
    const melody = part(4, note(0, 62, 1), note(1, 64, 1), note(2, 62, 1))
    expect(bassPart([melody, chords])).toBe(chords)
  })

  it('is the one with a bass sound, even where another reaches lower', () => {
    const pick = { ...part(3, note(0, 52, 1), note(1, 55, 1)), program: 34 }
    expect(bassPart([chords, line, pick])).toBe(pick)
  })

  it('is the one that is lowest most of the time rather than a lower voice that comes in now and then', () => {
    const steady = [named('One'), ...walking(1, 32, [48, 55, 52, 57])]
    const voice = [named('Two'), ...notes(2, [4, 1, 45], [12, 1, 43], [20, 1, 45])]
    expect(bassOf([], voice, steady)?.name).toBe('One')
  })

  it('is the chords below a melody, however long they are held', () => {
    const melody = part(4, ...Array.from({ length: 32 }, (_, beat) => note(beat, 62 + (beat % 5), 1)))
    const held = part(5, ...[0, 8, 16, 24].flatMap((beat) => [48, 52, 55].map((pitch) => note(beat, pitch, 8))))
    expect(bassPart([melody, held])).toBe(held)
  })

  it('is the lower hand, even if it plays several notes at a time and reaches up', () => {
    const right = Array.from({ length: 32 }, (_, beat): [number, number, number] => [beat, 0.9, 62 + (beat % 5)])
    const left = right.flatMap(([beat]): [number, number, number][] => [
      [beat, 0.5, 40 + (beat % 7)],
      [beat + 0.5, 0.4, 61],
      [beat + 0.5, 0.4, 65],
    ])
    const found = bassOf([named('Piano'), ...notes(1, ...right)], [named('Piano'), ...notes(2, ...left)])
    expect(found?.channel).toBe(2)
  })

  it('is not the bass of a choir whose sounds are not voices, where a left hand plays below it', () => {
    const voice = (name: string, channel: number, pitch: number) => [
      named(name),
      program(0, channel, 65),
      ...walking(channel, 16, [pitch, pitch + 2]),
    ]
    const hand = [named('Piano (lo)'), ...notes(5, ...walkingHand())]
    const choir = [voice('Soprano', 1, 70), voice('Alto', 2, 64), voice('Tenor', 3, 57), voice('Bass', 4, 48)]
    expect(bassOf(...choir, hand)?.name).toBe('Piano (lo)')
    expect(bassOf(...choir)?.name).toBe('Bass')
  })

  it('is one part where a sequencer wrote its clips as tracks', () => {
    const clip = (from: number, name = 'Line') => {
      return [named(name), program(0, 2, 81), ...walking(2, 17, [33, 36, 38], from)]
    }
    const sax = [named('Sax'), program(0, 3, 66), ...walking(3, 40, [50, 52, 55], 16)]
    const found = bassOf([], clip(0), clip(16), clip(32, 'Line #2'), sax)
    expect([found?.name, found?.notes.length]).toEqual(['Line', 51])
    const hands = [40, 64].map((pitch) => [named('Piano'), ...walking(1, 8, [pitch])])
    expect(bassOf(...hands)?.notes).toHaveLength(8)
  })

  it('is not a melody with a bass sound, where a line plays below it', () => {
    const melody = [named('One'), program(0, 1, 35), ...walking(1, 8, [65, 67, 72])]
    const low = [named('Two'), program(0, 2, 1), ...walking(2, 32, [39, 36, 48])]
    expect(bassOf([], melody, low)?.name).toBe('Two')
    expect(bassOf([], melody)?.name).toBe('One')
  })

  it('is the line an octave below one with a bass sound around middle C', () => {
    const over = [named('One'), program(0, 1, 38), ...walking(1, 32, [56, 59, 54, 61])]
    const under = [named('Two'), program(0, 2, 48), ...walking(2, 32, [44, 47, 42, 49])]
    expect(bassOf([], over, under)?.name).toBe('Two')
  })

  it('is chords on the pitches of a kit’s drums, which are not strokes', () => {
    const chord = (beat: number, ...pitches: number[]) =>
      pitches.map((pitch): [number, number, number] => [beat, 1.9, pitch])
    const chords = Array.from({ length: 16 }, (_, index) =>
      index % 2 ? chord(2 * index, 36, 40, 43) : chord(2 * index, 38, 42, 45),
    )
    const found = bassOf([], [named('One'), ...walking(1, 32, [67, 70])], [named('Two'), ...notes(2, ...chords.flat())])
    expect(found?.name).toBe('Two')
  })

  it('is the chords that are nearly always the lowest rather than a melody that never is', () => {
    const melody = part(4, ...Array.from({ length: 16 }, (_, beat) => note(16 + beat, 61 + (beat % 3), 1)))
    const hand = part(
      5,
      ...Array.from({ length: 16 }, (_, index) => [38, 65, 69].map((pitch) => note(2 * index, pitch, 1))).flat(),
    )
    expect(bassPart([melody, hand])).toBe(hand)
  })

  it('is not the vocals, however low, and not one pitch that a drum strikes', () => {
    const vocals = [named('Lead Vocals'), ...walking(1, 32, [47, 54, 52])]
    const guitar = [
      named('Guitar'),
      ...notes(
        2,
        ...Array.from({ length: 32 }, (_, beat) =>
          [43, 55, 59].map((pitch): [number, number, number] => [beat, 0.9, pitch]),
        ).flat(),
      ),
    ]
    expect(bassOf([], vocals, guitar)?.name).toBe('Guitar')
    const drum = [named('One'), ...walking(1, 96, [24])]
    expect(bassOf([], drum, [named('Two'), ...walking(2, 96, [34, 38, 41])])?.name).toBe('Two')
    expect(bassOf([], drum)?.name).toBe('One')
  })

  it('is not the timpani where there is another', () => {
    const timpani = [named('One'), program(0, 1, 47), ...walking(1, 16, [45, 50])]
    expect(bassOf([], timpani, [named('Two'), ...walking(2, 16, [46, 50, 52])])?.name).toBe('Two')
    expect(bassOf([], timpani)?.name).toBe('One')
  })

  it('is never the drums', () => {
    expect(bassPart([drums])).toBeNull()
  })

  it('is the one that is named so, without any program', () => {
    const found = bassOf(
      [],
      [named('Piano L'), ...walking(1, 8, [31, 32, 33])],
      [named('Bass'), ...walking(2, 8)],
      [named('Lead'), ...walking(3, 8, [72, 74])],
    )
    expect(found?.name).toBe('Bass')
  })

  it.each(['Piano left', 'Piano (lo)', 'LH', 'linke Hand'])('is the left hand, which plays chords: %s', (name) => {
    const found = bassOf(
      [named('Piano right'), ...walking(1, 16, [73, 76, 74])],
      [named(name), ...notes(2, [0, 4, 60], [0, 4, 64], [4, 4, 62], [4, 4, 65], [8, 4, 59], [8, 4, 62], [12, 4, 60])],
    )
    expect(found?.name).toBe(name)
  })

  it('has the program that another track sets', () => {
    const found = bassOf(
      [program(0, 1, 0), program(0, 2, 33)],
      [named('One'), ...walking(1, 8, [28, 29, 30])],
      [named('Two'), ...walking(2, 8)],
    )
    expect(found).toMatchObject({ name: 'Two', program: 33 })
  })

  it('has the last program before its first note', () => {
    const found = bassOf(
      [],
      [named('A'), program(0, 1, 0), ...walking(1, 8, [31, 32, 33])],
      [named('B'), program(0, 2, 0), program(0, 2, 33), ...walking(2, 8), program(3000, 2, 0)],
    )
    expect(found).toMatchObject({ name: 'B', program: 33 })
  })

  it('is the one that plays through the song, where two have a bass sound', () => {
    const found = bassOf(
      [],
      [named('Line'), program(0, 1, 33), ...walking(1, 32)],
      [named('Stab'), program(0, 2, 37), ...notes(2, [16, 0.5, 28], [17, 0.5, 28], [18, 0.5, 28])],
    )
    expect(found?.name).toBe('Line')
  })

  it('is one part where a track plays it on two channels, or two tracks on one', () => {
    const onTwo = bassOf(
      [],
      [named('Bass'), program(0, 1, 33), ...walking(1, 8), program(0, 2, 33), ...notes(2, [8, 1, 40])],
    )
    expect(onTwo).toMatchObject({ track: 2, channel: 1, notes: { length: 9 } })
    const twoTracks = bassOf(
      [],
      [named('Bass arco'), ...notes(9, [0, 4, 40])],
      [named('Bass pizz'), ...walking(9, 8, [36, 40], 4)],
    )
    expect(twoTracks).toMatchObject({ name: 'Bass pizz', notes: { length: 9, 0: { beat: 0 } } })
  })

  it('may be played in octaves, and is not what is called “Bass Lead” above it', () => {
    const octaves = Array.from({ length: 16 }, (_, beat) => [28, 40, 52].map((pitch) => [beat, 0.9, pitch] as const))
    const low = [named('Low'), ...notes(1, ...octaves.flat().map(([a, b, c]): [number, number, number] => [a, b, c]))]
    expect(bassOf(low, [named('Mid'), ...walking(2, 16, [43, 45])])?.name).toBe('Low')
    const lead = [named('Bass Lead'), program(0, 2, 87), ...walking(2, 16, [57, 59])]
    expect(bassOf([named('Square'), program(0, 1, 80), ...walking(1, 16)], lead)?.name).toBe('Square')
  })

  it('is not a singer above a left hand, but the lowest singer where nobody else plays', () => {
    const choir = (name: string, channel: number, pitches: number[]) => {
      return [named(name), program(0, channel, 52), ...walking(channel, 16, pitches)]
    }
    const singers = [choir('Alto', 1, [64, 67]), choir('Bass', 2, [53, 55])]
    expect(bassOf(...singers)?.name).toBe('Bass')
    const hand = [named('LH'), ...notes(3, ...walkingHand())]
    expect(bassOf(...singers, hand)?.name).toBe('LH')
  })

  it('says what spoke for it, and its reasons add up', () => {
    const [best, ...others] = rankBasses([chords, lead, { ...line, name: 'Kontrabaß' }, drums])
    expect(best?.why.map(({ because }) => because)).toContain('its name is “Kontrabaß”')
    expect(best?.why.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(best?.score ?? Number.NaN, 9)
    expect(others.map(({ part }) => part)).toEqual([chords, lead])
  })
})

describe('a second drum kit is not a bass', () => {
  const kit = (channel: number): RawEvent[] =>
    Array.from({ length: 16 }, (_, eighth) => [
      ...notes(channel, [eighth / 2, 0.1, 42]),
      ...(eighth % 4 === 0 ? notes(channel, [eighth / 2, 0.1, 36]) : []),
      ...(eighth % 4 === 2 ? notes(channel, [eighth / 2, 0.1, 38]) : []),
    ]).flat()
  const acoustic = [named('Acoustic'), ...walking(2, 8, [45, 46, 47, 48, 49])]
  const gs: RawEvent = [0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x1a, 0x15, 0x02, 0, 0xf7]
  const xg: RawEvent = [0, 0xf0, 8, 0x43, 0x10, 0x4c, 0x08, 0x0a, 0x07, 0x02, 0xf7]

  it.each([
    ['its bank', [bank(0, 11, 127), ...notes(11, [0, 0.1, 36], [1, 0.1, 35])]],
    ['its name', [named('Drum Kit 2'), ...notes(11, [0, 0.1, 36], [1, 0.1, 35])]],
    ['its strokes', kit(11)],
    ['an exclusive message of GS', [gs, ...notes(11, [0, 0.1, 36], [1, 0.1, 35])]],
    ['an exclusive message of XG', [xg, ...notes(11, [0, 0.1, 36], [1, 0.1, 35])]],
  ] as [string, RawEvent[]][])('by %s', (_, events) => {
    expect(bassOf(events, acoustic)?.name).toBe('Acoustic')
    expect(bassOf(events)).toBeNull()
  })

  it('but a bass in bank 127, which GS has too, is one', () => {
    expect(bassOf([bank(0, 2, 127), named('Bass'), ...walking(2, 8)])?.name).toBe('Bass')
  })

  it('but a line in bank 127 with a program that is not a kit’s is one', () => {
    const low = [named('Low'), bank(0, 2, 127), program(0, 2, 7), ...walking(2, 8, [40, 41])]
    expect(bassOf(low)?.name).toBe('Low')
    expect(bassOf([named('Kit'), bank(0, 2, 127), program(0, 2, 25), ...walking(2, 8, [40, 41])])).toBeNull()
  })

  it('and the melody is none either', () => {
    const song = readMidi(midiBytes([{ events: kit(11) }, { events: acoustic }]))
    expect(melodyPart(song.parts)?.name).toBe('Acoustic')
  })
})
