import { describe, expect, it } from 'vitest'
import { note } from '../../../test/notes.ts'
import { Performer } from '../../../test/performer.ts'
import { song, stageWith, writtenBass } from '../../../test/songs.ts'
import { secondsAt } from '../../timing/index.ts'
import { transcribe } from '../index.ts'

const bass = [note(0, 36, 0.5), note(1.5, 38, 0.25), note(3, 41, 1)]

const transcriptOf = ({ events }: Performer) => transcribe({ seed: 0, events })

describe('a transcript', () => {
  it('has the take as it was played, and then each of its passes in its place', () => {
    const performer = new Performer().act('click', 'always').act('measures', 1).act('count-in', 1)
    performer.act('record-bass')
    const { notes, timeline, metre } = transcriptOf(
      performer.play(bass).wait(8).act('stop', undefined, performer.secondsAt(12)),
    )
    expect(metre.numerator).toBe(4)
    const onsets = (part: 'bass' | 'played') => notes[part].map(({ beat, pitch }) => [beat, pitch])
    const pass = (count: number) => bass.map(({ beat, pitch }) => [4 + 4 * count + beat, pitch])
    expect(onsets('played')).toEqual(pass(0))
    expect(onsets('bass')).toEqual([...pass(0), ...pass(1), ...pass(2)])
    expect(notes.bass.map(({ beats }) => beats)).toEqual([0.5, 0.25, 1, 0.5, 0.25, 1, 0.5, 0.25, 1])
    expect(notes.drums.map(({ beat }) => beat).filter((beat) => beat < 8)).toEqual([])
    expect(notes.click.map(({ beat }) => beat)).toEqual(Array.from({ length: 16 }, (_, beat) => beat))
    expect(secondsAt(timeline, 4)).toBe(2)
  })

  it('puts bar lines where the music begins, follows tempo and metre, and cuts off what is stopped', () => {
    const performer = new Performer()
      .act('count-in', 0)
      .play([note(0, 60, 0.6)])
      .act('measures', 1)
    performer.act('record-bass').do({ type: 'noteOn', pitch: 36, velocity: 90 }, 3)
    performer.do({ type: 'noteOff', pitch: 36 }, 3.2).play(bass.slice(1))
    performer.act('tempo', 60, performer.secondsAt(5)).do({ type: 'metre', metre: '3/4' })
    performer.act('stop', undefined, performer.secondsAt(13))
    const { timeline, metreChanges, notes, length } = transcriptOf(performer)
    expect(notes.played[1]).toMatchObject({ pitch: 36, beat: 8 })
    expect(metreChanges.map(({ beat, metre }) => [beat, metre.numerator])).toEqual([[16, 3]])
    expect(timeline.slice(-1).map(({ beat, bpm }) => [beat, bpm])).toEqual([[13, 60]])
    expect(length).toBe(21)
    for (const { beat, beats } of [...notes.click, ...notes.drums]) expect(beat + beats).toBeLessThanOrEqual(length)
  })

  it('has a song that comes in the middle of another after it', () => {
    const performer = stageWith(
      ...[36, 48].map((pitch) => song([{ play: true, metre: '4/4', loops: writtenBass(pitch, 1) }])),
    )
    performer.wait(6.5).act('next-song').wait(3).act('stop')
    const { notes } = transcriptOf(performer)
    expect(notes.bass.map(({ pitch, beat }) => [pitch, beat])).toEqual([
      ...[36, 37, 38, 39, 36, 37, 38].map((pitch, beat) => [pitch, beat]),
      ...[48, 49, 50].map((pitch, beat) => [pitch, 8 + beat]),
    ])
  })

  it('has what hands did to the notes, and nothing of it where they only played', () => {
    const plain = transcriptOf(new Performer().play([note(0, 60)]))
    expect(plain).not.toHaveProperty('expression')
    const performer = new Performer().do({ type: 'noteOn', pitch: 60, velocity: 90 })
    performer.do({ type: 'bend', value: 4096 }, 0.5).do({ type: 'control', controller: 7, value: 3 }, 1)
    const { expression } = transcriptOf(performer)
    const bend = { beat: 1, expression: { kind: 'bend', value: 4096, semitones: 1 } }
    expect(expression).toMatchObject({ lead: [bend], answer: [bend], played: [{ beat: 1 }] })
  })

  it('keeps two notes of one pitch apart that MPE gives channels of their own', () => {
    const performer = new Performer()
    for (const [controller = 0, value = 0] of [
      [101, 0],
      [100, 6],
      [6, 15],
    ])
      performer.do({ type: 'control', controller, value })
    for (const channel of [2, 3]) performer.do({ type: 'noteOn', pitch: 60, velocity: 90, channel })
    for (const channel of [3, 2]) performer.do({ type: 'noteOff', pitch: 60, channel }, performer.at + 1)
    const { notes } = transcriptOf(performer)
    const kept = [
      { channel: 2, beats: 4 },
      { channel: 3, beats: 2 },
    ]
    for (const part of ['lead', 'played'] as const) {
      expect([...notes[part]].sort((a, b) => (a.channel ?? 0) - (b.channel ?? 0))).toMatchObject(kept)
    }
  })
})
