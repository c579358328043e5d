import { clampVelocity, type MidiPitch, type Velocity } from '../../music/index.ts'
import type { SessionInput } from '../../session/index.ts'

/** A key of the computer that sounds. */
export type PianoKey = {
  /** Where it lies, as `KeyboardEvent.code` names it. */
  readonly code: string
  /** What is written on it, on most keyboards. */
  readonly label: string
  /** From the C of the upper manual. */
  readonly semitones: number
  /** Whether Shift makes it a semitone higher. */
  readonly sharpens: boolean
}

/** A key of the computer that changes how the others sound. */
export type PianoControl = { readonly code: string; readonly label: string; readonly does: string }

/** The middle row is white, the one above it black, as in most music programs: an octave and a half from C on. */
const upperManual = [
  ...['KeyA', 'KeyW', 'KeyS', 'KeyE', 'KeyD', 'KeyF', 'KeyT', 'KeyG', 'KeyY', 'KeyH', 'KeyU', 'KeyJ'],
  ...['KeyK', 'KeyO', 'KeyL', 'KeyP', 'Semicolon', 'Quote'],
]

/** The lowest row is white, an octave lower. Its black keys are Shift: the row between is the upper manual's. */
const lowerManual = ['KeyZ', 'KeyX', 'KeyC', 'KeyV', 'KeyB', 'KeyN', 'KeyM', 'Comma', 'Period']
const whites = [0, 2, 4, 5, 7, 9, 11, 12, 14]

/** The piano: two octaves and a half, with the digits left free for what else there is to do. */
export const pianoKeys: readonly PianoKey[] = [
  ...lowerManual.map((code, index) => pianoKey(code, (whites[index] ?? 0) - 12, true)),
  ...upperManual.map((code, semitones) => pianoKey(code, semitones, false)),
]

/** The keys beside the piano's. */
export const pianoControls = {
  Minus: { code: 'Minus', label: '-', does: 'an octave lower' },
  Equal: { code: 'Equal', label: '=', does: 'an octave higher' },
  BracketLeft: { code: 'BracketLeft', label: '[', does: 'softer' },
  BracketRight: { code: 'BracketRight', label: ']', does: 'louder' },
  Backquote: { code: 'Backquote', label: '`', does: 'sustain pedal' },
  // Between Shift and Z, where there is a key.
  IntlBackslash: { code: 'IntlBackslash', label: '<', does: 'sustain pedal' },
} as const satisfies Record<string, PianoControl>

/** The keys of a computer as a piano. What they do is handed back, for whoever hears it. */
export type KeyPiano = {
  /** What the key A sounds. */
  readonly pitch: MidiPitch
  /** How hard keys are struck: a computer doesn't feel it. */
  readonly velocity: Velocity
  /** Whether a key is one of the piano's. */
  has(code: string): boolean
  /** A key goes down, alone or with Shift. */
  down(code: string, shift?: boolean): readonly SessionInput[]
  up(code: string): readonly SessionInput[]
  /** All keys go up: nobody will hear when the hands do. */
  letGo(): readonly SessionInput[]
  /** Which key sounds a pitch now. */
  labels(): ReadonlyMap<MidiPitch, string>
}

const middleC: MidiPitch = 60
const lowest: MidiPitch = 12
const highest: MidiPitch = 108
/** Velocity has eight steps. */
const usualStep = 6
const loudestStep = 8
const velocityOf = (step: number): Velocity => clampVelocity((128 / loudestStep) * step)
const sustainPedal = 64

const keyOf = new Map(pianoKeys.map((key) => [key.code, key]))

/** Makes a piano whose A sounds middle C. */
export function createKeyPiano(): KeyPiano {
  let pitch = middleC
  let step = usualStep
  const held = new Map<string, MidiPitch>()
  const pedals = new Set<string>()

  const release = (code: string): SessionInput[] => {
    const ending = held.get(code)
    if (ending === undefined) return []
    held.delete(code)
    // Two keys may sound one pitch: it ends with the last of them.
    return [...held.values()].includes(ending) ? [] : [{ type: 'noteOff', pitch: ending }]
  }
  const lift = (code: string): SessionInput[] => (pedals.delete(code) && pedals.size === 0 ? [pedal(0)] : [])
  const control = (code: keyof typeof pianoControls): SessionInput[] => {
    switch (code) {
      case 'Minus':
        pitch = Math.max(lowest, pitch - 12)
        return []
      case 'Equal':
        pitch = Math.min(highest, pitch + 12)
        return []
      case 'BracketLeft':
        step = Math.max(1, step - 1)
        return []
      case 'BracketRight':
        step = Math.min(loudestStep, step + 1)
        return []
      default: {
        const wasDown = pedals.size > 0
        pedals.add(code)
        return wasDown ? [] : [pedal(127)]
      }
    }
  }
  return {
    get pitch() {
      return pitch
    },
    get velocity() {
      return velocityOf(step)
    },
    has: (code) => keyOf.has(code) || isControl(code),
    down(code, shift = false) {
      if (isControl(code)) return control(code)
      const key = keyOf.get(code)
      if (!key || held.has(code)) return []
      const sounded = pitch + key.semitones + (shift && key.sharpens ? 1 : 0)
      held.set(code, sounded)
      return [{ type: 'noteOn', pitch: sounded, velocity: velocityOf(step) }]
    },
    up: (code) => [...release(code), ...lift(code)],
    letGo: () => [...[...held.keys()].flatMap(release), ...[...pedals].flatMap(lift)],
    labels() {
      const sharps = pianoKeys.filter(({ sharpens }) => sharpens)
      return new Map([
        ...sharps.map((key) => [pitch + key.semitones + 1, `⇧${key.label}`] as const),
        ...pianoKeys.map((key) => [pitch + key.semitones, key.label] as const),
      ])
    },
  }
}

function isControl(code: string): code is keyof typeof pianoControls {
  return Object.hasOwn(pianoControls, code)
}

function pedal(value: number): SessionInput {
  return { type: 'control', controller: sustainPedal, value }
}

function pianoKey(code: string, semitones: number, sharpens: boolean): PianoKey {
  const signs: Readonly<Record<string, string>> = { Semicolon: ';', Quote: "'", Comma: ',', Period: '.' }
  return { code, label: signs[code] ?? code.replace('Key', ''), semitones, sharpens }
}
