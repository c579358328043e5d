import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCheckpoint } from '../src/io/checkpoints/node.ts'
import { createModel, type Model, type Sampling } from '../src/models/index.ts'

/** A model as it ships, with what its folder says of it. */
export type Shipped = Model & {
  /** How it is meant to be sampled. */
  readonly sampling: Sampling
  /** The pieces held out from its training. */
  readonly validation: ReadonlySet<string>
  /** A figure that the training measured and that can't be measured here. */
  recorded(figure: string): number
}

/** Reads a model from `weights/`, or from another folder that a training has written. */
export async function shipped(
  name: string,
  folder: string = fileURLToPath(new URL(`../weights/${name}`, import.meta.url)),
): Promise<Shipped> {
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const metrics: Record<string, number> = json('metrics.json')
  const model = createModel(await openCheckpoint(folder), name)
  return {
    ...model,
    sampling: { temperature: model.temperature },
    validation: new Set(json('validation.json')),
    recorded(figure) {
      const value = metrics[figure]
      if (value === undefined) throw new Error(`weights/${name}/metrics.json has no ${figure}: train the model again.`)
      return value
    },
  }
}
