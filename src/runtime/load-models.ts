import type { Soloist } from '../improv/index.ts'
import type { Checkpoint } from '../models/index.ts'
import type { ModelClient } from './model-client.ts'

/** Receives models as they come. */
export type ModelListener = {
  onSoloist(soloist: Soloist): void
  /** Called after each, whether it came or not, with how many there are. */
  onModel?(done: number, of: number): void
  onTrouble(error: unknown): void
}

/**
 * Brings the models: all to the worker, and the soloist to this thread, too, what is needed first coming first. One that
 * can't be had leaves the others alone: the music goes on without it.
 *
 * @param open finds a shipped model by its name.
 */
export async function loadModels(
  open: (name: string) => Promise<Checkpoint>,
  client: ModelClient,
  { onSoloist, onModel = () => {}, onTrouble }: ModelListener,
): Promise<void> {
  const parts = ['drums', 'solo', 'feel', 'melody', 'phrase'] as const
  for (const [index, part] of parts.entries()) {
    try {
      const found = await open(part)
      if (part === 'solo') onSoloist((await import('./soloist.ts')).soloistOf(found))
      // The soloist chooses the pitches of phrases, too.
      client.load(part, found)
    } catch (error) {
      onTrouble(error)
    }
    onModel(index + 1, parts.length)
  }
}
