import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { runCli } from '../../test/run-cli.ts'
import { readMidi, writeMidi } from '../io/midi-file/index.ts'
import { fourFour, type Note, parseMetre } from '../music/index.ts'
import { timeline } from '../timing/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function save(notes: readonly Note[], metre = '4/4', bpm = 160): string {
  const path = join(folder, 'call.mid')
  const tracks = [{ name: '', channel: 1, notes }]
  writeFileSync(path, writeMidi({ metre: parseMetre(metre), timeline: timeline(bpm), length: 32, tracks }))
  return path
}

const call = [62, 65, 69, 72, 71, 67, 65, 64].map((pitch, index) => note(index / 2, pitch, 0.375, 70 + index))

async function json(path: string, ...args: string[]): Promise<{ call: Note[]; phrase: Note[] }> {
  const { status, out, err } = await runCli('trade', path, '--json', ...args)
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

describe('tradefours trade', () => {
  it('gives the JSON of the contract: the call before the turn, and a phrase that ends in it', async () => {
    const answer = await json(save(call), '--bars', '2', '--chords', 'Dm7 | G7')
    expect(Object.keys(answer)).toEqual(['call', 'phrase'])
    expect(answer.call).toEqual(call.map((each) => ({ ...each, beat: each.beat - 4 })))
    expect(answer.phrase.length).toBeGreaterThan(0)
    for (const { beat, beats } of answer.phrase) {
      expect(beat).toBeGreaterThanOrEqual(0)
      expect(beat + beats).toBeLessThan(8)
    }
  })

  it('begins at the first bar line after the call, of the call’s own metre', async () => {
    const held = [...call, note(5, 60, 3.1)]
    const { call: heard } = await json(save(held, '7/8'), '--bars', '1')
    expect(heard.at(-1)).toMatchObject({ beat: 5 - 10.5, pitch: 60 })
    const { call: over } = await json(save([note(0, 60, 3.6), note(1, 62, 2.6)], '7/8'), '--bars', '1')
    expect(over[0]).toMatchObject({ beat: -3.5 })
  })

  it('plays its turn in the metre that the file has there, and writes the metres of the call', async () => {
    const [path, out] = [join(folder, 'changing.mid'), join(folder, 'traded.mid')]
    const [four, three, seven] = ['4/4', '3/4', '7/8'].map(parseMetre)
    const metreChanges = [
      { beat: 4, metre: three ?? fourFour },
      { beat: 7, metre: seven ?? fourFour },
    ]
    const tracks = [{ name: '', channel: 1, notes: [...call, note(4, 62, 2.5)] }]
    const song = { metre: four ?? fourFour, metreChanges, timeline: timeline(160), length: 14, tracks }
    writeFileSync(path, writeMidi(song))
    const { call: heard, phrase } = await json(path, '--bars', '1', '--chords', 'Dm7 | G7', '-o', out)
    expect(heard[0]?.beat).toBe(-7)
    expect(Math.max(...phrase.map(({ beat, beats }) => beat + beats))).toBeLessThanOrEqual(3.5)
    expect(readMidi(readFileSync(out)).timeSignatures).toEqual(readMidi(readFileSync(path)).timeSignatures)
  })

  it('writes call and phrase to a file, at the call’s tempo', async () => {
    const out = join(folder, 'traded.mid')
    const { phrase } = await json(save(call, '3/4', 90), '--bars', '4', '--closeness', 'echo', '-o', out)
    const { parts, timeline } = readMidi(readFileSync(out))
    expect(timeline[0].bpm).toBeCloseTo(90, 3)
    expect(parts.map(({ notes }) => notes.length)).toEqual([call.length, phrase.length])
    expect(parts[1]?.notes[0]?.beat).toBeCloseTo((phrase[0]?.beat ?? 0) + 6, 3)
  })

  it('swings where the call does', async () => {
    const swing = call.map((each, index) => ({ ...each, beat: each.beat + (index % 2) / 6 }))
    const offBeats = async (notes: readonly Note[]) => {
      const { phrase } = await json(save(notes), '--bars', '16')
      return phrase.filter(({ beat }) => Math.abs(beat - Math.floor(beat) - 0.5) < 0.01).length
    }
    expect(await offBeats(swing)).toBe(0)
    expect(await offBeats(call)).toBeGreaterThan(0)
  })

  it.each([
    [['--bars', '0'], 'Use a whole number from 1 to 64'],
    [[], "required option '--bars <count>'"],
    [['--bars', '4', '--chords', 'Dm7 | Hx7'], '--chords: '],
    [['--bars', '4', '--closeness', 'near'], 'Allowed choices are echo, vary, contrast'],
  ])('refuses %j with a sentence', async (args, says) => {
    const { status, out, err } = await runCli('trade', save(call), ...args)
    expect([status > 0, out]).toEqual([true, ''])
    expect(err).toContain(says)
  })

  it('says what a file without a melody needs', async () => {
    const { status, err } = await runCli('trade', save([]), '--bars', '4')
    expect([status, err]).toEqual([1, expect.stringContaining('has no melody')])
  })
})
