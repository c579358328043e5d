import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { Performer } from '../../test/performer.ts'
import { runCli } from '../../test/run-cli.ts'
import { rms, type Samples } from '../../test/waves.ts'
import { encodeWav, loadBank, renderPerformance } from '../devices/audio/index.ts'
import { openNodeAudio } from '../devices/audio/node.ts'
import { writePerformance } from '../session/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('the sound is the stage’s own, to the last bit', async () => {
  const performer = new Performer().act('measures', 1).act('record-bass')
  performer
    .play([note(0, 36), note(2, 40)])
    .wait(4)
    .act('stop', undefined, performer.secondsAt(16))
  const out = join(folder, 'bass.wav')
  const path = join(folder, 'bass.tradefours')
  writeFileSync(path, writePerformance({ seed: 0, events: performer.events }))
  await runCli('render', path, '-o', out)
  const { createContext, read } = await openNodeAudio()
  const bank = await loadBank(createContext(2, 1, 48_000), read)
  const create = (frames: number) => createContext(2, frames, 48_000)
  const wave = await renderPerformance({ seed: 0, events: performer.events }, bank, 48_000, create)
  expect(rms(wave.channels[0] as Samples)).toBeGreaterThan(0.001)
  expect(Buffer.compare(readFileSync(out), encodeWav(wave, 16))).toBe(0)
})
