import { createSoloist, type Soloist } from '../improv/index.ts'
import { type Checkpoint, createModel } from '../models/index.ts'

/** The soloist of a checkpoint. It has a file of its own, since the page fetches the engine after it can be played. */
export function soloistOf(checkpoint: Checkpoint): Soloist {
  return createSoloist(createModel(checkpoint, 'solo'))
}
