import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JZZ from 'jzz'
import smf from 'jzz-midi-smf'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { note } from '../../test/notes.ts'
import { some } from '../../test/runs.ts'
import type { DrumHit } from '../groove/index.ts'
import { readMidi, writeMidi } from '../io/midi-file/index.ts'
import { drumStyles, metre, type Note, parseMetre, stepsPerMeasure } from '../music/index.ts'
import { timeline } from '../timing/index.ts'
import { main } from './index.ts'

smf(JZZ)

const examples = join(import.meta.dirname, '..', '..', 'examples')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command line in this process and catches what it prints. */
async function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const catching = (lines: string[]) => (text: unknown) => lines.push(String(text)) > 0
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(catching(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(catching(err)),
  ]
  const status = await main(args)
  for (const spy of spies) spy.mockRestore()
  return { status, out: out.join(''), err: err.join('') }
}

function save(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function bassFile(name: string, inMetre: string, notes: Note[], channel = 1): string {
  const line = { metre: parseMetre(inMetre), timeline: timeline(133), length: 0 }
  return save(name, writeMidi({ ...line, tracks: [{ name: 'Bass', channel, notes }] }))
}

describe('tradefours groove', () => {
  it('says what the fixed groove does not follow', async () => {
    const { status, err } = await run('groove', join(examples, 'bassline.mid'), '--fixed', '--style', 'funk', '--fill')
    expect([status, err]).toEqual([0, 'The fixed groove follows the bass alone: --style, --fill changed nothing.\n'])
  })

  it.each([
    ['4/4', [0, 1.5, 2.72, 3.93, 6]],
    ['3/4', [0, 1.25, 2.98, 5.5]],
    ['7/8', [0.1, 1.5, 3.4, 3.5, 6.9]],
    ['12/8', [0, 1.5, 5.94, 9, 11.75]],
    ['5/16', [0, 0.75, 1.2, 2.3]],
  ])('gives the JSON of the contract and exactly the rule in %s', async (inMetre, beats) => {
    const path = bassFile(
      'bass.mid',
      inMetre,
      beats.flatMap((beat) => [note(beat, 40, 0.05), note(beat, 47, 0.05)]),
    )
    const { status, out, err } = await run('groove', path, '--fixed', '--json', '--seed', '7')
    expect([status, err]).toEqual([0, ''])
    const perBar = stepsPerMeasure(parseMetre(inMetre))
    const onsets = [...new Set(beats.map((beat) => Math.round(beat * 4)))]
    const bars = Math.floor(Math.max(...onsets) / perBar) + 1
    const expected: { step: number; drum: string }[] = []
    for (let step = 0; step < bars * perBar; step++) {
      if (step % perBar === 0) expected.push({ step, drum: 'kick' })
      if (onsets.includes(step)) expected.push({ step, drum: 'snare' })
      if ((step % perBar) % 2 === 0) expected.push({ step, drum: 'closed-hat' })
    }
    const json = JSON.parse(out)
    const first = ['metre', 'bars', 'stepsPerBar', 'source', 'bass', 'drums']
    const second = ['stepsPerBeat', 'swing', 'pickup', 'style', 'from', 'metres', 'form', 'bassPart']
    expect(Object.keys(json)).toEqual([...first, ...second])
    expect(json).toMatchObject({ metre: inMetre, bars, stepsPerBar: perBar, source: 'fixed', drums: expected })
    expect(json.drums).toHaveLength(expected.length)
    expect(Object.keys(json.drums[0])).toEqual(['step', 'drum', 'velocity', 'offsetMs', 'beat'])
    const steps = beats.map((beat) => Math.round(beat * 4))
    expect(json.bass.map(({ step }: { step: number }) => step)).toEqual(steps.flatMap((step) => [step, step]))
  })

  it.each(['bassline.mid', 'seven.mid', 'twelve.mid'])('draws %s, the same each time', async (name) => {
    const first = await run('groove', join(examples, name), '--fixed')
    expect(first.status).toBe(0)
    expect(first.out).toMatchSnapshot()
    expect(await run('groove', join(examples, name), '--fixed')).toEqual(first)
  })

  const inMetres: [string, number[]][] = [
    ['4/4', [0, 1.5, 3, 5]],
    ['3/4', [0, 1.5, 4]],
    ['7/8', [0, 1.5, 2.5, 5]],
    ['5/4', [0, 2.5, 3, 7]],
    ['12/8', [0, 1.5, 4.5]],
  ]
  it.each(some(inMetres, 1))(
    'answers with a model in %s: another groove for another seed, the same for the same',
    async (inMetre, beats) => {
      const path = bassFile(
        'bass.mid',
        inMetre,
        beats.map((beat) => note(beat)),
      )
      const groove = async (...args: string[]) => {
        const { status, out, err } = await run('groove', path, '--json', ...args)
        expect([status, err]).toEqual([0, ''])
        return JSON.parse(out)
      }
      const fixed = await groove('--fixed')
      const first = await groove('--seed', '1')
      expect(first).toMatchObject({ source: 'model', metre: inMetre, bars: fixed.bars, bass: fixed.bass })
      for (const { step, velocity, offsetMs } of first.drums as DrumHit[]) {
        expect(step).toSatisfy((at: number) => at >= 0 && at < first.bars * first.stepsPerBar)
        expect(velocity).toSatisfy((hard: number) => hard >= 1 && hard <= 127 && Number.isInteger(hard))
        expect(String(offsetMs)).toMatch(/^-?\d+(\.\d)?$/)
      }
      expect(first.drums.some(({ offsetMs }: DrumHit) => offsetMs !== 0)).toBe(true)
      expect(await groove('--seed', '1')).toEqual(first)
      expect((await groove('--seed', '2')).drums).not.toEqual(first.drums)
    },
  )

  it('leaves every stroke on the grid without feel', async () => {
    const groove = async (feel: string) =>
      JSON.parse((await run('groove', join(examples, 'seven.mid'), '--json', '--feel', feel)).out).drums as DrumHit[]
    const [grid, felt] = [await groove('0'), await groove('1')]
    const struck = (hits: DrumHit[]) => hits.map(({ step, drum }) => [step, drum])
    expect(struck(grid)).toEqual(struck(felt))
    expect(grid.every(({ offsetMs }) => offsetMs === 0)).toBe(true)
  })

  it('plays in the style that is asked for, and lists those that there are', async () => {
    const path = join(examples, 'bassline.mid')
    const groove = async (...args: string[]) => JSON.parse((await run('groove', path, '--json', ...args)).out)
    const [own, funk, bossa] = [await groove(), await groove('--style', 'funk'), await groove('--style', 'Bossa')]
    expect([own.style, funk.style, bossa.style]).toEqual([null, 'funk', 'latin'])
    expect(funk.drums).not.toEqual(own.drums)
    const { status, out } = await run('groove', '--style', 'list')
    expect([
      status,
      out
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ]).toEqual([0, [...drumStyles]])
    expect(await run('groove', path, '--style', 'polka')).toMatchObject({
      status: 2,
      err: expect.stringContaining('choose rock, funk'),
    })
  })

  it('is busier and louder with more intensity, and ends with a fill', async () => {
    const path = bassFile(
      'four.mid',
      '4/4',
      [0, 1.5, 4, 5.5, 8, 9.5, 12, 13.5].map((beat) => note(beat)),
    )
    const groove = async (...args: string[]): Promise<DrumHit[]> =>
      JSON.parse((await run('groove', path, '--json', '--style', 'rock', ...args)).out).drums
    const [least, most] = [await groove('--intensity', '0'), await groove('--intensity', '1')]
    const loudness = (hits: DrumHit[]) => hits.reduce((sum, { velocity }) => sum + velocity, 0) / hits.length
    expect(most.length).toBeGreaterThan(least.length)
    expect(loudness(most)).toBeGreaterThan(loudness(least))
    const rolls = (hits: DrumHit[], from: number, to: number) =>
      hits.filter(({ step, drum }) => step >= from && step < to && (drum === 'snare' || drum.endsWith('tom'))).length
    const filled = await groove('--fill')
    expect(rolls(filled, 48, 64)).toBeGreaterThan(rolls(filled, 0, 48) / 3)
  })

  it('plays a form: a fill at the end of each part, and a crash on the next one', async () => {
    const roots = [0, 9, 2, 7, 0, 9, 2, 7]
    const bridge = [5, 5, 0, 0, 5, 5, 7, 7]
    const notes = [...roots, ...roots, ...bridge, ...roots].flatMap((root, bar) =>
      [0, 1.5, 2.5].map((beat) => note(4 * bar + beat, 36 + root)),
    )
    const path = bassFile('aaba.mid', '4/4', notes)
    const { form, drums } = JSON.parse((await run('groove', path, '--json', '--style', 'rock', '--seed', '3')).out)
    expect(form.map(({ name, bar, bars }: { name: string; bar: number; bars: number }) => [name, bar, bars])).toEqual([
      ['A', 1, 8],
      ['A', 9, 8],
      ['B', 17, 8],
      ['A', 25, 8],
    ])
    const rolls = Array.from({ length: 32 }, (_, bar) => {
      return (drums as DrumHit[]).filter(
        ({ step, drum }) => Math.floor(step / 16) === bar && (drum === 'snare' || drum.endsWith('tom')),
      ).length
    })
    const mean = (bars: number[]) => bars.reduce((sum, count) => sum + count, 0) / bars.length
    expect(mean(rolls.filter((_, bar) => bar % 8 === 7))).toBeGreaterThan(
      2 * mean(rolls.filter((_, bar) => bar % 8 < 7)),
    )
    const crashes = (drums as DrumHit[]).filter(({ step, drum }) => drum === 'crash' && step % 128 === 0)
    expect(crashes.length).toBeGreaterThanOrEqual(2)
  })

  it('says so when the model asked for is none, or plays no drums', async () => {
    const asked = (model: string) => run('groove', join(examples, 'seven.mid'), '--model', model)
    expect(await asked('polka')).toMatchObject({ status: 1, out: '', err: expect.stringContaining('no model polka') })
    expect(await asked('solo')).toMatchObject({ status: 1, out: '', err: expect.stringContaining('plays no drums') })
  })

  it('writes a file that another reader opens with the right metre, tempo and channels', async () => {
    const output = join(folder, 'out.mid')
    const { out } = await run('groove', join(examples, 'seven.mid'), '-o', output)
    expect(out).toContain(`Written to ${output}`)
    const { SMF } = JZZ.MIDI as unknown as { SMF: new (bytes: string) => object }
    const text = String(new SMF(readFileSync(output, 'latin1')))
    expect(text).toContain('type: 1')
    expect(text).toMatch(/Time Signature: 7\/8/)
    expect(text).toMatch(/Tempo: 138(\.0+)? bpm/)
    expect(text.match(/MTrk/g)).toHaveLength(3)
    const strokes = [...text.matchAll(/^\s*\d+: (9[0-9a-f]) ([0-9a-f]{2})/gm)].map(([, status]) => status)
    expect([...new Set(strokes)].sort()).toEqual(['90', '99'])
  })

  it('keeps the bass as it was played and the drums within the loop', async () => {
    const path = bassFile('human.mid', '4/4', [note(0.03, 40, 0.4), note(2.71, 43, 3)])
    const output = join(folder, 'human-out.mid')
    await run('groove', path, '--fixed', '--bars', '1', '-o', output)
    const [bass, drums] = readMidi(readFileSync(output)).parts
    expect(bass?.notes.map(({ beat, beats }) => [beat, beat + beats].map((at) => Math.round(at * 100) / 100))).toEqual([
      [0.03, 0.43],
      [2.71, 4],
    ])
    expect(Math.max(...(drums?.notes ?? []).map(({ beat }) => beat))).toBe(3.5)
  })

  it('takes the track that is asked for, by number or by name', async () => {
    const tracks = [
      { name: 'Sub', channel: 1, notes: [note(0, 30)] },
      { name: 'Slap Bass', channel: 2, notes: [note(0, 41)] },
    ]
    const song = { metre: metre(4, 4), timeline: timeline(120), length: 4, tracks }
    const path = save('two.mid', writeMidi(song))
    const pitch = async (...args: string[]) =>
      JSON.parse((await run('groove', path, '--fixed', '--json', ...args)).out).bass[0].pitch
    expect([await pitch(), await pitch('--track', '2'), await pitch('--track', 'slap')]).toEqual([41, 30, 41])
    const missing = await run('groove', path, '--track', '9')
    expect(missing).toMatchObject({ status: 1, err: expect.stringContaining('2 (Sub), 3 (Slap Bass)') })
  })
})

describe('bad input', () => {
  const broken = (bytes: Uint8Array | string) =>
    run('groove', save('broken.mid', bytes), '-o', join(folder, 'never.mid'))
  const withMetre = (numerator: number) => {
    const bytes = writeMidi({
      metre: metre(4, 4),
      timeline: timeline(120),
      length: 4,
      tracks: [{ name: '', channel: 1, notes: [note(0)] }],
    })
    bytes[bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0x58) + 3] = numerator
    return bytes
  }

  it.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['no MIDI file', 'hello', 'not a MIDI file'],
    ['a file of zeros without end', new Uint8Array(20_000_000), 'larger than 12 MiB'],
    ['a metre of 0/4', withMetre(0), 'metre of 0/4'],
    ['a file that breaks off', withMetre(4).subarray(0, 60), 'breaks off'],
  ])('%s gets a sentence and status 1, and no output', async (_, bytes, sentence) => {
    const before = readdirSync(folder)
    const { status, out, err } = await broken(bytes)
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain(sentence)
    expect(err).toContain('broken.mid')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(readdirSync(folder).filter((name) => !before.includes(name) && name !== 'broken.mid')).toEqual([])
  })

  it('no notes, only drums, notes years apart: a sentence each', async () => {
    expect((await run('groove', bassFile('none.mid', '4/4', []))).err).toContain('has no notes')
    expect((await run('groove', bassFile('drums.mid', '4/4', [note(0)], 10))).err).toContain('only drums')
    expect((await run('groove', bassFile('far.mid', '4/4', [note(0), note(70_000)]))).err).toContain('measures')
    const late = bassFile('late.mid', '4/4', [note(9)])
    expect((await run('groove', late, '--from', '1', '--bars', '1')).err).toContain('begins in measure 3')
    expect((await run('groove', late, '--to', '1')).err).toContain('--to 1 is before measure 3')
  })

  it('a missing file, a folder, a folder that is not there to write to: a sentence each', async () => {
    expect(await run('groove', join(folder, 'no.mid'))).toMatchObject({
      status: 1,
      err: expect.stringContaining('no such file'),
    })
    expect(await run('groove', folder)).toMatchObject({ status: 1, err: expect.stringContaining('it is a folder') })
    const output = join(folder, 'no', 'out.mid')
    const { status, err } = await run('groove', join(examples, 'bassline.mid'), '-o', output)
    expect([status, err]).toEqual([1, expect.stringContaining("can't be written")])
    expect(existsSync(output)).toBe(false)
  })

  it('wrong usage is status 2, help and version are 0', async () => {
    expect((await run('groove')).status).toBe(2)
    expect(await run('polka')).toMatchObject({ status: 2, err: expect.stringContaining("unknown command 'polka'") })
    expect((await run('groove', 'x.mid', '--bars', '0')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--bars', '1e3')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--wild')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--temperature', '0')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--feel', '2')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--metre', '4/5')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--swing', '0.9')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--from', '0')).status).toBe(2)
    expect((await run('groove', 'x.mid', '--to', '4', '--bars', '2')).status).toBe(2)
    expect(await run('groove', '--help')).toMatchObject({ status: 0, out: expect.stringContaining('Examples:') })
    expect(await run('--version')).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})
