/** Fetches the models. It has a file of its own, since the page can be played before they come. */
import { urlFiles } from '../../io/checkpoints/index.ts'
import { type Checkpoint, readMagentaJs } from '../../models/index.ts'

/** A shipped model, by its name: they lie beside the page. */
export function openModel(name: string): Promise<Checkpoint> {
  return readMagentaJs(urlFiles(new URL(`weights/${name}`, document.baseURI).href))
}
