import { effect, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { type DeviceSettings, deviceSettings } from './device-settings.ts'

/**
 * A setting of this device, such as its MIDI input, that the browser remembers from visit to visit. What it remembers
 * may be another version's, or damaged: what can't be used is as it was at first.
 */
export function remembered<Name extends keyof DeviceSettings>(name: Name): Signal<DeviceSettings[Name]> {
  const key = `tradefours.${name}`
  const setting = signal(read(key, name) as DeviceSettings[Name])
  effect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(setting.value))
    } catch {
      // A full or forbidden storage costs the memory, not the music.
    }
  })
  return setting
}

function read(key: string, name: keyof DeviceSettings) {
  const { schema, initial } = deviceSettings[name]
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'))
    return success ? output : initial
  } catch {
    return initial
  }
}
