import { type Bank, createWavWriter, loadBank, type Rendering, wavHead } from '../devices/audio/index.ts'
import { openNodeAudio } from '../devices/audio/node.ts'
import { writeWholeFile } from './files.ts'
import { InputError } from './input-error.ts'

/** The format of all WAV files that are written. */
export const [sampleRate, bits] = [48_000, 16] as const

/**
 * The sounds of the stage, and contexts in stereo of a length in frames to render them in.
 *
 * @throws InputError where the package for sound or a sound is missing.
 */
export async function openSounds(): Promise<{ bank: Bank; contextOf: (frames: number) => OfflineAudioContext }> {
  const silent = ({ message }: Error): never => {
    throw new InputError(message)
  }
  const { createContext, read } = await openNodeAudio().catch(silent)
  const contextOf = (frames: number) => createContext(2, frames, sampleRate)
  return { bank: await loadBank(contextOf(1), read).catch(silent), contextOf }
}

/**
 * Renders stretch by stretch to a WAV file: hours of sound are too much for memory.
 *
 * @throws InputError where the package for sound or a sound is missing, or the file can't be written.
 */
export async function writeWav(
  output: string,
  render: (bank: Bank, sampleRate: number, contextOf: (frames: number) => OfflineAudioContext) => Rendering,
): Promise<{ seconds: number; sampleRate: number; peak: number }> {
  const { bank, contextOf } = await openSounds()
  const { frames, pieces } = render(bank, sampleRate, contextOf)
  const write = createWavWriter(bits)
  let peak = 0
  async function* file() {
    yield wavHead({ channels: 2, frames, sampleRate }, bits)
    for await (const piece of pieces) {
      for (const channel of piece) for (const sample of channel) peak = Math.max(peak, Math.abs(sample))
      yield write(piece)
    }
  }
  await writeWholeFile(output, file())
  return { seconds: frames / sampleRate, sampleRate, peak }
}
