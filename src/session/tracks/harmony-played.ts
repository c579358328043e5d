import {
  type Beats,
  type Chord,
  type ChordChange,
  type KeySignature,
  keySignature,
  type Metre,
  type MidiPitch,
  measureBeats,
  mod,
  type Note,
  pitchClass,
  playedChord,
} from '../../music/index.ts'
import { fitNotes } from './fit.ts'
import type { Loop } from './material.ts'
import { gridBeat } from './placed-notes.ts'

/** The chords of a loop over the bass, recognised once for their notes. That takes longer than a key may wait. */
export function chordsOf(loop: Loop, bass: Loop | null = null): readonly ChordChange[] {
  const over = recognised.get(loop.notes) ?? new WeakMap<object, Map<string, readonly ChordChange[]>>()
  recognised.set(loop.notes, over)
  const known = over.get(bass?.notes ?? noBass) ?? new Map<string, readonly ChordChange[]>()
  over.set(bass?.notes ?? noBass, known)
  // The same notes of a bass may have been moved, and stand under other measures.
  const place = bass ? `${mod(loop.phase - bass.phase, bass.measures)}/${bass.measures}` : ''
  const changes = known.get(place) ?? recogniseChords(loop, bass)
  known.set(place, changes)
  return changes
}

const noBass = {}

const recognised = new WeakMap<Loop['notes'], WeakMap<object, Map<string, readonly ChordChange[]>>>()

/** The longest round of chords and bass together, in measures; a longer one begins again with the chords. */
const longestRound = 32

