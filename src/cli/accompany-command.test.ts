import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeWav } from '../../test/decode-wav.ts'
import { runCli } from '../../test/run-cli.ts'
import { onset, peak } from '../../test/waves.ts'
import { readMidi, writeMidi } from '../io/midi-file/index.ts'
import { fourFour, mod, type Note } from '../music/index.ts'
import { timeline } from '../timing/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const examples = join(import.meta.dirname, '..', '..', 'examples', 'charts')

type Json = {
  readonly metre: string
  readonly bars: number
  readonly bass: readonly Note[]
  readonly comp: readonly Note[]
  readonly drums: readonly { readonly drum: string; readonly velocity: number; readonly beat: number }[]
  readonly style: string
  readonly ending: { readonly bar: number; readonly beat: number; readonly symbol: string } | null
  readonly metres: readonly { readonly bar: number; readonly metre: string }[]
  readonly parts: readonly { readonly bar: number; readonly part: string; readonly chorus: number }[]
  readonly tempi: readonly { readonly beat: number; readonly bpm: number }[]
}

const json = async (...args: string[]): Promise<Json> => {
  const { status, out, err } = await runCli('accompany', ...args, '--json')
  expect(status, err).toBe(0)
  return JSON.parse(out)
}

describe('tradefours accompany', () => {
  it('plays a chart with bass, chords and drums to its ending, the same each time', async () => {
    const blues = [join(examples, 'blues.txt'), '--choruses', '2']
    const played = await json(...blues)
    expect(played).toMatchObject({
      metre: '4/4',
      bars: 25,
      style: 'swing',
      ending: { bar: 25, beat: 96, symbol: 'F7' },
    })
    for (const part of [played.bass, played.comp, played.drums]) {
      expect(new Set(part.map(({ beat }) => Math.floor(beat / 4))).size).toBeGreaterThan(20)
    }
    expect(played.bass.at(-1)).toMatchObject({ beat: 96, beats: expect.closeTo(4, 0) })
    expect(mod(played.bass.at(-1)?.pitch ?? 0, 12)).toBe(5)
    expect(await json(...blues)).toEqual(played)
  })

  it('has its chords where they sound, and says where it does not know a style', async () => {
    const chart = join(folder, 'polka.txt')
    writeFileSync(chart, 'Style: Zydeco\nMetre: 3/8\n| C |\nMetre: 4/4\n| C | F |\n')
    const { status, out, err } = await runCli('accompany', chart, '--json')
    expect(status).toBe(0)
    expect(err).toMatch(/does not know the style “Zydeco”, so it plays \w+: choose another with --style\./)
    const { chords } = JSON.parse(out)
    expect(chords.at(-1)).toEqual({ symbol: 'F', beat: 5.5 })
    const { err: known } = await runCli('accompany', chart, '--style', 'rock', '--json')
    expect(known).not.toContain('Zydeco')
  })

  it('goes from the head over solos and the head out to a tag, and gets slower into the last chord', async () => {
    const args = ['--choruses', '4', '--ending', 'short-tag', '--ritardando']
    const { parts, ending, tempi, bass, bars } = await json('C6 | A7 | Dm7 | G7', ...args)
    expect(parts.map(({ bar, part, chorus }) => `${bar} ${part} ${chorus}`)).toEqual([
      '1 head 1',
      '5 solos 2',
      '9 solos 3',
      '13 head-out 4',
      '17 tag 4',
      '21 ending 4',
    ])
    expect([bars, ending]).toEqual([21, { bar: 21, beat: 80, symbol: 'C6' }])
    expect(bass.at(-1)).toMatchObject({ beat: 80 })
    expect(tempi.map(({ beat }) => beat)).toEqual([0, ...Array.from({ length: 17 }, (_, half) => 72 + half / 2)])
    expect(tempi.map(({ bpm }) => bpm)).toEqual(tempi.map(({ bpm }) => bpm).sort((a, b) => b - a))
    expect(tempi.at(-1)?.bpm).toBe((tempi[0]?.bpm ?? 0) / 2)
  })

  it('plays each section in its style, with its swing', async () => {
    const chart = 'Style: Swing\n[A] C6 | A7 | Dm7 | G7\n[B: bossa] Fm7 | Bb7 | Ebmaj7 | G7'
    const args = ['--choruses', '4', '--tempo', '120', '--intensity', '0.8']
    const { drums, style } = await json(chart, ...args)
    expect(style).toBe('swing')
    const offbeats = (from: number) =>
      drums.flatMap(({ beat }) => (Math.floor(beat / 16) % 2 === from && beat < 128 ? [beat % 1] : []))
    const evenEighths = (from: number) => offbeats(from).filter((each) => Math.abs(each - 0.5) < 0.04).length
    expect(evenEighths(1)).toBeGreaterThan(8 * evenEighths(0))
    const { status, err } = await runCli('accompany', '[A: zydeco] C | F', '--json')
    expect(status).toBe(0)
    expect(err).toContain('does not know the style “zydeco”')
  })

  it('plays in a style from a file, and says what is wrong with one', async () => {
    const second = join(examples, '..', 'styles', 'second-line.json')
    const played = await json(join(examples, 'blues.txt'), '--style', second)
    expect(played.style).toBe('second line')
    const like = JSON.parse(readFileSync(second, 'utf8'))
    const path = join(folder, 'style.json')
    const bad: readonly (readonly [object, string])[] = [
      [{ ...like, bass: { patterns: [{ text: 'r-z-', energy: 0.5 }] } }, 'bass.patterns.0.text has a letter'],
      [{ ...like, tempo: 90 }, 'tempo is not a field of styles'],
      [{ ...like, like: 'polka' }, 'like has to be one of swing'],
      [{ name: 'mine' }, 'like is missing'],
      [[], 'name is missing'],
      [{ ...like, bass: 3 }, 'bass has to be an object'],
    ]
    for (const [style, says] of bad) {
      writeFileSync(path, JSON.stringify(style))
      const { status, err } = await runCli('accompany', 'C | F', '--style', path)
      expect(status).toBe(1)
      expect(err).toContain(`style.json is not a valid style: `)
      expect(err).toContain(says)
    }
    writeFileSync(path, 'swing')
    expect((await runCli('accompany', 'C | F', '--style', path)).err).toContain('is not JSON')
  })

  it('plays in every metre and writes what it plays to a MIDI file', async () => {
    const chart = join(folder, 'metres.txt')
    writeFileSync(chart, 'Metre: 7/8\n| Dm7 | G7 |\nMetre: 3/4\n| C | C |\nMetre: 5/4\n| F | C |\n')
    const out = join(folder, 'out.mid')
    const played = await json(chart, '-o', out)
    expect(played.metres).toEqual([
      { bar: 1, metre: '7/8' },
      { bar: 3, metre: '3/4' },
      { bar: 5, metre: '5/4' },
    ])
    const { parts } = readMidi(readFileSync(out))
    expect(parts.map(({ name }) => name)).toEqual(['Bass', 'Chords', 'Drums'])
    expect(parts[0]?.notes.map(({ pitch }) => pitch)).toEqual(played.bass.map(({ pitch }) => pitch))
  })

  it('writes what it plays as sound: a stroke at once, nothing at the limit, and silence after the end', async () => {
    const out = join(folder, 'out.wav')
    const { bass, comp } = await json('C6 | G7 | C6', '--style', 'bossa', '--tempo', '240', '-o', out)
    const { channels, sampleRate } = decodeWav(readFileSync(out))
    const end = Math.max(...[...bass, ...comp].map(({ beat, beats }) => beat + beats)) / 4
    for (const samples of channels) {
      expect(onset(samples, 0)).toBeLessThan(0.02 * sampleRate)
      expect(peak(samples)).toBeGreaterThan(0.1)
      expect(peak(samples)).toBeLessThan(0.99)
      expect(peak(samples.slice(Math.round((end + 2.5) * sampleRate)))).toBeLessThan(0.01)
    }
  })

  it('plays more where the solo is dense and loud', async () => {
    const solo = join(folder, 'solo.mid')
    const notes = Array.from({ length: 128 }, (_, index) => ({
      pitch: 70 + (index % 7),
      velocity: 115,
      beat: 32 + index / 4,
      beats: 0.2,
    }))
    const still = { pitch: 72, velocity: 40, beat: 0, beats: 8 }
    const tracks = [{ name: 'Solo', channel: 1, notes: [still, ...notes] }]
    writeFileSync(solo, writeMidi({ metre: fourFour, timeline: timeline(120), length: 64, tracks }))
    const { comp, bass } = await json(
      'Dm7 | % | % | % | % | % | % | % | % | % | % | % | % | % | % | %',
      '--style',
      'swing',
      '--solo',
      solo,
    )
    const loudness = (part: readonly Note[], from: number, to: number) => {
      const heard = part.filter(({ beat }) => beat >= from && beat < to)
      return heard.reduce((sum, { velocity }) => sum + velocity, 0) / heard.length
    }
    for (const part of [bass, comp]) expect(loudness(part, 40, 60)).toBeGreaterThan(loudness(part, 8, 32) + 8)
    const notesIn = (from: number, to: number) => bass.filter(({ beat }) => beat >= from && beat < to).length
    expect(notesIn(40, 56)).toBeGreaterThan(notesIn(8, 24))
  })

  it('lists its styles', async () => {
    expect((await runCli('accompany', '--style', 'list')).out).toMatch(/^swing +walking bass.*\nballad /)
    const { out } = await runCli('accompany', '--style', 'list', '--json')
    expect(JSON.parse(out)[0]).toEqual({ name: 'swing', about: expect.stringContaining('walking bass') })
  })

  it.each([
    [['nothing.txt'], 1, /can't be read/],
    [[''], 1, /^The chart is empty/],
    [['C', '--output', ''], 1, /^The path of a file is empty/],
    [['C', '--style', 'polka'], 2, /not a style that the band knows/],
    [['C', '--tempo', '500'], 2, /from 20 to 400/],
    [['C', '--solo', 'nothing.mid'], 1, /can't be read/],
    [['C | % | % '.repeat(50), '--choruses', '1000'], 1, /more than the band plays: ask for/],
  ])('says what is wrong with %j', async (args, status, sentence) => {
    const { status: is, err } = await runCli('accompany', ...args)
    expect(is).toBe(status)
    expect(err).toMatch(sentence)
  })
})
