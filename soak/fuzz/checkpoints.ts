import {
  type Checkpoint,
  CheckpointError,
  type CheckpointFiles,
  continueSequence,
  createModel,
  finish,
  hold,
  readBundle,
  readMagentaJs,
} from '../../src/models/index.ts'
import { bundle, good } from '../../test/bundles.ts'
import { bytesOf, type Target } from './target.ts'

/** A checkpoint's folder, from bytes with its files one after the other, each behind its length. */
function folderOf(bytes: Uint8Array): CheckpointFiles {
  const parts: Uint8Array[] = []
  let at = 0
  while (at + 4 <= bytes.length && parts.length < 3) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
    parts.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const [config, manifest, shard] = parts
  const files: Record<string, Uint8Array | undefined> = { 'config.json': config, 'weights_manifest.json': manifest }
  return {
    name: 'folder',
    read: async (name, limit) => (name in files ? files[name] : shard)?.subarray(0, limit) ?? null,
  }
}

/** A checkpoint's files as such bytes. */
function packed(...files: Uint8Array[]): Uint8Array {
  return Buffer.concat(
    files.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}

/** A melody model of four pitches, so small that most of its bytes say something about it. */
function small(): Uint8Array {
  const [classes, units] = [6, 3]
  const cell = 'rnn/multi_rnn_cell/cell_0/basic_lstm_cell'
  const weights = [
    {
      name: `${cell}/kernel`,
      shape: [classes + units, 4 * units],
      quantization: { dtype: 'uint8', scale: 0.01, min: -1 },
    },
    { name: `${cell}/bias`, shape: [4 * units], quantization: { dtype: 'float16' } },
    {
      name: 'fully_connected/weights',
      shape: [units, classes],
      quantization: { dtype: 'uint16', scale: 1e-5, min: -0.3 },
    },
    { name: 'fully_connected/biases', shape: [classes] },
  ].map((weight) => ({ ...weight, dtype: 'float32' }))
  const config = {
    ...{ type: 'MusicRNN', dataConverter: { type: 'MelodyConverter', args: { minPitch: 60, maxPitch: 63 } } },
    ...{ auxInputs: [], tradefours: { temperature: 0.9 } },
  }
  const numbers = Uint8Array.from({ length: 108 + 24 + 36 + 24 }, (_, index) => (index * 37) % 61)
  return packed(bytesOf(JSON.stringify(config)), bytesOf(JSON.stringify([{ paths: ['shard'], weights }])), numbers)
}

/** Plays a melody, as far as it can be played. */
function playOn(checkpoint: Checkpoint): void {
  const model = createModel(checkpoint, 'it')
  finish(continueSequence(model, { primer: [60, hold], steps: 4, sampling: { temperature: 1 }, seed: 1 }))
}

/** Checkpoints of Magenta's formats. */
export const checkpoints: readonly Target[] = [
  {
    name: 'checkpoint',
    good: () => [small()],
    feed: async (bytes) => playOn(await readMagentaJs(folderOf(bytes))),
    errors: [CheckpointError],
  },
  {
    name: '.mag bundle',
    good: () => [bundle(good)],
    feed: (bytes) => readBundle(bytes, 'fuzz'),
    errors: [CheckpointError],
  },
]
