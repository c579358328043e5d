import { describe, expect, it } from 'vitest'
import type { MidiListener, MidiPort } from '../../devices/midi/index.ts'
import type { Track } from '../../session/index.ts'
import { followInputs, followRoutes, parseRoute } from './ports.ts'

/** Ports that come and go by hand. */
function fakePorts() {
  let ports: MidiPort[] = []
  const changes = new Set<() => void>()
  const listened: (string | null)[] = []
  return {
    listened,
    set(...names: string[]) {
      const known = new Set([...ports.map(({ id }) => id), ...names])
      ports = [...known].map((id) => ({ id, name: id, connected: names.includes(id) }))
      for (const changed of changes) changed()
    },
    inputs: () => ports,
    outputs: () => ports,
    onChange(changed: () => void) {
      changes.add(changed)
      return () => void changes.delete(changed)
    },
    listen(id: string | null, _: MidiListener) {
      listened.push(id)
      return () => void listened.splice(listened.indexOf(id), 1)
    },
  }
}

describe('a route', () => {
  it('is read with its channel, or the usual one', () => {
    expect(parseRoute('bass=Mini: logue:2')).toEqual(['bass', { part: 'Mini: logue', channel: 2 }])
    expect(parseRoute('drums=TR-8')).toEqual(['drums', { part: 'TR-8', channel: 10 }])
  })

  it.each(['flute=x', 'bass', 'bass=', 'bass=x:17', 'bass=x:0'])('is refused in a sentence: %s', (text) => {
    expect(() => parseRoute(text)).toThrow(/ is not a route| has no channel/)
  })

  it('follows its port when that comes, by any part of its name', () => {
    const ports = fakePorts()
    const routed = new Map<Track, string | null>()
    const output = {
      route: (track: Track, to: { output: string } | null) => void routed.set(track, to?.output ?? null),
    }
    const routes = followRoutes(ports, output, new Map([['bass', { part: 'mini', channel: 1 }]]))
    expect(routed.get('bass')).toBeNull()
    ports.set('Korg Minilogue', 'Other')
    expect(routed.get('bass')).toBe('Korg Minilogue')
    expect([...routes.outputs]).toEqual(['Korg Minilogue'])
    ports.set('Other')
    expect([routed.get('bass'), ...routes.outputs]).toEqual(['Korg Minilogue'])
  })
})

describe('the inputs', () => {
  it('are listened to when they come, once each, by parts of their names', () => {
    const ports = fakePorts()
    const end = followInputs(ports, ['key', 'PAD'], () => {})
    expect(ports.listened).toEqual([])
    ports.set('Keystation 49')
    ports.set('Keystation 49', 'Drum pads', 'Keystation 61', 'Other')
    ports.set('Drum pads')
    ports.set('Keystation 49', 'Drum pads')
    expect(ports.listened).toEqual(['Keystation 49', 'Drum pads', 'Keystation 61'])
    end()
    expect(ports.listened).toEqual([])
  })

  it('that two parts name are listened to once', () => {
    const ports = fakePorts()
    ports.set('Keystation 49')
    followInputs(ports, ['key', 'station'], () => {})
    expect(ports.listened).toEqual(['Keystation 49'])
  })

  it('are all of them where none is named', () => {
    const ports = fakePorts()
    followInputs(ports, [], () => {})
    expect(ports.listened).toEqual([null])
  })
})
