import { type Effect, type Express, playedTracks } from '../src/session/index.ts'

/** What sounds of what was played, as instruments hear it: effect by effect. */
export class Sounding {
  readonly #notes = new Set<string>()
  /** What is away from its rest. */
  readonly #moved = new Map<string, number>()

  /** How many notes sound. */
  get count(): number {
    return this.#notes.size
  }

  /** The wheels, pedals and pressures that are away from where they rest, with their values. */
  get moved(): ReadonlyMap<string, number> {
    return this.#moved
  }

  /** @throws Error when a note sounds that sounds already, or one is stopped that does not. */
  hear(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'express') this.#express(effect)
      if (effect.type !== 'sound' && effect.type !== 'stop') continue
      const { type, track, pitch, channel = 0 } = effect
      const note = `${playedTracks.indexOf(track)} ${channel} ${pitch}`
      if (this.#notes.has(note) === (type === 'sound')) {
        throw new Error(`${pitch} on ${track} ${type === 'sound' ? 'sounds twice' : 'is stopped, but does not sound'}.`)
      }
      if (type === 'sound') this.#notes.add(note)
      else this.#notes.delete(note)
    }
  }

  #express({ track, expression, channel = 0 }: Express): void {
    const { kind } = expression
    if (kind === 'program' || kind === 'key-pressure') return
    const controller = kind === 'control' ? expression.controller : null
    const rest = controller === null ? 0 : rests[controller]
    if (rest === undefined) return
    const name = `${track} ${channel} ${controller ?? kind}`
    if (expression.value === rest) this.#moved.delete(name)
    else this.#moved.set(name, expression.value)
  }
}

/** Where controllers rest that move what sounds. */
const rests: Readonly<Record<number, number>> = {
  1: 0,
  2: 0,
  11: 127,
  64: 0,
  65: 0,
  66: 0,
  67: 0,
  68: 0,
  69: 0,
  74: 64,
}
