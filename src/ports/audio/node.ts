import { readFile } from 'node:fs/promises'

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
  const { OfflineAudioContext } = await import('node-web-audio-api').catch(() => {
    throw new Error('Sound needs the package node-web-audio-api, which isn’t there: npm install node-web-audio-api@1')
  })
  return {
    createContext: (channels, frames, sampleRate) => new OfflineAudioContext(channels, frames, sampleRate),
    read: async (file) => new Uint8Array(await readFile(new URL(`../../../sounds/${file}`, import.meta.url))).buffer,
  }
}
