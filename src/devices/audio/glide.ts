import type { Seconds } from '../../timing/index.ts'

/** Moves parameters to a value, too slowly to click. All times are the context's, in rising order. */
export type Glide = {
  /** Lets a parameter follow from now on; it is where the others are. */
  follow(param: AudioParam): void
  to(value: number, at: Seconds): void
}

/** How long it takes. */
const glideSeconds: Seconds = 0.01

/** Makes a glide that rests at a value. Only ramps are used: before a target's time some contexts are nowhere. */
export function createGlide(initial: number): Glide {
  const params: AudioParam[] = []
  let [from, value, began] = [initial, initial, Number.NEGATIVE_INFINITY]
  const valueAt = (at: Seconds) => from + (value - from) * Math.min(1, Math.max(0, (at - began) / glideSeconds))
  return {
    follow(param) {
      param.value = value
      params.push(param)
    },
    to(next, at) {
      ;[from, value, began] = [valueAt(at), next, at]
      for (const param of params) {
        param.cancelScheduledValues(at)
        param.setValueAtTime(from, at)
        param.linearRampToValueAtTime(value, at + glideSeconds)
      }
    },
  }
}
