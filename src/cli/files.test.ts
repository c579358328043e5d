import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readText, writeWholeFile } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a text', () => {
  it('that is too long is refused with the most that there may be', async () => {
    const path = join(folder, 'long.json')
    writeFileSync(path, 'x'.repeat(2 * 1024 * 1024))
    await expect(readText(path, 64 * 1024)).rejects.toThrow(`${path} is larger than 64 KiB: choose another file.`)
    await expect(readText(path, 1024 * 1024)).rejects.toThrow(`${path} is larger than 1 MiB: choose another file.`)
  })
})

describe('a file that is written whole', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing where %s ends it half-way', async (signal) => {
    // A program that was played in this process may still hear signals.
    process.removeAllListeners(signal)
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

  describe.skipIf(process.platform === 'win32')('where there is something already', () => {
    it.each(['a file', 'nothing'])('keeps a link that leads to %s', async (target) => {
      const [path, link] = [join(folder, 'evening.mid'), join(folder, 'link.mid')]
      if (target === 'a file') writeFileSync(path, 'old')
      symlinkSync('evening.mid', link)
      await writeWholeFile(link, Buffer.from('new'))
      expect([lstatSync(link).isSymbolicLink(), readFileSync(path, 'utf8')]).toEqual([true, 'new'])
    })

    it('keeps who may read it', async () => {
      const path = join(folder, 'file')
      writeFileSync(path, 'old')
      chmodSync(path, 0o602)
      await writeWholeFile(path, Buffer.from('new'))
      expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([0o602, 'new'])
    })

    it('writes into a pipe', async () => {
      const path = join(folder, 'pipe')
      execFileSync('mkfifo', [path])
      const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
      try {
        await writeWholeFile(path, Buffer.from('new'))
        const heard = Buffer.alloc(9)
        expect(heard.toString('utf8', 0, readSync(pipe, heard))).toBe('new')
      } finally {
        closeSync(pipe)
      }
    })
  })
})
