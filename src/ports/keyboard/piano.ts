import type { MidiPitch } from '../../music/index.ts'
import { clampVelocity } from '../../music/index.ts'
import type { Happening } from '../../session/index.ts'

/** The row of a computer's keyboard as white keys from C, with the black keys above them, by `KeyboardEvent.code`. */
const row = [
  'KeyA',
  'KeyW',
  'KeyS',
  'KeyE',
  'KeyD',
  'KeyF',
  'KeyT',
  'KeyG',
  'KeyY',
  'KeyH',
  'KeyU',
  'KeyJ',
  'KeyK',
  'KeyO',
  'KeyL',
  'KeyP',
  'Semicolon',
  'Quote',
]

/** What moves the row by octaves, and what makes it softer or harder. */
const octaveKeys: Readonly<Record<string, number>> = { KeyZ: -1, KeyX: 1 }
const velocityKeys: Readonly<Record<string, number>> = { KeyC: -16, KeyV: 16 }

/** A computer's keyboard as a piano. */
export type KeyPiano = {
  /** A key goes down; null where the piano has nothing to do with it. */
  down(code: string): readonly Happening[] | null
  up(code: string): readonly Happening[]
  /** All keys come up: the page has lost them. */
  letGo(): readonly Happening[]
  /** What to write on each key of a drawn piano. */
  labels(): ReadonlyMap<MidiPitch, string>
}

/** Makes a piano of a computer's keyboard. */
export function createKeyPiano(): KeyPiano {
  /** The pitch that each key that is down has, whatever octave it is now. */
  const held = new Map<string, MidiPitch>()
  let lowest = 60
  let velocity = 90
  const up = (code: string): readonly Happening[] => {
    const pitch = held.get(code)
    if (pitch === undefined) return []
    held.delete(code)
    return [{ type: 'noteOff', pitch }]
  }
  return {
    down(code) {
      const place = row.indexOf(code)
      if (place >= 0) {
        if (held.has(code)) return []
        const pitch = lowest + place
        held.set(code, pitch)
        return [{ type: 'noteOn', pitch, velocity }]
      }
      const octaves = octaveKeys[code]
      if (octaves !== undefined) {
        lowest = Math.min(96, Math.max(24, lowest + 12 * octaves))
        return []
      }
      const harder = velocityKeys[code]
      if (harder === undefined) return null
      velocity = clampVelocity(velocity + harder)
      return []
    },
    up,
    letGo: () => [...held.keys()].flatMap(up),
    labels: () => new Map(row.map((code, place) => [lowest + place, labelOf(code)])),
  }
}

function labelOf(code: string): string {
  return code === 'Semicolon' ? ';' : code === 'Quote' ? '’' : code.replace('Key', '')
}
