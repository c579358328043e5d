import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { readMidi } from '../io/midi-file/index.ts'
import { writePerformance } from '../session/index.ts'

let folder: string
let session: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
  const performer = new Performer()
    .act('measures', 1)
    .act('record-bass')
    .play([note(0, 36), note(2, 40)])
    .wait(4)
  performer.play([note(0, 72, 0.5, 66)], 5).act('stop', undefined, performer.secondsAt(8))
  session = join(folder, 'evening.tradefours')
  writeFileSync(session, writePerformance({ seed: 0, events: performer.events }))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('a performance is rendered as MIDI, a track for each part that played', async () => {
  const out = join(folder, 'evening.mid')
  const { status, out: said } = await runCli('render', session, '-o', out, '--json')
  expect(status).toBe(0)
  const { parts, timeSignatures } = readMidi(readFileSync(out))
  const counts = Object.fromEntries(parts.map(({ name, notes }) => [name, notes.length]))
  expect(counts).toEqual({ 'Keys as played': 3, Bass: 4, Drums: 11, Lead: 1 })
  expect(timeSignatures).toEqual([{ beat: 0, numerator: 4, denominator: 4 }])
  expect(JSON.parse(said)).toMatchObject({ output: out, notes: { played: 3, bass: 4, drums: 11, lead: 1 } })
})

it('a performance is rendered with the click if that is asked for: it counts until the drums play', async () => {
  const out = join(folder, 'counted.mid')
  expect((await runCli('render', session, '-o', out, '--click')).status).toBe(0)
  const click = readMidi(readFileSync(out)).parts.find(({ name }) => name === 'Click')
  expect(click?.notes.map(({ beat }) => beat)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

it('a performance is replayed, in words and as effects', async () => {
  const words = await runCli('replay', session)
  expect([words.status, words.err]).toEqual([0, ''])
  expect(words.out).toContain('bass E2 at 90')
  const { effects, seconds } = JSON.parse((await runCli('replay', session, '--json')).out)
  expect(effects.filter(({ type }: { type: string }) => type === 'sound')).toHaveLength(3)
  expect(seconds).toBeCloseTo(6, 6)
})

it('a file that is not a performance is refused with a sentence, and nothing is written', async () => {
  const broken = join(folder, 'broken.tradefours')
  writeFileSync(
    broken,
    `${readFileSync(session, 'utf8').split('\n').slice(0, 3).join('\n')}\n{"type":\n{"type":"tick","at":1}\n`,
  )
  const out = join(folder, 'never.mid')
  for (const [path, sentence] of [
    [broken, 'line 4'],
    [join(folder, 'none'), 'no such file'],
    [folder, 'is a folder'],
  ]) {
    for (const command of [
      ['render', path, '-o', out],
      ['replay', path],
    ] as string[][]) {
      expect(await runCli(...command)).toMatchObject({
        status: 1,
        out: '',
        err: expect.stringContaining(sentence as string),
      })
    }
  }
  expect(await runCli('render', session, '-o', join(folder, 'x.ogg'))).toMatchObject({
    status: 1,
    err: expect.stringContaining('ends neither in .mid nor in .wav'),
  })
  expect(existsSync(out)).toBe(false)
})
