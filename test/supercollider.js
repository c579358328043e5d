/**
 * SuperCollider for tests and benchmarks, where this machine has it: a JACK server that plays into the void, scsynth on
 * it, and sclang with a file.
 */
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** @typedef {{ ended: Promise<unknown>, stop(): Promise<void>, said(): string, waitFor(text: string): Promise<void> }} Program */

/** Which of some programs this machine lacks. */
export function missingPrograms(/** @type {readonly string[]} */ ...names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.filter((name) => !folders.some((folder) => existsSync(join(folder, name))))
}

/** A UDP port of loopback that is free. */
async function freePort() {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** Starts JACK and scsynth on it. */
export async function startScsynth() {
  const home = mkdtempSync(join(tmpdir(), 'tradefours-supercollider-'))
  const name = `tradefours-${process.pid}`
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    JACK_DEFAULT_SERVER: name,
    JACK_NO_AUDIO_RESERVATION: '1',
    JACK_NO_START_SERVER: '1',
    QT_QPA_PLATFORM: 'offscreen',
    // A root's Chromium, which sclang's help browser is, refuses to start in a sandbox.
    QTWEBENGINE_DISABLE_SANDBOX: '1',
  }
  const port = await freePort()
  const jack = program('jackd', ['-n', name, '-r', '-d', 'dummy', '-r', '48000', '-p', '256'], env)
  await jack.waitFor('JACK server starting')
  await once(spawn('jack_wait', ['-s', name, '-w', '-t', '20'], { env, stdio: 'ignore' }), 'exit')
  const scsynth = program('scsynth', ['-u', String(port), '-i', '0', '-o', '2', '-R', '0', '-l', '4'], env)
  await scsynth.waitFor('server ready')
  return {
    port,
    env,
    /** How often JACK has come too late for its own time, as it does on a busy machine: then samples are missing. */
    lapses: () => jack.said().split('XRun').length - 1,
    /** What scsynth has printed. */
    said: scsynth.said,
    /** Starts sclang with a file that plays on this scsynth, once it has said a text. */
    async startSclang(/** @type {string} */ file, /** @type {string} */ until) {
      const language = await freePort()
      const start = join(home, 'start.scd')
      const remote = `Server.default = s = Server.remote(\\stage, NetAddr("127.0.0.1", ${port}));`
      writeFileSync(start, `${remote}\ns.doWhenBooted { ${JSON.stringify(file)}.load };\n`)
      const sclang = program('sclang', ['-u', String(language), start], env)
      await sclang.waitFor(until)
      return { port: language, said: sclang.said, stop: sclang.stop }
    },
    async stop() {
      // JACK waits for a client that went without a word.
      const farewell = createSocket('udp4')
      farewell.send('/quit\0\0\0,\0\0\0', port, '127.0.0.1', () => farewell.close())
      await Promise.race([scsynth.ended, setTimeout(5000, null, { ref: false })])
      await scsynth.stop()
      await jack.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * Starts a program.
 *
 * @returns {Program}
 */
function program(/** @type {string} */ name, /** @type {string[]} */ values, /** @type {NodeJS.ProcessEnv} */ env) {
  const child = spawn(name, values, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let text = ''
  const news = new EventEmitter()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (/** @type {Buffer} */ bytes) => {
      text += bytes
      news.emit('text')
    })
  }
  return {
    ended,
    said: () => text,
    async waitFor(wanted) {
      while (!text.includes(wanted)) {
        if (child.exitCode !== null) throw new Error(`${name} ended before it said "${wanted}":\n${text}`)
        await Promise.race([once(news, 'text'), ended])
      }
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        // Whoever is killed at once leaves JACK's list of servers full; whoever does not listen is.
        child.kill('SIGTERM')
        if (await Promise.race([ended.then(() => false), setTimeout(5000, true, { ref: false })])) child.kill('SIGKILL')
        await ended
      }
    },
  }
}
