import { afterEach, describe, expect, it } from 'vitest'
import { type DeviceSettings, deviceSettings } from './device-settings.ts'
import { remembered } from './remembered.ts'

afterEach(() => localStorage.clear())

const names = Object.keys(deviceSettings) as (keyof DeviceSettings)[]
const store = (name: keyof DeviceSettings, text: string) => localStorage.setItem(`tradefours.${name}`, text)

/** What no version has ever written: other types, other shapes, numbers that are none, and a great deal of it. */
const garbage = [
  '',
  '{',
  'null',
  '[]',
  '{}',
  '1e999',
  '-5',
  '[null]',
  '{"id":{"id":7},"on":"yes","latencyMs":-1}',
  '{"bass":null,"drums":[],"solo":{"pan":"left","inner":"yes"}}',
  '{"bass":{"pan":1e999,"reverb":-1,"inner":true,"output":7,"channel":77},"click":{"channel":1.5}}',
  JSON.stringify({ id: 'x'.repeat(1_000_000), bass: { inner: true, output: 'x'.repeat(1_000_000), channel: 1 } }),
]

describe('what the browser remembers', () => {
  it.each(names)('of %s may be garbage: then it is as it was at first', (name) => {
    for (const text of garbage) {
      store(name, text)
      expect(remembered(name).value, text).toEqual(deviceSettings[name].initial)
    }
  })

  it('is kept where it is sound, beside what is damaged', () => {
    const bass = { inner: false, output: 'Synth', channel: 7 }
    store('routes', JSON.stringify({ bass, solo: { ...bass, channel: 17 }, drums: null }))
    const { initial } = deviceSettings.routes
    expect(remembered('routes').value).toEqual({ ...initial, bass })
    remembered('routes').value = { ...initial, drums: bass }
    expect(remembered('routes').value).toEqual({ ...initial, drums: bass })
  })
})
