/** Writes a performance as sound or as MIDI. It has a file of its own, since the page fetches it when somebody exports. */
import { type Bank, encodeWav, renderPerformance } from '../../devices/audio/index.ts'
import { transcriptMidi } from '../../io/midi-file/index.ts'
import { type Performance, transcribe } from '../../session/index.ts'

/** The bytes of a MIDI file with a performance. */
export function midiOf(performance: Performance): Uint8Array<ArrayBuffer> {
  return new Uint8Array(transcriptMidi(transcribe(performance)))
}

/** The bytes of a WAV file of 16 bits with a performance. @param onProgress receives the share that is done, from 0 to 1. */
export async function wavOf(
  performance: Performance,
  bank: Bank,
  sampleRate: number,
  onProgress?: (share: number) => void,
): Promise<ReturnType<typeof encodeWav>> {
  const contextOf = (frames: number) => new OfflineAudioContext(2, frames, sampleRate)
  return encodeWav(
    await renderPerformance(performance, bank, sampleRate, contextOf, onProgress ? { onProgress } : {}),
    16,
  )
}
