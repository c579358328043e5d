import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { decodeWav } from '../../test/decode-wav.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { onset, peak, type Samples } from '../../test/waves.ts'
import { writePerformance } from '../session/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.doUnmock('node-web-audio-api'))

function save(name: string, performer: Performer): string {
  const path = join(folder, name)
  writeFileSync(path, writePerformance({ seed: 0, events: performer.events }))
  return path
}

it('a performance is rendered as sound: each click in its place, not silent, and never at the limit', async () => {
  const clicks = save('clicks.tradefours', new Performer().act('tempo', 97).act('play').act('stop', undefined, 12))
  const out = join(folder, 'clicks.wav')
  const { status, out: said } = await runCli('render', clicks, '-o', out, '--click', '--json')
  expect(status).toBe(0)
  const { channels, sampleRate } = decodeWav(readFileSync(out))
  const facts = JSON.parse(said)
  expect(facts).toMatchObject({ output: out, sampleRate: 48_000, notes: { click: 20, bass: 0 } })
  expect(facts.seconds).toBeCloseTo((channels[0]?.length ?? 0) / sampleRate, 6)
  expect(channels).toHaveLength(2)
  for (const samples of channels as Samples[]) {
    for (let beat = 0; beat < 19; beat++) {
      const place = (beat * 60 * sampleRate) / 97
      // The dither of 16 bits is softer than what counts as an onset.
      const late = onset(samples, Math.max(0, Math.floor(place) - 500)) - place
      expect(late).toBeGreaterThanOrEqual(-1)
      expect(late).toBeLessThan(0.002 * sampleRate)
    }
    expect(peak(samples)).toBeCloseTo(facts.peak, 3)
  }
  expect(facts.peak).toBeGreaterThan(0.02)
  expect(facts.peak).toBeLessThan(0.71)
})

it('what is too long for a WAV file is refused with a sentence before it costs anything', async () => {
  const long = save('long.tradefours', new Performer().act('play').act('stop', undefined, 1e9))
  expect(await runCli('render', long, '-o', join(folder, 'long.wav'))).toEqual({
    status: 1,
    out: '',
    err: `${long} lasts longer than six hours, which is too long for a WAV file: render it as .mid.\n`,
  })
})

it('without the optional package a sentence says which it is, and MIDI is still rendered', async () => {
  vi.doMock('node-web-audio-api', () => {
    throw new Error('Cannot find package')
  })
  const short = save('short.tradefours', new Performer().act('play').act('stop', undefined, 2))
  const { status, err } = await runCli('render', short, '-o', join(folder, 'short.wav'))
  expect([status, err]).toEqual([1, expect.stringMatching(/^Sound needs the package node-web-audio-api, .*\n$/)])
  expect(await runCli('render', short, '-o', join(folder, 'short.mid'))).toMatchObject({ status: 0 })
  expect([existsSync(join(folder, 'short.wav')), existsSync(join(folder, 'short.mid'))]).toEqual([false, true])
  expect(readdirSync(folder).filter((file) => /\.wav./.test(file))).toEqual([])
})
