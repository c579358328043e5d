import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CheckpointError } from '../../models/index.ts'
import { readUrl } from './url.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})
const serve = async (answer: RequestListener): Promise<URL> => {
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/model.mag`)
}
const patience = { answerMs: 100, wholeMs: 100 }

describe('what lies at an address', () => {
  it('is read up to a limit, and is nothing where there is nothing', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/model.mag') response.end('whole')
      else response.writeHead(404).end()
    })
    expect(Buffer.from((await readUrl(url, 99)) ?? []).toString()).toBe('whole')
    expect(Buffer.from((await readUrl(url, 3)) ?? []).toString()).toBe('who')
    expect(await readUrl(new URL('other', url), 99)).toBeNull()
  })

  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['stops in the middle', (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('half')],
    ['stops in the middle of what it does not measure', (_, response) => void response.write('half')],
  ])('is given up with a sentence where the server %s', async (_, answer) => {
    const url = await serve(answer)
    await expect(readUrl(url, 99, patience)).rejects.toThrow(CheckpointError)
    await expect(readUrl(url, 99, patience)).rejects.toThrow(`${url} is too slow: try again, or`)
  })

  it('is refused with what the server says', async () => {
    const url = await serve((_, response) => void response.writeHead(500).end())
    await expect(readUrl(url, 99)).rejects.toThrow(`${url} can't be read (it answers 500): check`)
  })
})
