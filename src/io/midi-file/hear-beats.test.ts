import { describe, expect, it } from 'vitest'
import { seeded } from '../../models/index.ts'
import { mod, type Note } from '../../music/index.ts'
import { secondsAt, tempoAt, timeline } from '../../timing/index.ts'
import { onHeardBeats } from './hear-beats.ts'
import type { MidiSong } from './read.ts'
import type { MidiPart } from './read-parts.ts'

const note = (beat: number, pitch: number, beats: number): Note => ({ beat, beats, pitch, velocity: 90 })

/**
 * A bass, a kit and a pad in 4/4, at a tempo and from a moment on, in a file of 120 bpm.
 *
 * @param drift how much the tempo has changed by beat 96.
 */
function converted(bpm: number, from = 0, drift = 0): MidiSong {
  const beatOf = (beat: number) => 2 * (from + ((beat + (drift * beat * beat) / 192) * 60) / bpm)
  const part = (channel: number, notes: readonly Note[]): MidiPart => {
    const moved = notes.map((each) => ({ ...each, beat: beatOf(each.beat), beats: (each.beats * 120) / bpm }))
    const which = { track: channel, channel, name: '', program: null, isKit: channel === 10, sharesTrack: false }
    return { ...which, notes: moved, end: beatOf(96) }
  }
  const each = (every: number, pitch: (index: number) => number, beats: number) =>
    Array.from({ length: 96 / every }, (_, index) => note(every * index, pitch(index), beats))
  const parts = [
    part(
      1,
      each(1 / 2, (index) => 33 + (index % 8), 1 / 4),
    ),
    part(
      2,
      each(4, () => 60, 4),
    ),
    part(
      10,
      each(1, (index) => (index % 2 ? 38 : 36), 0.1),
    ),
  ]
  return { timeline: timeline(120), timeSignatures: [], parts, notices: [] }
}

describe('beats that a file does not have', () => {
  it.each([75.3, 97.7, 113.1, 137.4, 151.9])('are heard where its music is steady, at %d bpm', (bpm) => {
    const song = converted(bpm, 0.73)
    const heard = onHeardBeats(song)
    expect(heard && tempoAt(heard.timeline, 0)).toBeCloseTo(bpm, 0)
    for (const [index, { beat }] of (heard?.parts[0]?.notes ?? []).entries()) {
      expect(beat).toBeCloseTo(index / 2, 1)
      const at = heard ? secondsAt(heard.timeline, beat) : 0
      expect(Math.abs(at - (0.73 + (index * 30) / bpm))).toBeLessThan(0.01)
    }
  })

  it.each([-0.03, 0.02, 0.04])('are followed where the tempo drifts: by %d', (drift) => {
    const song = converted(113.1, 0.73, drift)
    const heard = onHeardBeats(song)
    expect(heard?.timeline.length).toBeGreaterThan(4)
    for (const [index, { beat }] of (heard?.parts[0]?.notes ?? [{ beat: 99 }]).entries()) {
      expect(Math.abs(beat - index / 2)).toBeLessThan(0.12)
    }
  })

  it('are followed through a free introduction', () => {
    const random = seeded(3)
    const song = converted(97.7, 12, 0.02)
    const free = Array.from({ length: 40 }, () => note(24 * random.next(), 70, 0.2)).sort((a, b) => a.beat - b.beat)
    const pad = song.parts[1]
    const parts = pad ? [...song.parts, { ...pad, track: 4, notes: free }] : []
    const heard = onHeardBeats({ ...song, parts })
    const places = (heard?.parts[0]?.notes ?? []).map(({ beat }) =>
      mod(beat - (heard?.parts[0]?.notes[0]?.beat ?? 0), 1 / 2),
    )
    expect(places.length).toBeGreaterThan(0)
    for (const place of places) expect(Math.min(place, 1 / 2 - place)).toBeLessThan(0.12)
  })

  it('are left where the music is on its own', () => {
    expect(onHeardBeats(converted(120))).toBeNull()
    expect(onHeardBeats(converted(60))).toBeNull()
  })

  it('are none where nothing is steady, and where there is little to hear', () => {
    const random = seeded(1)
    const song = converted(97.7)
    const anywhere = song.parts.map((part) => {
      const notes = part.notes.map((each) => ({ ...each, beat: 96 * random.next() }))
      return { ...part, notes: notes.sort((a, b) => a.beat - b.beat) }
    })
    expect(onHeardBeats({ ...song, parts: anywhere })).toBeNull()
    expect(onHeardBeats({ ...song, parts: [] })).toBeNull()
    const [few] = song.parts
    expect(onHeardBeats({ ...song, parts: few ? [{ ...few, notes: few.notes.slice(0, 40) }] : [] })).toBeNull()
    const together = song.parts.map((part) => ({ ...part, notes: part.notes.map((each) => ({ ...each, beat: 0.3 })) }))
    expect(onHeardBeats({ ...song, parts: together })).toBeNull()
  })
})
