import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  midiBytes,
  named,
  notes,
  program,
  type RawEvent,
  signature,
  tempo,
  ticks,
  walking,
} from '../../test/midi-bytes.ts'
import { runCli } from '../../test/run-cli.ts'
import { measureMap, readMidi } from '../io/midi-file/index.ts'
import { secondsAt, tempoAt } from '../timing/index.ts'
import type { SongHit, SongNote } from './song-groove.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const conductor = [tempo(0, 120), signature(0, 4, 4)]

/** Saves a conductor's track and a bass with a bass sound. @param end where the bass's track ends, in beats. */
function save(first: readonly RawEvent[], bass: readonly RawEvent[], end?: number): string {
  const path = join(folder, 'song.mid')
  const events = [named('Bass'), program(0, 1, 33), ...bass]
  writeFileSync(path, midiBytes([{ events: first }, { events, ...(end !== undefined && { end: end * ticks }) }]))
  return path
}

async function groove(path: string, ...args: string[]) {
  const { status, out, err } = await runCli('groove', path, '--fixed', '--json', ...args)
  expect(status, err).toBe(0)
  return { ...JSON.parse(out), err } as Record<string, unknown> & {
    bass: (SongNote & { beat: number })[]
    drums: SongHit[]
    err: string
  }
}

const stepsOf = (hits: SongHit[], drum: string) => hits.filter((hit) => hit.drum === drum).map(({ step }) => step)

/** The strokes that a note of the bass sounds with. */
function snaresFollow({ bass, drums }: { bass: { beat: number }[]; drums: SongHit[] }) {
  const snares = drums.filter(({ drum }) => drum === 'snare').map(({ beat }) => beat)
  expect(snares).toHaveLength(bass.length)
  for (const [index, { beat }] of bass.entries()) expect(snares[index]).toBeCloseTo(beat, 2)
}

describe('a file that names no metre', () => {
  const inThree = walking(1, 48, [36, 48, 48, 43, 47, 47], 0)
  const inFour = walking(1, 48, [36, 48, 43, 48], 0)

  it('is in 3/4 where its music is heard in three, and says so', async () => {
    const path = save([tempo(0, 120)], inThree)
    const json = await groove(path)
    expect(json).toMatchObject({ metre: '3/4', bars: 16 })
    expect(json.err).toContain('names no metre and is heard in 3/4: choose another with --metre.')
    expect(await groove(path, '--metre', '4/4')).toMatchObject({ metre: '4/4', bars: 12, err: '' })
    expect(await groove(save(conductor, inThree))).toMatchObject({ metre: '4/4', err: '' })
  })

  it('is in 4/4 where it is not, or is too short to tell', async () => {
    expect(await groove(save([tempo(0, 120)], inFour))).toMatchObject({ metre: '4/4', err: '' })
    expect(await groove(save([tempo(0, 120)], walking(1, 12, [36, 48, 48], 0)))).toMatchObject({ metre: '4/4' })
  })
})

it('a last note half a sixteenth before the bar line makes no measure more', async () => {
  const bass = [...walking(1, 3, [36, 43], 0), ...notes(1, [3, 0.5, 36], [3.875, 0.1, 38])]
  const json = await groove(save(conductor, bass))
  expect(json).toMatchObject({ bars: 1 })
  expect(json.bass.at(-1)).toMatchObject({ step: 15, beat: 3.875 })
})

