import { type Effect, playedTracks } from '../src/session/index.ts'

/** What sounds of what was played, as instruments hear it: effect by effect. */
export class Sounding {
  readonly #notes = new Set<number>()

  /** How many notes sound. */
  get count(): number {
    return this.#notes.size
  }

  /** @throws Error when a note sounds that sounds already, or one is stopped that does not. */
  hear(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type !== 'sound' && effect.type !== 'stop') continue
      const { type, track, pitch } = effect
      const note = 128 * playedTracks.indexOf(track) + pitch
      if (this.#notes.has(note) === (type === 'sound')) {
        throw new Error(`${pitch} on ${track} ${type === 'sound' ? 'sounds twice' : 'is stopped, but does not sound'}.`)
      }
      if (type === 'sound') this.#notes.add(note)
      else this.#notes.delete(note)
    }
  }
}
