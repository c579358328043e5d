import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyPlayedNote } from '../../../test/arbitraries/played-notes.ts'
import { runs } from '../../../test/runs.ts'
import {
  type Evening,
  mostPlayerNotes,
  newPlayer,
  notesOf,
  type Player,
  withEvening,
  withoutEvening,
} from './player.ts'
import { maxPlayerBytes, PlayerError, readPlayer, writePlayer } from './player-file.ts'
import { portraitOf } from './portrait.ts'
import { portraitWords } from './portrait-words.ts'

const anyEvening: fc.Arbitrary<Evening> = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  day: fc.constantFrom('2026-11-29', '2026-11-30'),
  notes: fc.array(anyPlayedNote, { maxLength: 12 }),
})
const anyPlayer: fc.Arbitrary<Player> = fc
  .tuple(fc.string({ maxLength: 20 }), fc.array(anyEvening, { maxLength: 5 }))
  .map(([name, evenings]) => evenings.reduce(withEvening, newPlayer(name)))

const note = { pitch: 60, velocity: 90, since: 0.5, beats: 0.5, place: 0, chord: null }
const evening = (id: string, notes: number, day = '2026-11-30'): Evening => ({
  id,
  day,
  notes: Array(notes).fill(note),
})

describe('a player’s file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyPlayer, (player) => {
        expect(readPlayer(writePlayer(player))).toEqual(player)
      }),
      { numRuns: runs(200) },
    )
  })

  it('is at most a megabyte, and forgets the oldest notes', () => {
    const long = {
      pitch: 127,
      velocity: 127,
      since: 19.99,
      beats: 19.99,
      place: 10.99,
      chord: { root: 11, kind: 'other' },
    } as const
    const notes = Array(mostPlayerNotes - 10).fill(long)
    const full = withEvening(
      { name: 'A', evenings: [evening('old', 100, '2026-01-01')] },
      { ...evening('new', 0), notes },
    )
    expect(notesOf(full)).toHaveLength(mostPlayerNotes)
    expect(full.evenings.map(({ id, notes }) => [id, notes.length])).toEqual([
      ['old', 10],
      ['new', notes.length],
    ])
    expect(full.evenings[0]?.notes[0]?.since).toBeNull()
    expect(writePlayer(full).length).toBeLessThanOrEqual(maxPlayerBytes)
  })

  const text = writePlayer({ name: 'Anna', evenings: [evening('a', 2)] })
  it.each([
    ['a text', 'Dear Sir', 'not a player’s file'],
    ['nothing', '', 'not a player’s file'],
    ['another JSON', '[1, 2]', 'not a player’s file'],
    ['a newer version', text.replace('"version":1', '"version":2'), 'newer Tradefours'],
    ['half a file', text.slice(0, -9), 'damaged'],
    ['NaN', text.replace('[60,', '[NaN,'), 'damaged'],
    ['an endless number', text.replace('0.5', '1e999'), 'damaged at evenings.0.notes.0'],
    ['a pitch of 200', text.replace('[60,', '[200,'), 'damaged at evenings.0.notes.0'],
    ['a kind of chord that is not there', text.replace('0.5,0]', '0.5,0,3,99]'), 'damaged'],
    ['no day', text.replace('2026-11-30', 'today'), 'damaged at evenings.0.day'],
    ['too much', `${text}${' '.repeat(maxPlayerBytes)}`, 'larger than 1 MiB'],
  ])('is refused with a sentence: %s', (_, damaged, sentence) => {
    expect(() => readPlayer(damaged)).toThrow(PlayerError)
    expect(() => readPlayer(damaged)).toThrow(sentence)
  })
})

describe('two accounts of a player', () => {
  const merged = (one: Player, other: Player) => other.evenings.reduce(withEvening, one)

  it('lose nothing when they are merged, in whatever order and however often', () => {
    fc.assert(
      fc.property(anyPlayer, anyPlayer, (one, other) => {
        const both = merged(one, other)
        expect(merged(both, other)).toEqual(both)
        const ids = (player: Player) => player.evenings.map(({ id, notes }) => `${id} ${notes.length}`).sort()
        expect(ids(merged({ ...other, name: one.name }, one))).toEqual(ids(both))
        for (const { id, notes } of [...one.evenings, ...other.evenings]) {
          expect(both.evenings.find((known) => known.id === id)?.notes.length).toBeGreaterThanOrEqual(notes.length)
        }
      }),
      { numRuns: runs(200) },
    )
  })

  it('forget an evening when it is taken away', () => {
    const player = [evening('a', 2), evening('b', 3)].reduce(withEvening, newPlayer('A'))
    expect(withoutEvening(player, 'b').evenings.map(({ id }) => id)).toEqual(['a'])
  })
})

describe('a portrait', () => {
  it('can be made of whatever has been played, and its shares are shares', () => {
    fc.assert(
      fc.property(anyPlayer, (player) => {
        const portrait = portraitOf(player)
        const { intervals, rhythms, leaps, repeated, phraseEnds } = portrait
        const total = intervals.reduce((sum, { share }) => sum + share, 0)
        expect(total).toBeCloseTo(intervals.length === 0 ? 0 : 1)
        for (const value of [leaps, repeated, phraseEnds.offBeat, ...rhythms.map(({ share }) => share)]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(JSON.parse(JSON.stringify(portrait))).toEqual(portrait)
        expect(portraitWords(portrait).join(' ')).not.toMatch(/NaN|undefined|Infinity/)
      }),
      { numRuns: runs(200) },
    )
  })

  it('says what a performer does most', () => {
    const chord = { root: 0, kind: 'minor' } as const
    const line = [60, 63, 67, 63].flatMap((pitch, index) => [
      { ...note, pitch, chord, place: index / 2, since: index ? 0.5 : 4 },
    ])
    const words = portraitWords(
      portraitOf({ name: 'Anna', evenings: [{ ...evening('a', 0), notes: Array(60).fill(line).flat() }] }),
    )
    expect(words[0]).toBe('Anna: 240 notes in 60 phrases from 1 evening.')
    expect(words.join('\n')).toContain('Over minor chords (240 notes): b3 50 %, the root 25 %, 5 25 %.')
    expect(words.join('\n')).toContain('Rhythm: eighths 100 %.')
    expect(words.join('\n')).toContain('end off it 100 %; 100 % end going down, on b3 100 %.')
  })
})
