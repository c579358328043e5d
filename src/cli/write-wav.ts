import { type Bank, createWavWriter, loadBank, type Rendering, wavHead } from '../devices/audio/index.ts'
import { openNodeAudio } from '../devices/audio/node.ts'
import { writeWholeFile } from './files.ts'
import { InputError } from './input-error.ts'

const [sampleRate, bits] = [48_000, 16] as const

/**
 * Renders stretch by stretch to a WAV file: hours of sound are too much for memory.
 *
 * @throws InputError where the package for sound or a sound is missing, or the file can't be written.
 */
export async function writeWav(
  output: string,
  render: (bank: Bank, sampleRate: number, createContext: (frames: number) => OfflineAudioContext) => Rendering,
): Promise<{ seconds: number; sampleRate: number; peak: number }> {
  const silent = ({ message }: Error): never => {
    throw new InputError(message)
  }
  const { createContext, read } = await openNodeAudio().catch(silent)
  const bank = await loadBank(createContext(2, 1, sampleRate), read).catch(silent)
  const { frames, pieces } = render(bank, sampleRate, (length) => createContext(2, length, sampleRate))
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
