import type { MidiPitch } from '../../music/index.ts'
import type { Express } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'

/** How hands move the notes of a voice that they hold: bends, vibrato, level. Notes of loops stay as they were played. */
export type LiveTone = {
  /** Where the sound of a held note goes on its way to a node. */
  into(node: AudioNode): AudioNode
  /** Lets a note that begins follow the hand from now on. */
  add(note: LiveNote, at: Seconds): void
  express(express: Pick<Express, 'expression' | 'channel' | 'zone'>, at: Seconds): void
}

/** A note that a key holds. */
export type LiveNote = {
  readonly pitch: MidiPitch
  /** Its own channel, where an MPE zone gives it one. */
  readonly channel: number | undefined
  readonly source: AudioBufferSourceNode
}

/** A vibrato as players of strings have it, at its widest. */
const vibratoHertz = 5.5
const widestCents = 50

/** How fast a level moves: too slow to click. */
const smooth: Seconds = 0.01

/** Makes the live side of a voice. */
export function createLiveTone(context: BaseAudioContext): LiveTone {
  let notes: readonly LiveNote[] = []
  const levels = new Map<AudioNode, GainNode>()
  let level = 1
  /** In cents: of all notes, and of those that have a channel. */
  let bend = 0
  const bends = new Map<number, number>()
  /** From 0 to 1, by what makes it. */
  const vibrato = { wheel: 0, pressure: 0 }
  /** What sways each note; its own part is for the pressure of its key. */
  const sways = new Map<LiveNote, GainNode>()
  let lfo: { readonly oscillator: OscillatorNode; readonly depth: GainNode } | null = null

  const swaying = () => {
    if (lfo) return lfo
    const oscillator = context.createOscillator()
    oscillator.frequency.value = vibratoHertz
    const depth = context.createGain()
    depth.gain.value = 0
    oscillator.connect(depth)
    oscillator.start()
    lfo = { oscillator, depth }
    for (const { source } of notes) depth.connect(source.detune)
    return lfo
  }
  const tune = (note: LiveNote, at: Seconds) => {
    const cents = bend + (note.channel === undefined ? 0 : (bends.get(note.channel) ?? 0))
    note.source.detune.setValueAtTime(cents, at)
  }
  const sway = (at: Seconds) => {
    const cents = widestCents * Math.max(vibrato.wheel, vibrato.pressure)
    if (cents > 0 || lfo) swaying().depth.gain.setTargetAtTime(cents, at, smooth)
  }
  const swayNote = (note: LiveNote, value: number, at: Seconds) => {
    const own = sways.get(note) ?? context.createGain()
    if (!sways.has(note)) {
      own.gain.value = 0
      swaying().oscillator.connect(own).connect(note.source.detune)
      sways.set(note, own)
    }
    own.gain.setTargetAtTime((widestCents * value) / 127, at, smooth)
  }
  return {
    into(node) {
      const known = levels.get(node)
      if (known) return known
      const gain = context.createGain()
      gain.gain.value = level
      gain.connect(node)
      levels.set(node, gain)
      return gain
    },
    add(note, at) {
      notes = [...notes, note]
      lfo?.depth.connect(note.source.detune)
      note.source.addEventListener('ended', () => {
        notes = notes.filter((each) => each !== note)
        sways.get(note)?.disconnect()
        sways.delete(note)
      })
      tune(note, at)
    },
    express({ expression, channel, zone }, at) {
      const isOwn = channel !== undefined && !zone
      switch (expression.kind) {
        case 'bend':
          if (isOwn) bends.set(channel, 100 * expression.semitones)
          else bend = 100 * expression.semitones
          for (const note of notes) if (!isOwn || note.channel === channel) tune(note, at)
          break
        case 'pressure':
          if (isOwn)
            for (const note of notes.filter((each) => each.channel === channel)) swayNote(note, expression.value, at)
          else {
            vibrato.pressure = expression.value / 127
            sway(at)
          }
          break
        case 'key-pressure':
          for (const note of notes) {
            if (note.pitch === expression.pitch && note.channel === channel) swayNote(note, expression.value, at)
          }
          break
        case 'control':
          if (expression.controller === modulation) {
            vibrato.wheel = expression.value / 127
            sway(at)
          } else if (expression.controller === loudness) {
            level = (expression.value / 127) ** 2
            for (const { gain } of levels.values()) gain.setTargetAtTime(level, at, smooth)
          }
      }
    },
  }
}

/** MIDI's controllers that mean something here: the modulation wheel, and the expression pedal. */
const modulation = 1
const loudness = 11
