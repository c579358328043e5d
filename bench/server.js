import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'

/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }

/**
 * Serves a folder on loopback and notes what was asked for. Nothing is cached, and pages are isolated from other
 * origins, so that their clocks are fine.
 *
 * @param {string} folder
 */
export async function serve(folder) {
  const served = /** @type {Set<string>} */ (new Set())
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const file = join(folder, pathname)
    const found = existsSync(file)
    const body = found ? readFileSync(file) : Buffer.of()
    served.add(pathname)
    response.writeHead(found ? 200 : 404, {
      'Content-Length': body.length,
      'Content-Type': types[extname(pathname)] ?? 'application/octet-stream',
      'Cache-Control': 'no-store',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      Connection: 'close',
    })
    response.end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return { address: `http://127.0.0.1:${port}`, served, close: () => server.close() }
}
