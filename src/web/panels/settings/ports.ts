import type { PortChoice } from '../../stage.ts'
import { text } from '../text.ts'

/** Ports as choices. One that is unplugged says so. */
export function ports(choices: readonly PortChoice[]): (readonly [id: string, name: string])[] {
  return choices.map(({ id, name, connected }) => [id, connected ? name : text.settings.gone(name)])
}
