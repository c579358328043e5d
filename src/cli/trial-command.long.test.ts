import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeWav } from '../../test/decode-wav.ts'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { rms, type Samples } from '../../test/waves.ts'
import { writePerformance } from '../session/index.ts'

type Key = { trial: string; clips: Record<string, { performance: string; comparison: string; condition: string }> }

let folder: string
const path = (name: string) => join(folder, name)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
  for (const [name, step] of [
    ['first', 1],
    ['second', 0.25],
  ] as const) {
    const performer = new Performer().do({ type: 'chart', chart: 'Cm7 | F7' }).act('count-in', 0)
    performer.act('source-bass', 'band').act('play')
    performer
      .play(Array.from({ length: 8 }, (_, index) => note(index * step, 60 + 2 * index, step / 2)))
      .wait(12)
      .act('stop')
    writeFileSync(path(`${name}.tradefours`), writePerformance({ seed: 0, events: performer.events }))
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const key = () => JSON.parse(readFileSync(path('trial/key.json'), 'utf8')) as Key

describe('tradefours trial', () => {
  it('makes a page that tells nothing, with a clip for each condition', async () => {
    const performances = [path('first.tradefours'), path('second.tradefours')]
    const { status, err } = await runCli('trial', ...performances, '-o', path('trial'), '--seconds', '4')
    expect([status, err]).toEqual([0, ''])
    const clips = Object.keys(key().clips)
    expect(clips.length).toBe(2 * (3 + 3 + 2))
    expect(readdirSync(path('trial/listen')).sort()).toEqual(
      [...clips.map((clip) => `${clip}.wav`), 'index.html'].sort(),
    )
    const page = readFileSync(path('trial/listen/index.html'), 'utf8')
    for (const clip of clips) expect(page).toContain(clip)
    expect(page).not.toMatch(/yoked|listening'|"human|memory"/)
    for (const clip of clips) {
      const { channels, sampleRate } = decodeWav(readFileSync(path(`trial/listen/${clip}.wav`)))
      expect(channels[0]?.length).toBe(4 * sampleRate)
      expect(rms(channels[0] as Samples)).toBeGreaterThan(0.001)
    }
  })

  it('scores the answers of its listeners', async () => {
    const { trial, clips } = key()
    const files = ['anna', 'ben', 'cleo'].map((listener) => {
      const liked = (condition: string) => (['listening', 'human', 'memory'].includes(condition) ? 6 : 3)
      const ratings = Object.fromEntries(Object.entries(clips).map(([clip, { condition }]) => [clip, liked(condition)]))
      const answers = { format: 'tradefours-answers', version: 1, trial, listener, ratings }
      writeFileSync(path(`${listener}.json`), JSON.stringify(answers))
      return path(`${listener}.json`)
    })
    const { out } = await runCli('trial', '--score', path('trial'), ...files, '--json')
    const report = JSON.parse(out)
    expect(report.listeners).toBe(3)
    const [band] = report.comparisons
    expect(band.comparison).toBe('band')
    expect(band.pairs[0]).toMatchObject({ first: 'listening', second: 'yoked', pairs: 6, difference: 3 })
  })

  it.each([
    [['trial', 'first.tradefours', '-o', 'none'], 'two performances'],
    [['trial', 'first.tradefours', 'second.tradefours'], '-o'],
    [['trial', '--score', 'trial', 'anna.json', 'anna.json'], 'answered twice'],
    [['trial', '--score', 'trial', 'first.tradefours'], 'answers'],
    [['trial', '--score', 'none', 'anna.json'], 'none'],
  ])('%s says what is wrong', async ([command = '', ...args], said) => {
    const named = args.map((arg) => (/^-/.test(arg) ? arg : path(arg)))
    const { status, err } = await runCli(command, ...named)
    expect([status, err.trim().split('\n').length]).toEqual([1, 1])
    expect(err).toContain(said)
    expect(existsSync(path('none'))).toBe(false)
  })
})
