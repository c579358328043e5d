import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFileStart } from './read-file-start.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
  path = join(folder, 'file')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the start of a file', () => {
  const bytes = Buffer.alloc(1_000_000, 'all of it, in order; ')

  it.each([0, 1, 300_000, 1_000_000, 2_000_000])('has %i bytes at most', async (limit) => {
    writeFileSync(path, bytes)
    expect(bytes.subarray(0, limit).equals(await readFileStart(path, limit))).toBe(true)
  })

  it('says that there is none', async () => {
    await expect(readFileStart(path, 1)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  describe.skipIf(process.platform === 'win32')('that is a pipe or a device', () => {
    const write = (script: string) => spawn('sh', ['-c', script, 'sh', path], { stdio: 'ignore' })

    it('comes when its writer does, in pieces', async () => {
      execFileSync('mkfifo', [path])
      write('sleep 0.1; { printf one; sleep 0.1; printf two; } > "$1"')
      expect(Buffer.from(await readFileStart(path, 99)).toString()).toBe('onetwo')
    })

    it('has an end where it has none', async () => {
      expect((await readFileStart('/dev/zero', 600_000)).length).toBe(600_000)
      expect((await readFileStart('/dev/null', 9)).length).toBe(0)
    })

    it('does not wait for ever for a writer', async () => {
      execFileSync('mkfifo', [path])
      await expect(readFileStart(path, 9, 50)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    })

    it('does not wait for ever for a writer that writes nothing', async () => {
      execFileSync('mkfifo', [path])
      const writer = write('exec sleep 60 > "$1"')
      try {
        await expect(readFileStart(path, 9, 200)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
      } finally {
        writer.kill()
      }
    })
  })
})
