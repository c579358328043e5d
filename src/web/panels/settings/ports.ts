import type { PortChoice } from '../../stage.ts'
import { text } from '../text.ts'

/** Ports to choose from; one that is unplugged says so, and comes back by itself. */
export function ports(choices: readonly PortChoice[]): (readonly [id: string, name: string])[] {
  return choices.map(({ id, name, connected }) => [id, connected ? name : text.settings.gone(name)])
}
