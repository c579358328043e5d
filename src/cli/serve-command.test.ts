import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostInAddress, isNamed, serveStage } from './serve-command.ts'

let folder: string
let server: Server
let port: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
  mkdirSync(join(folder, 'stage', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'stage', 'index.html'), '<title>stage</title>')
  writeFileSync(join(folder, 'stage', 'assets', 'a-1.js'), 'a')
  server = await serveStage(join(folder, 'stage'), 0)
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

/** What the server says to a request as it goes over the wire, whatever a browser would make of it. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let said = ''
    socket.on('data', (data) => {
      said += String(data)
    })
    socket.on('close', () => resolve(said))
    socket.on('error', reject)
  })
}

const get = (path: string, host = `localhost:${port}`) =>
  raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)

describe('the server of the stage', () => {
  it('listens on loopback alone', () => {
    expect((server.address() as AddressInfo).address).toBe('127.0.0.1')
  })

  it('gives the page and its files, with a strict policy', async () => {
    const page = await get('/')
    expect(page).toMatch(/^HTTP\/1.1 200/)
    expect(page).toContain('<title>stage</title>')
    expect(page).toMatch(/content-security-policy: default-src 'self'/)
    expect(await get('/assets/a-1.js?x=1')).toMatch(/immutable[\s\S]*\r\n\r\na$/)
  })

  it('asks for the page again each time, in a folder called assets, too', async () => {
    const above = join(folder, 'assets', 'stage')
    cpSync(join(folder, 'stage'), above, { recursive: true })
    const elsewhere = await serveStage(above, 0)
    try {
      const { port } = elsewhere.address() as AddressInfo
      const policy = async (path: string) =>
        (await fetch(`http://localhost:${port}${path}`)).headers.get('cache-control')
      expect(await policy('/')).toBe('no-cache')
      expect(await policy('/assets/a-1.js')).toContain('immutable')
    } finally {
      elsewhere.close()
      elsewhere.closeAllConnections()
    }
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5c..%5csecret.txt',
    '//etc/passwd',
    '/%00',
    '/%ff',
    '/assets',
    '/nothing',
  ])('gives nothing for %s', async (path) => {
    const said = await get(path)
    expect(said).toMatch(/^HTTP\/1.1 404/)
    expect(said).not.toContain('root:')
    expect(said).not.toContain('\r\n\r\nsecret')
  })

  it('answers no other site’s name, no other method and no garbage, and lives on', async () => {
    expect(await get('/', 'evil.example')).toMatch(/^HTTP\/1.1 421/)
    expect(await raw(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 405/)
    expect(await raw('\0\0\0 nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
    expect(await get('/')).toMatch(/^HTTP\/1.1 200/)
  })

  it.each(['127.0.0.1', '192.168.1.5', '::1', 'fe80::1'])('answers to %s as an address has it', (host) => {
    const address = new URL(`http://${hostInAddress(host)}:4404/`)
    expect(address.hostname).toBe(hostInAddress(host))
    expect(isNamed(host, address.host)).toBe(true)
  })

  it('says what to do when the port is taken or the stage is missing', async () => {
    await expect(serveStage(join(folder, 'stage'), port)).rejects.toThrow('--port')
    await expect(serveStage(folder, 0)).rejects.toThrow('npm run build')
  })
})