describe('a pickup', () => {
  it('in a short measure before bar one is before beat one', async () => {
    const bass = [...notes(1, [0, 0.5, 43], [0.5, 0.5, 45]), ...walking(1, 16, [36, 40, 43, 45], 1)]
    const json = await groove(save([signature(0, 1, 4), signature(ticks, 4, 4)], bass))
    expect(json).toMatchObject({ metre: '4/4', bars: 4, pickup: 1, from: 1 })
    expect(json.bass.slice(0, 3).map(({ step, beat }) => [step, beat])).toEqual([
      [-4, -1],
      [-2, -0.5],
      [0, 0],
    ])
    expect(stepsOf(json.drums, 'kick')).toEqual([0, 16, 32, 48])
    snaresFollow(json)
  })

  it('in a short measure after a count-in is before beat one', async () => {
    const changes = [signature(0, 4, 4), signature(4 * ticks, 1, 4), signature(5 * ticks, 3, 4)]
    const json = await groove(save(changes, walking(1, 13, [40, 36, 43], 4)))
    expect(json).toMatchObject({ metre: '3/4', bars: 4, pickup: 1, from: 3 })
    expect(json.bass[0]).toMatchObject({ step: -4, beat: -1 })
  })

  it('is a first note that is pushed ahead of the bar line and held over it', async () => {
    const bass = [...notes(1, [3.5, 1, 27]), ...walking(1, 15, [30, 34, 42, 39], 5)]
    expect(await groove(save(conductor, bass))).toMatchObject({ bars: 4, pickup: 0.5, from: 2 })
    const long = [...notes(1, [2.5, 2, 27]), ...walking(1, 15, [30, 34, 42, 39], 5)]
    expect(await groove(save(conductor, long))).toMatchObject({ bars: 5, pickup: 0, from: 1 })
  })

  it('at the end of a whole measure is one, too, and there is no measure too many at the end', async () => {
    const bass = [...notes(1, [2.5, 0.4, 40], [3, 0.4, 42], [3.5, 0.4, 43]), ...walking(1, 16, [36, 40, 43, 45], 4)]
    const path = save(conductor, bass)
    const json = await groove(path)
    expect(json).toMatchObject({ bars: 4, pickup: 1.5, from: 2 })
    expect(json.bass[0]).toMatchObject({ step: -6, beat: -1.5 })
    const { out } = await runCli('groove', path, '--fixed')
    expect(out).toMatch(/^ +0 {7}\n|^ +0$/m)
  })

  it('is none where the loop has a rest there in each measure', async () => {
    const bass = notes(1, [2, 1, 36], [6, 1, 36], [10, 1, 36], [14, 1, 36])
    expect(await groove(save(conductor, bass))).toMatchObject({ bars: 4, pickup: 0, from: 1 })
  })

  it('is a measure of its own in the file that is written, which reads back as the same', async () => {
    const bass = [...notes(1, [2.5, 0.4, 40], [3, 0.4, 42]), ...walking(1, 16, [36, 40, 43, 45], 4)]
    const out = join(folder, 'out.mid')
    const first = await groove(save([...conductor, tempo(8 * ticks, 90)], bass), '-o', out)
    const song = readMidi(readFileSync(out))
    expect(measureMap(song.timeSignatures).map.map(({ bar, beat }) => [bar, beat])).toEqual([
      [0, 0],
      [1, 1.5],
    ])
    expect([tempoAt(song.timeline, 5.4), tempoAt(song.timeline, 5.6)].map(Math.round)).toEqual([120, 90])
    const again = await groove(out)
    expect([again.bass, again.pickup, again.bars]).toEqual([first.bass, first.pickup, first.bars])
    expect(song.parts[1]?.notes).toHaveLength(first.drums.length)
  })

  it('is played by the fixed groove alone', async () => {
    const bass = [...notes(1, [2.5, 0.4, 40], [3, 0.4, 42]), ...walking(1, 16, [36, 40, 43, 45], 4)]
    const { status, out } = await runCli('groove', save(conductor, bass), '--json')
    const { source, bars, drums } = JSON.parse(out)
    expect([status, source, bars]).toEqual([0, 'model', 4])
    expect(drums.every(({ step }: SongHit) => step >= 0 && step < 64)).toBe(true)
  })
})

describe('metre and tempo', () => {
  it('that change are followed', async () => {
    const seven = Array.from({ length: 14 }, (_, eighth): [number, number, number] => [8 + eighth / 2, 0.4, 36])
    const path = save([...conductor, signature(8 * ticks, 7, 8)], [...walking(1, 8), ...notes(1, ...seven)])
    const json = await groove(path)
    expect(json).toMatchObject({ metre: '4/4', bars: 4, stepsPerBar: 16, err: '' })
    expect(json.metres).toEqual([
      { bar: 1, metre: '4/4', stepsPerBar: 16 },
      { bar: 3, metre: '7/8', stepsPerBar: 14 },
    ])
    expect(stepsOf(json.drums, 'kick')).toEqual([0, 16, 32, 46])
    snaresFollow(json)
    const out = join(folder, 'out.mid')
    const { out: text } = await runCli('groove', path, '-o', out)
    expect(text).toMatch(/^4\/4, 7\/8 from measure 3, 120 beats a minute, 4 measures, model groove/)
    expect(readMidi(readFileSync(out)).timeSignatures).toEqual([
      { beat: 0, numerator: 4, denominator: 4 },
      { beat: 8, numerator: 7, denominator: 8 },
    ])
  })

  it('that come a tick late are those of the start', async () => {
    const eighths = Array.from({ length: 28 }, (_, eighth): [number, number, number] => [eighth / 2, 0.4, 36])
    const json = await groove(save([signature(1, 7, 8)], notes(1, ...eighths)))
    expect(json).toMatchObject({ metre: '7/8', bars: 4, err: '' })
  })

  it('can be told instead', async () => {
    const path = save(conductor, walking(1, 12))
    expect(await groove(path, '--metre', '3/4')).toMatchObject({ metre: '3/4', bars: 4 })
    const out = join(folder, 'out.mid')
    await groove(path, '--tempo', '60', '-o', out)
    expect(secondsAt(readMidi(readFileSync(out)).timeline, 4)).toBe(4)
  })
})

