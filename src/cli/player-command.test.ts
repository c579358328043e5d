import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { writeMidi } from '../io/midi-file/index.ts'
import { fourFour, type Note } from '../music/index.ts'
import { writePerformance } from '../session/index.ts'
import { timeline } from '../timing/index.ts'

let folder: string
const path = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
  const performer = new Performer().do({ type: 'chart', chart: 'Cm7' }).act('count-in', 0).act('play')
  performer.play([60, 63, 67, 70].map((pitch, index) => note(index, pitch, 0.5)))
  writeFileSync(path('evening.tradefours'), writePerformance({ seed: 0, events: performer.events }))
  save(
    'solo.mid',
    [62, 65, 69, 72, 71, 67].map((pitch, index) => note(index / 2, pitch, 0.4)),
  )
  save(
    'rhythm.mid',
    Array.from({ length: 12 }, (_, index) => note(index / 2, 60 + (index % 4), 0.4)),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

function save(name: string, notes: readonly Note[]): void {
  const tracks = [{ name: '', channel: 1, notes }]
  writeFileSync(path(name), writeMidi({ metre: fourFour, timeline: timeline(120), length: 16, tracks }))
}

const learn = (...files: string[]) =>
  runCli('player', 'learn', ...files.map(path), '-o', path('anna.player.json'), '--json')

describe('tradefours player', () => {
  it('learns from files and performances, adds to what is known, and counts nothing twice', async () => {
    const first = await learn('solo.mid')
    expect(JSON.parse(first.out)).toMatchObject({ name: 'anna', learnt: [{ notes: 6 }], notes: 6, evenings: 1 })
    expect(JSON.parse((await learn('evening.tradefours')).out)).toMatchObject({ learnt: [{ notes: 4 }], notes: 10 })
    expect(JSON.parse((await learn('solo.mid', 'evening.tradefours')).out)).toMatchObject({ notes: 10, evenings: 2 })
  })

  it('shows what it knows, in words and figures', async () => {
    const { status, out } = await runCli('player', 'show', path('anna.player.json'))
    expect([status, out.split('\n')[0]]).toEqual([0, 'anna: 10 notes in 2 phrases from 2 evenings.'])
    const portrait = JSON.parse((await runCli('player', 'show', path('anna.player.json'), '--json')).out)
    expect(portrait).toMatchObject({
      name: 'anna',
      notes: 10,
      range: { lowest: 60, highest: 72 },
      degrees: { minor: { notes: 4 } },
    })
    expect(portrait.degrees.minor.shares[3]).toBe(0.25)
  })

  it.each(['classic', 'live'])('leads an answer, into the pocket and out of it, in %s mode', async (mode) => {
    const respond = async (pocket: string) => {
      const args = ['--mode', mode, '--player', path('anna.player.json'), '--pocket', pocket, '--seed', '4', '--json']
      const { status, out, err } = await runCli('respond', path('solo.mid'), path('rhythm.mid'), ...args)
      expect([status, err]).toEqual([0, ''])
      return JSON.parse(out)
    }
    const answers = [await respond('-1'), await respond('1')]
    expect(answers.map((answer) => answer.mode)).toEqual([mode, mode])
    expect(answers[0].pitches).not.toEqual(answers[1].pitches)
  })

  it('leads a phrase of its own, too', async () => {
    const trade = async (pocket: string) => {
      const args = ['--bars', '4', '--player', path('anna.player.json'), '--pocket', pocket, '--json']
      const { status, out } = await runCli('trade', path('solo.mid'), ...args)
      expect(status).toBe(0)
      return JSON.parse(out).phrase
    }
    expect(await trade('-1')).not.toEqual(await trade('1'))
  })

  it.each([
    ['a file that is none', ['show', 'solo.mid'], 'not a player’s file'],
    ['a file that is not there', ['show', 'nobody.json'], 'nobody.json'],
    ['a gigabyte', ['show', 'huge.json'], 'larger than 1 MiB'],
    ['drums to learn from', ['learn', 'huge.json', '-o', 'x.json'], 'huge.json'],
    ['to learn into another file', ['learn', 'solo.mid', '-o', 'rhythm.mid'], 'not a player’s file'],
  ])('refuses %s with a sentence, and nothing is lost', async (_, args, sentence) => {
    writeFileSync(path('huge.json'), '')
    truncateSync(path('huge.json'), 2 ** 30)
    const before = readFileSync(path('rhythm.mid'))
    const { status, out, err } = await runCli('player', ...args.map((arg) => (arg.includes('.') ? path(arg) : arg)))
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain(sentence)
    expect(readFileSync(path('rhythm.mid'))).toEqual(before)
  })

  it('refuses a name without letters', async () => {
    const { status, err } = await runCli('player', 'learn', path('solo.mid'), '-o', path('x.json'), '--name', ' ')
    expect([status, err]).toEqual([2, expect.stringContaining('Use a name')])
  })

  it('refuses a pocket without a player, and a player of whom nothing is known', async () => {
    writeFileSync(path('empty.json'), '{"format":"tradefours-player","version":1,"name":"Bo","evenings":[]}')
    const respond = (...args: string[]) => runCli('respond', path('solo.mid'), path('rhythm.mid'), ...args)
    expect((await respond('--pocket', '1')).err).toContain('--pocket needs --player')
    const traded = await runCli('trade', path('solo.mid'), '--bars', '1', '--pocket', '1')
    expect([traded.status, traded.err]).toEqual([1, expect.stringContaining('--pocket needs --player')])
    expect((await respond('--player', path('empty.json'))).err).toContain('knows no notes yet')
  })
})
