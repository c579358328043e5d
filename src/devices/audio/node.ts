import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shippedFolder } from '../../io/shipped.ts'
import type { Output } from '../output.ts'
import { type AudioOutput, createAudioOutput } from './audio-output.ts'
import { loadBank } from './bank.ts'
import { contextTimes } from './context-times.ts'

/** Web Audio in Node, for rendering, and this package's sounds. */
export type NodeAudio = {
  createContext(channels: number, frames: number, sampleRate: number): OfflineAudioContext
  /** Reads a file of `sounds/`. */
  read(file: string): Promise<ArrayBuffer>
}

/**
 * Gets ready for sound in Node.
 *
 * @throws Error where the optional package that it takes isn't installed.
 */
export async function openNodeAudio(): Promise<NodeAudio> {
  const { OfflineAudioContext } = await load()
  return {
    createContext: (channels, frames, sampleRate) => new OfflineAudioContext(channels, frames, sampleRate),
    read,
  }
}

/** Sound from this machine's own device. */
export type NodeSound = Output &
  Pick<AudioOutput, 'level' | 'setMaster'> & {
    /** Looks at the device's clock: to be called whenever the session is woken. */
    wake(): void
    end(): void
  }

/**
 * Opens the system's sound device, with the stage's own voices. Loops are heard at their moments of the monotonic clock,
 * together with what is sent by MIDI then; keys as soon as the device can.
 *
 * @param sinkId plays to nobody, where no device is to be opened.
 * @returns where there is no sound, the reason.
 */
export async function openNodeSound(sinkId?: { readonly type: 'none' }): Promise<NodeSound | { trouble: string }> {
  try {
    const { AudioContext } = await load()
    const context = openDevice(() => new AudioContext({ latencyHint: 'interactive', ...(sinkId && { sinkId }) }))
    const times = contextTimes(context, () => performance.now() / 1000)
    const { sound, stop, express, silence, schedule, level, setMaster } = createAudioOutput(
      context,
      await loadBank(context, read),
    )
    return {
      sound,
      stop,
      express,
      silence,
      schedule: (note, at, seconds) => schedule(note, Math.max(context.currentTime, times.of(at)), seconds),
      level,
      setMaster,
      wake: times.read,
      end: () => void context.close(),
    }
  } catch (error) {
    return { trouble: (error as Error).message }
  }
}

function openDevice(open: () => AudioContext): AudioContext {
  try {
    return open()
  } catch {
    throw new Error('No sound device opens here: plug one in, or see whether another program holds it.')
  }
}

async function load() {
  try {
    return await import('node-web-audio-api')
  } catch {
    throw new Error('Sound needs the package node-web-audio-api, which isn’t there: npm install node-web-audio-api@1')
  }
}

async function read(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(join(shippedFolder('sounds'), file))).buffer
}