describe('a loop', () => {
  it('is not longer for a late release', async () => {
    expect(await groove(save(conductor, notes(1, [0, 1, 36], [4, 4.13, 36])))).toMatchObject({ bars: 2 })
  })

  it('is not longer for a last note that is tied into its next pass', async () => {
    const json = await groove(save(conductor, notes(1, [0, 1, 36], [4, 1, 36], [7.5, 1.5, 38])))
    expect([json.bars, json.bass.at(-1)?.step]).toEqual([2, 30])
  })

  it('is longer for a rest up to the end of its track, but not for an hour of it', async () => {
    const bass = walking(1, 12)
    expect(await groove(save(conductor, bass, 15.9))).toMatchObject({ bars: 4 })
    expect(await groove(save(conductor, bass, 12.5))).toMatchObject({ bars: 3 })
    const hour = await groove(save(conductor, bass, 7200))
    expect([hour.bars, hour.err]).toEqual([3, expect.stringContaining('1797 empty measures')])
  })

  it('begins where the bass enters, or where it is told', async () => {
    const path = save(conductor, walking(1, 16, [36, 40, 43, 45], 32))
    expect(await groove(path, '--bars', '4')).toMatchObject({ bars: 4, from: 9, pickup: 0 })
    expect((await groove(path)).bass[0]).toMatchObject({ step: 0, beat: 0 })
    const later = await groove(path, '--from', '10', '--to', '11')
    expect([later.from, later.bars, later.bass.length]).toEqual([10, 2, 8])
    const sooner = await groove(path, '--from', '7')
    expect([sooner.from, sooner.bars, sooner.bass[0]?.step]).toEqual([7, 6, 32])
    const { status, err } = await runCli('groove', path, '--from', '1', '--to', '8')
    expect([status, err]).toEqual([1, expect.stringContaining('it begins in measure 9')])
  })
})

describe('drums sound on the same moment as the bass', () => {
  const shuffle = Array.from({ length: 16 }, (_, beat): [number, number, number][] => [
    [beat, 0.6, 40],
    [beat + 2 / 3, 0.3, 40],
  ]).flat()
  const triplets = Array.from({ length: 24 }, (_, third): [number, number, number] => [third / 3, 0.3, 36])

  it.each([
    ['triplets', triplets, 2],
    ['a shuffle', shuffle, 4],
  ])('in %s', async (_, played, bars) => {
    const path = save(conductor, notes(1, ...played))
    const json = await groove(path)
    expect(json).toMatchObject({ bars, stepsPerBeat: 3, swing: 0.667, stepsPerBar: 12 })
    snaresFollow(json)
    expect(json.bass.map(({ step }) => step)).toEqual(played.map(([beat]) => Math.round(3 * beat)))
    const out = join(folder, 'out.mid')
    await groove(path, '-o', out)
    const [bass, drums] = readMidi(readFileSync(out)).parts
    const snares = drums?.notes.filter(({ pitch }) => pitch === 38) ?? []
    expect(snares).toHaveLength(played.length)
    for (const [index, { beat }] of snares.entries()) expect(beat).toBeCloseTo(bass?.notes[index]?.beat ?? 0, 2)
  })

  it('at any swing that is asked for', async () => {
    for (const swing of ['0.5', '0.6', '0.75']) {
      const json = await groove(save(conductor, notes(1, ...shuffle)), '--swing', swing)
      expect(json.swing).toBe(Number(swing))
      snaresFollow(json)
      expect((json.bass[1]?.beat ?? 0) % 1).toBeCloseTo(Number(swing), 2)
    }
  })

  it.each([0.6, 2 / 3, 0.7])('by a model, on triplets and their halves, with a swing of %d', async (swing) => {
    const path = save(conductor, notes(1, ...shuffle))
    const args = ['--swing', swing.toFixed(3), '--json', '--feel', '0']
    const { drums, bass, stepsPerBeat } = JSON.parse((await runCli('groove', path, ...args)).out)
    expect([3, 6]).toContain(stepsPerBeat)
    for (const { step, beat } of [...drums, ...bass]) {
      const place = (step / stepsPerBeat) % 1
      const sounds = place < 2 / 3 ? place * 1.5 * swing : swing + (place - 2 / 3) * 3 * (1 - swing)
      expect(beat).toBeCloseTo(Math.floor(step / stepsPerBeat + 1e-9) + sounds, 2)
    }
    const struck = drums.map(({ step, drum }: SongHit) => `${step} ${drum}`)
    expect(new Set(struck).size).toBe(struck.length)
  })

  it('in a style of triplets under a bass that plays on the beats alone', async () => {
    const path = save(conductor, walking(1, 16))
    const subdivision = async (...args: string[]) => {
      const { stepsPerBeat, swing } = await groove(path, ...args)
      return { stepsPerBeat, swing }
    }
    expect(await subdivision()).toEqual({ stepsPerBeat: 4, swing: 0.5 })
    expect(await subdivision('--style', 'funk')).toEqual({ stepsPerBeat: 4, swing: 0.5 })
    expect(await subdivision('--style', 'swing')).toEqual({ stepsPerBeat: 3, swing: 0.667 })
    const straight = save(
      conductor,
      notes(1, ...triplets.map(([third]): [number, number, number] => [1.5 * third, 0.3, 40])),
    )
    expect((await groove(straight, '--style', 'swing')).swing).toBe(0.5)
  })

  it('in metres of eighths, where nothing swings', async () => {
    const eighths = notes(1, ...Array.from({ length: 24 }, (_, i): [number, number, number] => [i / 2, 0.4, 36]))
    const json = await groove(save([signature(0, 12, 8)], eighths), '--swing', '0.667')
    snaresFollow(json)
    expect(json.bass.every(({ beat }) => Number.isInteger(2 * beat))).toBe(true)
  })
})

