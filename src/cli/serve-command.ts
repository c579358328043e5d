import { spawn } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, Option } from 'commander'
import { servedPolicy } from './content-policy.ts'
import { InputError } from './input-error.ts'
import { wholeNumber } from './options.ts'

/** The stage as the build left it. */
export const stageFolder = fileURLToPath(new URL('../stage/', import.meta.url))

/** `tradefours` without a command: the stage, in the browser. */
export function addServe(program: Command): Command {
  return (
    program
      .addOption(
        new Option('--port <number>', 'the port on which the stage is served')
          .argParser(wholeNumber(0, 65_535))
          .default(0, 'any free port'),
      )
      .option('--no-open', 'do not open the browser')
      // An extra word is an unknown command, and is reported as that.
      .allowExcessArguments()
      .action(async ({ port, open }: { port: number; open: boolean }, { args: [unknown] }: Command) => {
        if (unknown !== undefined) program.error(`error: unknown command '${unknown}'`)
        const server = await serveStage(stageFolder, port)
        const address = `http://localhost:${(server.address() as AddressInfo).port}/`
        process.stdout.write(`Tradefours runs at ${address} (press Ctrl+C to stop)\n`)
        if (open) openBrowser(address)
        await new Promise((resolve) => server.on('close', resolve))
      })
  )
}

/** The machine itself, and nobody else. */
export const loopback = '127.0.0.1'

/**
 * Serves a folder, on loopback unless another address of this machine is named. It answers to no other name.
 *
 * @throws InputError with a sentence when the stage is not there or the port is taken.
 */
export async function serveStage(folder: string, port: number, host = loopback): Promise<Server> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new InputError('The stage is not built yet: type npm run build.')
  }
  const server = createServer((request, response) => void answer(folder, host, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used (${error.code})`
      reject(new InputError(`Port ${port} ${reason}: choose another, with --port or --bridge.`))
    })
    server.listen(port, host, resolve)
  })
  return server
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.wasm': 'application/wasm',
}

async function answer(folder: string, host: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, reason: string) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`)
  }
  if (!isNamed(host, request.headers.host)) return refuse(421, 'This server only answers to its own address.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, 'This server only answers GET and HEAD.')
  const path = pathIn(folder, request.url ?? '/')
  const file = path === null ? null : await stat(path).catch(() => null)
  if (path === null || !file?.isFile()) return refuse(404, 'There is nothing here.')
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-length': file.size,
    // Names with a hash never change; everything else is asked for again.
    'cache-control': relative(folder, path).startsWith(`assets${sep}`)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'content-security-policy': servedPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  if (request.method === 'HEAD') response.end()
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response)
}

/**
 * Whether a server on an address of this machine is meant by the header Host. Another name for it is another site's, which
 * wants to look like this one.
 */
export function isNamed(host: string, named = ''): boolean {
  return [hostInAddress(host), 'localhost', loopback, '[::1]'].includes(named.replace(/:\d+$/, ''))
}

/** A host as an address has it: an IPv6 number in brackets. */
export function hostInAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The file that an address names, or null outside of the folder. Never throws. */
export function pathIn(folder: string, url: string): string | null {
  try {
    const name = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    if (name.includes('\0')) return null
    const path = normalize(join(folder, name.endsWith('/') ? `${name}index.html` : name))
    return path.startsWith(normalize(folder)) ? path : null
  } catch {
    return null
  }
}

function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const browser = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true })
  browser.on('error', () => {})
  browser.unref()
}
