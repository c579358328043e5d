/** A sound card that can be taken away, as by a phone call: until it is given back, it can't be woken. */
export type SoundCard = {
  takeAway(): Promise<void>
  giveBack(): Promise<void>
  readonly state: AudioContextState
}

/** Puts such a card into a page before anything else runs there; tests reach it as `soundCard`. */
export const soundCardScript = `{
  let isTaken = false
  globalThis.AudioContext = class extends AudioContext {
    constructor(...options) {
      super(...options)
      const card = this
      const suspend = () => super.suspend()
      globalThis.soundCard = {
        get state() { return card.state },
        takeAway() { isTaken = true; return suspend() },
        giveBack() { isTaken = false; return card.resume() },
      }
    }
    resume() {
      return isTaken ? Promise.reject(new DOMException('In a call.', 'InvalidStateError')) : super.resume()
    }
  }
}`
