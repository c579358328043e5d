import { type Checkpoint, CheckpointError, maxCheckpointBytes } from '../checkpoint.ts'
import { viewOf } from './bytes.ts'
import { all, bytes } from './protobuf.ts'
import { about } from './refusal.ts'
import { readCheckpointV1, readCheckpointV2 } from './tensorflow-checkpoint.ts'
import { isWebPage, latin1, utf8 } from './text.ts'

/**
 * Reads a `.mag` bundle of Magenta's: a GeneratorBundle with a TensorFlow checkpoint of either version.
 *
 * @param name how messages call the file.
 * @throws CheckpointError when the bytes are not such a bundle, or are damaged.
 * @see https://github.com/magenta/note-seq/blob/main/note_seq/protobuf/generator.proto
 */
export function readBundle(bundle: Uint8Array, name: string): Checkpoint {
  return about(name, () => {
    if (bundle.length === 0) throw new CheckpointError('is empty: download it again.')
    if (bundle.length > maxCheckpointBytes) {
      throw new CheckpointError(`is larger than ${maxCheckpointBytes >> 20} MiB: choose a bundle of Magenta's.`)
    }
    if (isWebPage(bundle)) {
      throw new CheckpointError('is a web page, not a .mag bundle: download the file itself, not the page about it.')
    }
    const [checkpoint, data, more] = all(bundle, 2)
    if (!checkpoint) throw new CheckpointError('holds no weights: choose a .mag bundle, or download it again.')
    if (more) throw new CheckpointError('holds weights in several data files: save them as one.')

    const tensors = data ? readCheckpointV2(checkpoint, data) : readCheckpointV1(checkpoint)
    const id = utf8(bytes(bytes(bundle, 1), 1))
    const attentionLength = attentionLengthOf(bytes(bundle, 3))
    return { tensors, claims: { ...(id && { id }), ...(attentionLength && { attentionLength }) } }
  })
}

/** Where the graph says it, under its name before TensorFlow 1.0 and since. */
const attentionShape = /(?:attention_cell_wrapper|AttentionCellWrapper)\/Reshape\/shape$/

/** No tensor has the length of the attention, but in the graph attention's memory is shaped to [-1, length, size]. */
function attentionLengthOf(metagraph: Uint8Array): number | null {
  for (const node of all(bytes(metagraph, 2), 1)) {
    if (!attentionShape.test(latin1(bytes(node, 1)))) continue
    for (const attribute of all(node, 5)) {
      if (latin1(bytes(attribute, 1)) !== 'value') continue
      const shape = bytes(bytes(bytes(attribute, 2), 8), 4)
      if (shape.length !== 12) continue
      const [batch, length] = [viewOf(shape).getInt32(0, true), viewOf(shape).getInt32(4, true)]
      if (batch === -1 && length > 0) return length
    }
  }
  return null
}
