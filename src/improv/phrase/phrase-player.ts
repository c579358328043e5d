import {
  CheckpointError,
  createSampler,
  encodePhrase,
  InputRow,
  lengthClasses,
  lengthOf,
  type Model,
  noPhraseMemory,
  type Onset,
  type PhraseMemory,
  phraseAnswer,
  type Random,
  stepClasses,
  stepOf,
  type Twelfths,
  withOnset,
  withTouch,
} from '../../models/index.ts'
import type { Beats, MidiPitch, Note } from '../../music/index.ts'
import { createRhythmRecall, noPast, withNote } from '../memory/index.ts'
import { turnedAt } from '../pocket.ts'
import { createSoloist, type LineMemory, type Soloist } from '../soloist.ts'
import type { CallMotif } from './call-motif.ts'
import { chordsAt } from './chords-at.ts'
import type { LineNote, Loudness } from './heard-line.ts'
import type { PhraseGrid } from './phrase-grid.ts'
import { choiceOf, firstPitch, harmonyOf, middleOf } from './pitch-rules.ts'
import type { PlannedPhrase } from './plan.ts'
import { rememberedRhythm } from './remembered-rhythm.ts'
import type { PhraseRequest, Remembered } from './request.ts'
import { createRhythmGains, type RhythmGains } from './rhythm-gains.ts'
import { createRhythmPocket, type RhythmPocket } from './rhythm-pocket.ts'
import { laplace, velocityOf } from './touch.ts'

/** How long before the hand-over all notes end at least, in twelfths of a beat. */
const breath = 0.5

/** The least time from a note to the next, and the least that a note sounds. */
const [leastApart, leastSounding] = [0.035, 0.03]

/** How much warmer rhythm is drawn than pitches: at 0.95, where those are best, as the model learnt it. Colder, it is too even. */
const warmth = 1 / 0.95

/** The share of its spread that the loudness is drawn from. */
const dynamicShare = 0.8

/** A note that has begun, and has no end yet. */
type OpenNote = { readonly time: Twelfths; readonly pitch: MidiPitch }

/** Plays note by note: each step of the model says how the note before it is played, and when the next one comes. */
export class PhrasePlayer {
  readonly #request: PhraseRequest
  readonly #grid: PhraseGrid
  readonly #loudness: Loudness
  readonly #motif: CallMotif
  readonly #random: Random
  readonly #engine: Model['engine']
  readonly #row: InputRow
  readonly #soloist: Soloist
  readonly #sampleStep = createSampler(stepClasses)
  readonly #sampleLength = createSampler(lengthClasses)
  readonly #bias = new Float64Array(stepClasses)
  readonly #recall = createRhythmRecall()
  readonly #gains: RhythmGains
  readonly #pocket: RhythmPocket
  #memory: PhraseMemory = noPhraseMemory
  #line: LineMemory
  /** The last note that was heard, whose touch is known. */
  #heard: LineNote | null = null
  /** When the last note ended. */
  #released: Beats | null = null
  #open: OpenNote | null = null
  readonly #choice: ReturnType<typeof choiceOf>
  readonly #notes: Note[] = []

  constructor(
    { phrase, solo }: { readonly phrase: Model; readonly solo: Model },
    request: PhraseRequest,
    grid: PhraseGrid,
    loudness: Loudness,
    motif: CallMotif,
    random: Random,
  ) {
    if (phrase.encoding.kind !== 'phrase') {
      throw new CheckpointError(`${phrase.name} plays no phrases: choose a phrase model.`)
    }
    this.#request = request
    this.#grid = grid
    this.#loudness = loudness
    this.#motif = motif
    this.#random = random
    this.#gains = createRhythmGains(this.#recall, request.memory)
    this.#pocket = createRhythmPocket(this.#recall)
    this.#engine = phrase.engine
    this.#row = new InputRow(phrase.engine.inputs)
    this.#soloist = createSoloist(solo)
    this.#line = this.#soloist.silence
    this.#choice = choiceOf(request, random)
    this.#engine.start()
  }

