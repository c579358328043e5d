import { effect, type Signal, signal } from '@preact/signals'

/**
 * A setting of this device, such as its MIDI input, that the browser remembers from visit to visit. What it remembers
 * is only taken if it is of the initial value's shape.
 */
export function remembered<Value>(name: string, initial: Value): Signal<Value> {
  const key = `tradefours.${name}`
  const setting = signal(read(key, initial))
  effect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(setting.value))
    } catch {
      // A full or forbidden storage costs the memory, not the music.
    }
  })
  return setting
}

function read<Value>(key: string, initial: Value): Value {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    const isAlike = typeof found === typeof initial && Array.isArray(found) === Array.isArray(initial)
    if (found === null || !isAlike) return initial
    return typeof initial === 'object' ? { ...initial, ...(found as Value) } : (found as Value)
  } catch {
    return initial
  }
}
