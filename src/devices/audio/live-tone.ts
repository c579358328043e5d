import type { MidiPitch } from '../../music/index.ts'
import type { Express } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import { createGlide, type Glide } from './glide.ts'

/** How hands move the notes of a voice that they hold: bends, vibrato, level. Notes of loops stay as they were played. */
export type LiveTone = {
  /** Where the sound of a held note goes on its way to a node. */
  into(node: AudioNode): AudioNode
  /** Lets a note that begins follow the hand from now on. */
  add(note: LiveNote, at: Seconds): void
  express(express: Pick<Express, 'expression' | 'channel' | 'zone'>, at: Seconds): void
}

/** A note that a key holds. */
type LiveNote = {
  readonly pitch: MidiPitch
  /** Its own channel, where an MPE zone gives it one. */
  readonly channel: number | undefined
  readonly source: AudioBufferSourceNode
}

/** A vibrato as players of strings have it, at its widest. */
const vibratoHertz = 5.5
const widestCents = 50

/** Makes the live side of a voice. */
export function createLiveTone(context: BaseAudioContext): LiveTone {
  let notes: readonly LiveNote[] = []
  const levels = new Map<AudioNode, GainNode>()
  const level = createGlide(1)
  /** In cents: of all notes, and of those that have a channel. */
  let bend = 0
  const bends = new Map<number, number>()
  /** From 0 to 1, by what makes it. */
  const vibrato = { wheel: 0, pressure: 0 }
  /** What sways each note; its own part is for the pressure of its key. */
  const sways = new Map<LiveNote, { readonly gain: GainNode; readonly glide: Glide }>()
  const depth = createGlide(0)
  let lfo: { readonly oscillator: OscillatorNode; readonly all: GainNode } | null = null

  const swaying = () => {
    if (lfo) return lfo
    const oscillator = context.createOscillator()
    oscillator.frequency.value = vibratoHertz
    const all = context.createGain()
    depth.follow(all.gain)
    oscillator.connect(all)
    oscillator.start()
    lfo = { oscillator, all }
    for (const { source } of notes) all.connect(source.detune)
    return lfo
  }
  const tune = (note: LiveNote, at: Seconds) => {
    const cents = bend + (note.channel === undefined ? 0 : (bends.get(note.channel) ?? 0))
    note.source.detune.setValueAtTime(cents, at)
  }
  const sway = (at: Seconds) => {
    const cents = widestCents * Math.max(vibrato.wheel, vibrato.pressure)
    if (cents > 0) swaying()
    depth.to(cents, at)
  }
  const swayNote = (note: LiveNote, value: number, at: Seconds) => {
    const known = sways.get(note)
    const own = known ?? { gain: context.createGain(), glide: createGlide(0) }
    if (!known) {
      own.glide.follow(own.gain.gain)
      swaying().oscillator.connect(own.gain).connect(note.source.detune)
      sways.set(note, own)
    }
    own.glide.to((widestCents * value) / 127, at)
  }
  return {
    into(node) {
      const known = levels.get(node)
      if (known) return known
      const gain = context.createGain()
      level.follow(gain.gain)
      gain.connect(node)
      levels.set(node, gain)
      return gain
    },
    add(note, at) {
      notes = [...notes, note]
      lfo?.all.connect(note.source.detune)
      note.source.addEventListener('ended', () => {
        notes = notes.filter((each) => each !== note)
        sways.get(note)?.gain.disconnect()
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
            level.to((expression.value / 127) ** 2, at)
          }
      }
    },
  }
}

/** MIDI's controllers that mean something here: the modulation wheel, and the expression pedal. */
const modulation = 1
const loudness = 11