  /** Knows from here on what has been played before. */
  remember({ session, performer }: Remembered): void {
    const { memory, pocket, metre, swing } = this.#request
    if (memory === 0 && !pocket) return
    this.#recall.remember(rememberedRhythm(session, metre, swing))
    this.#line = { ...this.#line, past: session.reduce(withNote, noPast) }
    if (performer.length === 0) return
    this.#recall.learn(rememberedRhythm(performer, metre, swing))
    this.#soloist.learn(performer)
  }

  /** Hears a note that somebody else has played. */
  hear(note: LineNote): void {
    const onset = this.#onset(note.time, note.begins, null)
    this.#feed(onset)
    if (this.#heard) this.#touched(this.#heard)
    this.#advance(onset)
    this.#memory = withOnset(this.#memory, onset, note.pitch)
    this.#line = this.#soloist.hear(this.#line, this.#press(note.time, note.beat), note.pitch)
    this.#heard = note
    this.#released = note.beat + note.beats
  }

  /** Plays a phrase as it is planned. */
  *play({ first, last }: PlannedPhrase, end: Twelfths): Generator<readonly [done: number, of: number]> {
    let time = first
    for (let begins = true; ; begins = false) {
      const next = this.#begin(this.#onset(time, begins, last - time), last)
      yield [time, end]
      if (next === null) return
      time = next
    }
  }

  /** Ends the last note, and gives all that were played. */
  finish(end: Twelfths): readonly Note[] {
    if (this.#open) {
      this.#feed(this.#onset(end, true, null))
      this.#close(end)
    }
    return this.#notes
  }

  /** Begins a note: that before it gets its touch, then this one its pitch; and says where the next one of its phrase begins. */
  #begin(onset: Onset, last: Twelfths): Twelfths | null {
    this.#feed(onset)
    if (this.#open) this.#close(onset.time)
    else if (this.#heard) this.#touched(this.#heard)
    this.#heard = null
    this.#advance(onset)
    const distance = onset.time === last ? null : this.#distance(onset.time, last)
    const pitch = this.#pitch(onset.time, distance === null || distance >= long)
    this.#memory = withOnset(this.#memory, onset, pitch)
    this.#open = { time: onset.time, pitch }
    return distance === null ? null : onset.time + distance
  }

  /** Ends the note that has begun, as the model says. @param next where the next one begins, or the turn ends. */
  #close(next: Twelfths): void {
    const open = this.#open
    if (!open) return
    const { lengths, loudness, spread } = phraseAnswer(this.#engine.logits)
    const { temperature } = this.#request
    const bias = this.#gains.lengths(lengths, next - open.time)
    const token = this.#sampleLength(lengths, { temperature, bias }, this.#random)
    const length = lengthOf(token, this.#random.next() - 0.5) * this.#grid.pulse
    const drawn = loudness + temperature * dynamicShare * spread * laplace(this.#random)
    const beat = Math.max(this.#request.from, this.#grid.sounds(open.time))
    const until = this.#latest(next)
    const least = Math.min((leastSounding * this.#request.bpm) / 60, until - beat)
    const beats = Math.min(until - beat, Math.max(least, length))
    if (beats > 0) this.#notes.push({ pitch: open.pitch, velocity: velocityOf(drawn, this.#loudness), beat, beats })
    this.#memory = withTouch(this.#memory, beats / this.#grid.pulse, drawn)
    this.#released = beat + beats
    this.#open = null
  }

  /** When a note has ended, at the latest: before the next begins, and before the hand-over. */
  #latest(next: Twelfths): Beats {
    const handOver = this.#request.beats - (breath / 12) * this.#grid.pulse
    return Math.min(this.#grid.sounds(next), Math.max(handOver, this.#request.beats * 0.9))
  }

  /** A note begins, and that before it has its touch: memories count that one. */
  #advance({ time, place }: Onset): void {
    const {
      last,
      lengths: [beats = 0],
    } = this.#memory
    const phase = place % 12
    if (last) this.#recall.next({ since: time - last.time, phase, beats })
    else this.#recall.start(phase)
  }

  #touched({ beats, velocity }: LineNote): void {
    const { middle, spread } = this.#loudness
    this.#memory = withTouch(this.#memory, beats / this.#grid.pulse, (velocity - middle) / spread)
  }

  /** Draws when the next note of the phrase comes. */
  #distance(time: Twelfths, last: Twelfths): Twelfths {
    const here = this.#grid.sounds(time)
    const least = (leastApart * this.#request.bpm) / 60
    const { steps } = phraseAnswer(this.#engine.logits)
    const motif = this.#motif.biasFrom(time)
    const gains = this.#gains.distances(steps)
    for (let token = 0; token < stepClasses; token++) {
      const step = stepOf(token)
      const next = time + step.distance
      const isFit =
        !step.ends &&
        step.distance > 0 &&
        (next === last ||
          (next < last && this.#grid.allows(next) && this.#grid.sounds(last) - this.#grid.sounds(next) >= least)) &&
        this.#grid.sounds(next) - here >= least
      this.#bias[token] = isFit ? motif(step.distance) + (gains[step.distance] as number) : Number.NEGATIVE_INFINITY
    }
    const temperature = warmth * this.#request.temperature
    const pocket = turnedAt(this.#choice, this.#line.sounded.phraseNotes)
    this.#pocket.lean(this.#bias, steps, { pocket, temperature })
    const token = this.#sampleStep(steps, { temperature, bias: this.#bias }, this.#random)
    this.#pocket.chose(token)
    const chosen = stepOf(token)
    const next = time + chosen.distance
    return !chosen.ends && chosen.distance > 0 && next <= last ? chosen.distance : last - time
  }

  /** Chooses a pitch. @param isExposed whether the note has time to be heard by itself. */
  #pitch(time: Twelfths, isExposed: boolean): MidiPitch {
    const beat = this.#grid.sounds(time)
    const press = this.#press(time, beat)
    const [last] = this.#line.sounded.pitches
    if (last === undefined) {
      const pitch = firstPitch(press.chord?.tones ?? [], middleOf(this.#request))
      this.#line = this.#soloist.hear(this.#line, press, pitch)
      return pitch
    }
    const motif = this.#motif.intervalTo(time, last)
    const isBound = isExposed || motif !== null
    const harmony = harmonyOf(this.#request.harmony, press.chord !== null, isBound)
    const answer = this.#soloist.answer(this.#line, press, { ...this.#choice, harmony, motif })
    if (!answer) return last
    this.#line = answer.memory
    return answer.pitch
  }

  #press(time: Twelfths, beat: Beats) {
    const { bpm } = this.#request
    const { pulse, measure } = this.#grid
    const seconds = (beat * 60) / bpm
    const released = this.#released === null ? null : (this.#released * 60) / bpm
    return {
      seconds,
      bpm,
      place: (this.#grid.placeOf(time) * pulse) / 12,
      measure: (measure * pulse) / 12,
      released: released !== null && released < seconds - legato ? released : null,
      ...chordsAt(this.#request.chords, beat),
    }
  }

  #onset(time: Twelfths, begins: boolean, left: Twelfths | null): Onset {
    const { pulse, measure } = this.#grid
    const { chord, beatsToNextChord } = chordsAt(this.#request.chords, this.#grid.sounds(time))
    return {
      time,
      bpm: this.#request.bpm / pulse,
      place: this.#grid.placeOf(time),
      measure,
      begins,
      chord: chord !== null,
      beatsToNextChord: beatsToNextChord / pulse,
      left,
    }
  }

  #feed(onset: Onset): void {
    encodePhrase(this.#row, this.#memory, onset)
    this.#engine.feed(this.#row)
  }
}

/** A note that ends less than this before the next is legato, in seconds. */
const legato = 0.005

/** A note as long as this is no passing note. */
const long: Twelfths = 9