/** After how many measures chords and bass come round together. */
export function roundMeasures({ measures }: Loop, bass: Loop | null): number {
  if (!bass) return measures
  const together = (measures * bass.measures) / commonDivisor(measures, bass.measures)
  return together <= longestRound ? together : measures
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

/**
 * The chords of a loop, beat by beat: those that its metre has. Keys that sound for a good part of a beat, or are struck
 * ahead of it, make its chord with the bass that sounds under them; where they have no name, a broken chord may: all that
 * is struck in the measure. Else the chord before goes on. It also goes on under a walking bass, while keys are let go, and
 * when only a ninth, eleventh or thirteenth comes or goes within a measure, so that a name doesn’t flicker.
 */
export function recogniseChords(loop: Loop, bass: Loop | null = null): ChordChange[] {
  const { metre } = loop
  const length = measureBeats(metre)
  const rounds = roundMeasures(loop, bass)
  const pass = loop.measures * length
  // What is held over the end sounds in the first measure.
  const keys = repeated(struckIn(loop.notes), pass, -pass, rounds * length)
  const low = bass ? bassUnder(loop, bass, rounds * length) : []
  const key = keySignature([...loop.notes, ...(bass?.notes ?? [])].map(({ pitch }) => pitch))
  const listener = new ChordListener(low, key)
  for (let measure = 0; measure < rounds; measure++) {
    const start = measure * length
    const near = keys.filter(({ onset, end }) => onset <= start + length && Math.max(onset, end) >= start)
    if (near.length > 0) listener.hearMeasure(near, start, beatsOf(metre))
  }
  return listener.changes
}

/** A note of a loop, from its place on the grid to where it ended. */
type Struck = { readonly pitch: MidiPitch; readonly onset: Beats; readonly end: Beats; readonly beats: Beats }

function struckIn(notes: readonly Note[]): Struck[] {
  return notes
    .map(({ pitch, beat, beats }) => ({ pitch, onset: gridBeat(beat), end: beat + beats, beats }))
    .sort((a, b) => a.onset - b.onset || a.pitch - b.pitch)
}

/** The notes of a bass under other chords, from their start, in rising order. */
function bassUnder(loop: Loop, bass: Loop, until: Beats): Struck[] {
  const length = measureBeats(loop.metre)
  const before = mod(bass.phase - loop.phase, bass.measures) - bass.measures
  return repeated(struckIn(fitNotes(bass, loop.metre)), bass.measures * length, before * length, until)
}

/** Notes that go round, from a beat on up to another. */
function repeated(notes: readonly Struck[], length: Beats, from: Beats, until: Beats): Struck[] {
  const all: Struck[] = []
  for (let start = from; start < until; start += length) {
    for (const note of notes) all.push({ ...note, onset: note.onset + start, end: note.end + start })
  }
  return all
}

/** Where the beats of a measure begin, and where it ends: a group of less than two quarters is one, as in 6/8. */
function beatsOf({ denominator, groups }: Metre): Beats[] {
  const beats: Beats[] = []
  let start = 0
  for (const units of groups) {
    const length = (units * 4) / denominator
    const quarters = Math.max(1, Math.floor(length))
    for (let quarter = 0; quarter < quarters; quarter++) beats.push(start + quarter)
    start += length
  }
  return [...beats, start]
}

/** An anticipation belongs to the beat that it is pushed ahead of, if it is held into it; it is no earlier than half way. */
const ahead: Beats = 1 / 2

/** What sounds for this long in a beat is part of its chord. */
const heard: Beats = 1 / 4

function keysDown(notes: readonly Struck[], from: Beats, to: Beats): Struck[] {
  const pushed = to - Math.min(ahead, (to - from) / 2)
  return notes.filter(({ onset, end, beats }) => {
    const pushedOn = onset < to && onset >= pushed && end > to
    return !pushedOn && Math.min(end, to) - Math.max(onset, from) >= Math.min(heard, beats)
  })
}

/** A bass note that is held for this long changes the harmony; a shorter one walks. */
const held: Beats = 3 / 2

/** What makes the chord that is heard. */
type Sound = {
  readonly keys: readonly Struck[]
  readonly low: Struck | null
  readonly measure: Beats
  readonly from: Beats
}

/** Listens to a loop beat by beat, and notes where its harmony changes. */
class ChordListener {
  readonly changes: ChordChange[] = []
  #last: (Sound & { readonly chord: Chord }) | null = null
  readonly #bass: readonly Struck[]
  readonly #key: KeySignature

  constructor(bass: readonly Struck[], key: KeySignature) {
    this.#bass = bass
    this.#key = key
  }

  hearMeasure(notes: readonly Struck[], start: Beats, beats: readonly Beats[]): void {
    const bounds = beats.map((beat) => start + beat)
    let [isNamed, restFrom] = [false, 0]
    for (const [index, to] of bounds.slice(1).entries()) {
      const from = bounds[index] ?? start
      const keys = keysDown(notes, from, to)
      // Chords that come in off the strong beat belong to the bass on it.
      const strong = bounds.length % 2 === 1 ? index - (index % 2) : 0
      const under = bounds[Math.max(strong, restFrom)] ?? from
      if (keys.length > 0) restFrom = index + 1
      const sound = { keys, low: this.#bassAt(under, to, start), measure: start, from }
      if (this.#hear(sound, from)) isNamed = true
    }
    if (isNamed) return
    const end = bounds.at(-1) ?? start
    const broken = notes.filter(({ onset }) => onset >= start && onset < end)
    if (broken.length >= 3)
      this.#hear({ keys: broken, low: this.#bassAt(start, end, start), measure: start, from: start }, start)
  }

  /** Whether a sound is a chord. */
  #hear(sound: Sound, beat: Beats): boolean {
    if (sound.keys.length === 0) return false
    if (this.#last && goesOn(this.#last, sound)) return true
    const chord = named(sound, this.#key)
    if (!chord) return false
    if (this.#last && sound.measure === this.#last.measure && differsInTensions(this.#last.chord, chord)) return true
    this.#last = { ...sound, chord }
    if (chord.symbol !== this.changes.at(-1)?.chord?.symbol) this.changes.push({ beat, chord })
    return true
  }

  /** The bass note that sounds at a beat, or comes in it, or came last in the measure. */
  #bassAt(from: Beats, to: Beats, measure: Beats): Struck | null {
    let found: Struck | null = null
    for (const note of this.#bass) {
      if (note.onset >= to) break
      if (note.onset > from) return found ?? note
      if (note.end > from || note.onset >= measure) found = note
    }
    return found
  }
}

/**
 * Whether a chord goes on: none of its keys is new, and the bass stays, walks or plays a tone of it. The bass is the lowest
 * key where no other part plays one.
 */
function goesOn(last: Sound & { readonly chord: Chord }, { keys, low, from }: Sound): boolean {
  const hand = new Set(last.keys.map(({ pitch }) => pitchClass(pitch)))
  if (!keys.every(({ pitch }) => hand.has(pitchClass(pitch)))) return false
  const isSameHand = new Set(keys.map(({ pitch }) => pitchClass(pitch))).size === hand.size
  const isStruck = keys.some(({ onset }) => onset >= from - ahead)
  if (isStruck && !isSameHand) return false
  const bass = low ?? lowest(keys)
  const before = last.low ?? lowest(last.keys)
  if (!bass || !before || pitchClass(bass.pitch) === pitchClass(before.pitch) || bass.beats < held) return true
  return !isStruck && last.chord.tones.includes(pitchClass(bass.pitch))
}

function lowest(keys: readonly Struck[]): Struck | null {
  return keys.reduce<Struck | null>((low, key) => (low && low.pitch <= key.pitch ? low : key), null)
}

/** Whether two chords over the same root, both with a seventh or a sixth, differ in a ninth, eleventh or thirteenth only. */
function differsInTensions(a: Chord, b: Chord): boolean {
  if (a.root !== b.root || a.bass !== b.bass) return false
  const places = (chord: Chord) => new Set(chord.tones.map((tone) => pitchClass(tone - chord.root)))
  const [one, other] = [places(a), places(b)]
  const hasSeventh = (all: Set<number>) => all.has(10) || all.has(11)
  if (!hasSeventh(one) || !hasSeventh(other)) return false
  return Array.from({ length: 12 }, (_, place) => place).every(
    (place) => one.has(place) === other.has(place) || place === 2 || place === 5 || place === 9,
  )
}

/** The chord that keys make over a bass. */
function named({ keys, low }: Sound, key: KeySignature): Chord | null {
  if (keys.length < (low ? 2 : 3)) return null
  return playedChord(
    keys.map(({ pitch }) => pitch),
    { bass: low?.pitch ?? null, key },
  )
}
