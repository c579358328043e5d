import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { runCli } from '../../test/run-cli.ts'
import { readMidi, writeMidi } from '../io/midi-file/index.ts'
import { fourFour, type Note, parseChord, pitchClass } from '../music/index.ts'
import { tempoMap, timeline } from '../timing/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function save(name: string, notes: readonly Note[], line = timeline(160)): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    writeMidi({ metre: fourFour, timeline: line, length: 64, tracks: [{ name: '', channel: 1, notes }] }),
  )
  return path
}

const call = [62, 65, 69, 72, 71, 67, 65, 64].map((pitch, index) => note(index / 2, pitch, 0.375, 70 + index))
const rhythm = [0, 0.75, 1, 1.5, 2.25, 3, 3.25, 4, 5.5, 6].map((beat, index) =>
  note(beat, 60 + ((index * 5) % 12), 0.25, 90 - index),
)

async function respond(...args: string[]) {
  const { status, out, err } = await runCli('respond', save('call.mid', call), save('rhythm.mid', rhythm), ...args)
  return { status, err, out }
}

const json = async (...args: string[]) => {
  const { status, out, err } = await respond(...args, '--json')
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

type Answered = { pitch: number; playedPitch: number; velocity: number; beat: number; beats: number }

describe('tradefours respond', () => {
  it.each(['classic', 'live'])('gives the JSON of the contract in %s mode', async (mode) => {
    const answer = await json('--mode', mode)
    expect(Object.keys(answer)).toEqual(['mode', 'call', 'modelMelody', 'pitches', 'response'])
    expect(answer.mode).toBe(mode)
    expect(answer.call).toEqual(call)
    expect(
      answer.response.map(({ pitch, playedPitch, ...rest }: Answered) => ({ ...rest, pitch: playedPitch })),
    ).toEqual(rhythm)
    const sounded = answer.response.map(({ pitch }: Answered) => pitch)
    expect(sounded.slice(0, answer.pitches.length)).toEqual(answer.pitches)
    expect(answer.pitches.length).toBeGreaterThan(0)
    if (mode === 'live') expect([answer.modelMelody, answer.pitches.length]).toEqual([null, rhythm.length])
    else
      expect(answer.modelMelody.map(({ pitch }: Note) => pitch).slice(0, answer.pitches.length)).toEqual(answer.pitches)
  })

  it('is the same for the same seed, and another for another', async () => {
    for (const mode of ['classic', 'live']) {
      const pitches = async (seed: string) => (await json('--mode', mode, '--seed', seed)).pitches
      const first = await pitches('4')
      expect(await pitches('4')).toEqual(first)
      expect(await pitches('5')).not.toEqual(first)
    }
  })

  it('keeps to chord and scale with the whole of harmony, and goes the hand’s way with the whole of contour', async () => {
    const chords = 'Dm7 | G7'
    const { response } = await json('--mode', 'live', '--chords', chords, '--harmony', '1', '--contour', '1')
    const [dm7, g7] = ['Dm7', 'G7'].map((symbol) => parseChord(symbol)?.scale ?? [])
    for (const [index, { pitch, playedPitch, beat }] of (response as Answered[]).entries()) {
      expect(beat < 4 ? dm7 : g7).toContain(pitchClass(pitch))
      const before = (response as Answered[])[index - 1]
      if (before) expect(Math.sign(pitch - before.pitch)).toBe(Math.sign(playedPitch - before.playedPitch))
    }
  })

  it('writes call and response, one after the other, each in its own tempo', async () => {
    const out = join(folder, 'out.mid')
    const slow = save('slow.mid', rhythm, tempoMap(80, [{ beat: 4, bpm: 60 }]))
    const { status } = await runCli('respond', save('call.mid', call), slow, '-o', out, '--mode', 'live')
    expect(status).toBe(0)
    const { parts, timeline: line } = readMidi(readFileSync(out))
    expect(parts.map(({ name, notes }) => [name, notes[0]?.beat])).toEqual([
      ['Call', 0],
      ['Response', 4],
    ])
    expect(line.map(({ beat, bpm }) => [beat, Math.round(bpm)])).toEqual([
      [0, 160],
      [4, 80],
      [8, 60],
    ])
  })

  it.each([
    ['a model of drums', ['--model', 'drums'], 'plays no melodies'],
    ['a melody model in live mode', ['--mode', 'live', '--model', 'melody'], 'answers no key presses'],
    ['a chart that is none', ['--chords', 'Hugo'], 'Hugo'],
    ['a model that is not there', ['--model', 'nowhere'], 'nowhere'],
  ])('refuses %s with a sentence', async (_, args, sentence) => {
    const { status, err, out } = await respond(...args)
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain(sentence)
  })

  it('refuses a file without a melody, and one that is no MIDI file', async () => {
    const drums = join(folder, 'drums.mid')
    const tracks = [{ name: '', channel: 10, notes: rhythm }]
    writeFileSync(drums, writeMidi({ metre: fourFour, timeline: timeline(90), length: 8, tracks }))
    const text = join(folder, 'letter.mid')
    writeFileSync(text, 'Dear Sir')
    expect(await runCli('respond', save('call.mid', call), drums)).toMatchObject({
      status: 1,
      err: expect.stringContaining('no melody'),
    })
    expect(await runCli('respond', text, drums)).toMatchObject({
      status: 1,
      err: expect.stringContaining('not a MIDI file'),
    })
  })
})
