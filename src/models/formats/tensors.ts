import { CheckpointError, type Tensor } from '../checkpoint.ts'
import { damaged } from './refusal.ts'

/** How many numbers a tensor of this shape holds. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1)
}

/** Adds a tensor to others, and refuses one that an engine could not trust: the rest of a sentence. */
export function addTensor(tensors: Map<string, Tensor>, name: string, tensor: Tensor): void {
  if (elements(tensor.shape) !== tensor.data.length || !tensor.shape.every(Number.isSafeInteger)) damaged()
  if (tensors.has(name)) {
    throw new CheckpointError(`holds ${name} twice, so no one knows which counts: export the model again.`)
  }
  if (!allFinite(tensor.data)) {
    throw new CheckpointError(`has numbers in ${name} that are not finite: download it again, or train it anew.`)
  }
  tensors.set(name, tensor)
}

/** A product with 0 is 0 for all numbers but those that are not finite; millions of callbacks would take their time. */
function allFinite(numbers: Float32Array): boolean {
  let sum = 0
  for (let index = 0; index < numbers.length; index++) sum += (numbers[index] as number) * 0
  return sum === 0
}
