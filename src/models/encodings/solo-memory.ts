import { type Beats, type Chord, type MidiPitch, pitchClass } from '../../music/index.ts'

/** What is known when a key goes down. */
export type KeyPress = {
  /** When, in seconds from any moment. */
  readonly seconds: number
  readonly bpm: number
  /** Since the measure began. */
  readonly place: Beats
  /** The measure's length. */
  readonly measure: Beats
  /** When the previous note ended, in seconds; null while its key is held. */
  readonly released: number | null
  readonly chord: Chord | null
  /** The next chord that is another, at most 16 beats ahead. */
  readonly nextChord: Chord | null
  /** Until it sounds; 0 where there is none. */
  readonly beatsToNextChord: Beats
}

/** A phrase begins after a silence as long as this. */
const phraseRestSeconds = 0.3

/** How many pitches are remembered in order, the last one included. */
const orderedPitches = 5

const memoryDecay = 0.9
const forgotten = 0.01
const slowDecay = 0.97

/** What `solo` remembers of a line, in the order and by the rules of `training/ENCODINGS.md`. */
export class SoloMemory {
  /** The last pitches, the newest first. */
  readonly pitches: MidiPitch[] = []
  /** A weight for each MIDI pitch, 1 for the last one. */
  readonly weights = new Float64Array(128)
  /** A weight for each pitch class that has sounded. */
  readonly key = new Float64Array(12)
  /** A weight for each pitch class of the chords. */
  readonly harmony = new Float64Array(12)
  /** A slow mean of the pitches. */
  register = 0
  /** When the last key went down; null before the first. */
  pressedSeconds: number | null = null
  /** The beats between the last two key presses; null before there are two. */
  interOnset: Beats | null = null
  /** When the first key of this phrase went down, as {@link pressedSeconds}; 0 before the first. */
  phraseSeconds = 0
  /** How many notes this phrase has by now. */
  phraseNotes = 0

  /** The same memory, to go its own way. */
  copy(): SoloMemory {
    const copy = new SoloMemory()
    copy.pitches.push(...this.pitches)
    copy.weights.set(this.weights)
    copy.key.set(this.key)
    copy.harmony.set(this.harmony)
    const { register, pressedSeconds, interOnset, phraseSeconds, phraseNotes } = this
    return Object.assign(copy, { register, pressedSeconds, interOnset, phraseSeconds, phraseNotes })
  }

  /** Whether a key press begins a phrase. */
  beginsPhrase({ seconds, released }: KeyPress): boolean {
    return this.pressedSeconds === null || (released !== null && seconds - released >= phraseRestSeconds)
  }

  /** Remembers the pitch that a key press sounded. */
  sounded(press: KeyPress, pitch: MidiPitch): void {
    const { seconds, chord } = press
    if (this.beginsPhrase(press)) {
      this.phraseSeconds = seconds
      this.phraseNotes = 0
    }
    this.phraseNotes++
    if (this.pressedSeconds === null) this.register = pitch
    else {
      this.register += (1 - slowDecay) * (pitch - this.register)
      this.interOnset = beatsSince(this.pressedSeconds, press)
    }
    for (const [known, weight] of this.weights.entries()) {
      this.weights[known] = weight > forgotten ? weight * memoryDecay : 0
    }
    this.weights[pitch] = 1
    decay(this.key)
    strengthen(this.key, pitchClass(pitch))
    if (chord) {
      decay(this.harmony)
      for (const tone of chord.tones) strengthen(this.harmony, tone)
    }
    this.pitches.unshift(pitch)
    if (this.pitches.length > orderedPitches) this.pitches.pop()
    this.pressedSeconds = seconds
  }
}

/** The beats from a moment to a key press, at the press's own tempo. */
export function beatsSince(then: number, { seconds, bpm }: KeyPress): Beats {
  return ((seconds - then) * bpm) / 60
}

function decay(weights: Float64Array): void {
  for (let index = 0; index < weights.length; index++) weights[index] = (weights[index] as number) * slowDecay
}

function strengthen(weights: Float64Array, index: number): void {
  weights[index] = (weights[index] as number) + 1 - slowDecay
}
