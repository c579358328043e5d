import { createSoloist, type Soloist } from '../improv/index.ts'
import { type Checkpoint, createModel } from '../models/index.ts'
import type { Partner } from './model-client.ts'

/** Told of models as they come. */
export type ModelsComing = {
  onSoloist(soloist: Soloist): void
  /** Told after each, whether it came or not, of how many. */
  onModel?(done: number, of: number): void
  onTrouble(error: unknown): void
}

/**
 * Brings the models: the soloist to this thread, the others to the worker, what is needed first coming first. One that
 * can't be had leaves the others alone: the music goes on without it.
 *
 * @param open finds a shipped model by its name.
 */
export async function loadModels(
  open: (name: string) => Promise<Checkpoint>,
  partner: Partner,
  { onSoloist, onModel = () => {}, onTrouble }: ModelsComing,
): Promise<void> {
  const parts = ['drums', 'solo', 'feel', 'melody'] as const
  for (const [index, part] of parts.entries()) {
    try {
      const found = await open(part)
      if (part === 'solo') onSoloist(createSoloist(createModel(found, part)))
      else partner.load(part, found)
    } catch (error) {
      onTrouble(error)
    }
    onModel(index + 1, parts.length)
  }
}