describe('the bass that was chosen', () => {
  it('is explained', async () => {
    const path = join(folder, 'two.mid')
    const [bass, stab] = [
      [named('ベース'), program(0, 1, 33), ...walking(1, 32)],
      [named('Stab'), program(0, 2, 37), ...notes(2, [16, 0.5, 28])],
    ]
    writeFileSync(path, midiBytes([{ events: conductor }, { events: bass }, { events: stab }]))
    const { bassPart } = await groove(path)
    expect(bassPart).toMatchObject({ track: 2, channel: 1, name: 'ベース', program: 33, others: [{ name: 'Stab' }] })
    expect((bassPart as { why: { because: string }[] }).why.map(({ because }) => because)).toContain(
      'its sound is a bass',
    )
    expect(await groove(path, '--track', 'ﾍﾞｰｽ')).toMatchObject({ bassPart: { track: 2 } })
    const { err } = await runCli('groove', path, '--track', 'tuba')
    expect(err).toContain('choose among 2 (ベース), 3 (Stab)')
  })
})

it('what is wrong with a file that can be played is said', async () => {
  const path = join(folder, 'odd.mid')
  writeFileSync(path, midiBytes([{ events: conductor }, { events: walking(1, 4), length: 999 }], 1))
  const { bars, err } = await groove(path)
  expect([bars, err.trim().split('\n').length]).toEqual([1, 2])
  expect(err).toMatch(/odd\.mid announces 1 track and has 2.*\n.*odd\.mid has the wrong length for track 2/)
})

describe('perform', () => {
  const solo = join(import.meta.dirname, '..', '..', 'examples', 'solo.mid')
  const perform = async (path: string, ...args: string[]) => {
    const out = join(folder, 'performance.mid')
    const { status, err } = await runCli('perform', path, solo, '-o', out, ...args)
    expect(status, err).toBe(0)
    return { err, song: readMidi(readFileSync(out)) }
  }

  it('begins in the measure in which the bass begins, in its metre and tempo', async () => {
    const eighths = Array.from({ length: 7 }, (_, eighth): [number, number, number] => [16 + eighth / 2, 0.4, 36])
    const path = save([...conductor, signature(16 * ticks, 7, 8), tempo(16 * ticks, 90)], notes(1, ...eighths))
    const { err, song } = await perform(path)
    expect([err, song.timeSignatures[0]]).toEqual(['', { beat: 0, numerator: 7, denominator: 8 }])
    expect(Math.round(tempoAt(song.timeline, 8))).toBe(90)
    expect(((song.parts[0]?.notes[0]?.beat ?? 1) / 3.5) % 1).toBeCloseTo(0, 3)
  })

  it('loops the measures before a change of metre, and says so', async () => {
    const path = save([...conductor, signature(8 * ticks, 7, 8), tempo(4 * ticks, 90)], walking(1, 16))
    const { err } = await perform(path)
    expect(err).toMatch(/changes to 7\/8 in measure 3, and a loop has one metre: it ends before/)
    expect(err).toMatch(/changes its tempo in the loop, which has one: 120 beats a minute/)
  })

  it('plays the pickup before its first beat', async () => {
    const bass = [...notes(1, [2.5, 0.4, 40], [3, 0.4, 42]), ...walking(1, 8, [36, 40, 43, 45], 4)]
    const { song } = await perform(save(conductor, bass))
    expect(song.parts[0]?.notes.slice(0, 3).map(({ beat }) => Math.round(100 * beat) / 100)).toEqual([6.5, 7, 8])
  })
})
