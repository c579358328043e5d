import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeWholeFile } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file that is written whole', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing where %s ends it half-way', async (signal) => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    async function* sound() {
      yield new Uint8Array(9)
      expect(readdirSync(folder)).toHaveLength(1)
      process.emit(signal, signal)
      expect(readdirSync(folder)).toEqual([])
      throw new Error('It would have ended here.')
    }
    const before = process.listenerCount(signal)
    await expect(writeWholeFile(join(folder, 'evening.wav'), sound())).rejects.toThrow('ended here')
    expect(kill.mock.calls).toEqual([[process.pid, signal]])
    expect(process.listenerCount(signal)).toBe(before)
    kill.mockRestore()
  })
})
