import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, startProgram } from './programs.ts'

/**
 * Starts a sound card that nobody hears: a browser without one lets no time pass for sound.
 *
 * @returns the variables of the environment by which a browser finds it.
 */
export async function startSoundCard(): Promise<{ readonly env: NodeJS.ProcessEnv; end(): Promise<void> }> {
  const path = findProgram('PulseAudio', 'pulseaudio', ['pulseaudio'])
  const folder = await mkdtemp(join(tmpdir(), 'tradefours-pulse-'))
  const socket = join(folder, 'socket')
  const modules = ['module-null-sink', `module-native-protocol-unix socket=${socket} auth-anonymous=1`]
  const args = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--log-level=info']
  const env = { ...process.env, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder }
  const loads = modules.map((module) => `--load=${module}`)
  const program = await startProgram(path, [...args, ...loads], { env, ready: /Daemon startup complete/ })
  return {
    env: { PULSE_SERVER: `unix:${socket}` },
    async end() {
      await program.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
