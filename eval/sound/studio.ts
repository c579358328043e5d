import { readFile } from 'node:fs/promises'
import { type Bank, channelsOf, loadBank, renderPerformance, type Wave } from '../../src/devices/audio/index.ts'
import { type NodeAudio, openNodeAudio } from '../../src/devices/audio/node.ts'
import type { Part, Performance } from '../../src/session/index.ts'

/** As `tradefours render` writes it. */
export const sampleRate = 48_000

/** Where the stage's sound is made, to be measured. */
export type Studio = {
  readonly createContext: NodeAudio['createContext']
  readonly bank: Bank
}

/** Gets the sounds ready. */
export async function openStudio(): Promise<Studio> {
  const { createContext, read } = await openNodeAudio()
  return { createContext, bank: await loadBank(createContext(2, 1, sampleRate), read) }
}

/** Renders a performance as the stage sounds: all of it, or some parts alone. */
export function record(
  { createContext, bank }: Studio,
  performance: Performance,
  parts?: readonly Part[],
): Promise<Wave> {
  const contextOf = (frames: number) => createContext(2, frames, sampleRate)
  return renderPerformance(performance, bank, sampleRate, contextOf, parts ? { parts } : {})
}

/** Reads a file of sound. */
export async function listen({ createContext }: Studio, path: string): Promise<Wave> {
  const bytes = new Uint8Array(await readFile(path)).buffer
  const buffer = await createContext(2, 1, sampleRate).decodeAudioData(bytes)
  const [left = new Float32Array(), right = left] = channelsOf(buffer)
  return { channels: [left, right], sampleRate }
}
