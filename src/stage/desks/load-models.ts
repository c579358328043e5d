import { createSoloist, type Soloist } from '../../improv/index.ts'
import { createModel, readMagentaJs } from '../../models/index.ts'
import { urlFiles } from '../../ports/checkpoints/url.ts'
import type { Partner } from '../../ports/live/index.ts'

/** Reads a model that lies beside the page. */
const checkpoint = (name: string) => readMagentaJs(urlFiles(new URL(`weights/${name}`, document.baseURI).href))

/**
 * Brings the models: the soloist to this thread, the others to the worker, what is needed first coming first. One that
 * can't be had leaves the others alone: the music goes on without it.
 *
 * @param onModel told after each, of how many.
 */
export async function loadModels(
  partner: Partner,
  onSoloist: (soloist: Soloist) => void,
  onModel: (done: number, of: number) => void,
): Promise<void> {
  const parts = ['drums', 'solo', 'feel', 'melody'] as const
  for (const [index, part] of parts.entries()) {
    try {
      const found = await checkpoint(part)
      if (part === 'solo') onSoloist(createSoloist(createModel(found, part)))
      else partner.load(part, found)
    } catch (error) {
      reportError(error)
    }
    onModel(index + 1, parts.length)
  }
}
