import { type Closeness, improvisePhrase } from '../../src/improv/index.ts'
import { finish, type Model, type Random, seeded } from '../../src/models/index.ts'
import { fourFour, mod, pitchClass } from '../../src/music/index.ts'
import { straight } from '../../src/timing/index.ts'
import { ngram } from '../ngram.ts'
import { chordIn, type Turn, type TurnNote, turnBeats } from './turns.ts'

/** Answers a call. */
export type Player = (turn: Turn, seed: number) => readonly TurnNote[]

/** Tradefours itself. */
export function machine(models: { readonly phrase: Model; readonly solo: Model }, closeness: Closeness): Player {
  return ({ call, bpm, chords }, seed) =>
    finish(
      improvisePhrase(models, {
        call: call.map((note) => ({ ...note, velocity: 80 })),
        beats: turnBeats,
        from: 0,
        metre: fourFour,
        place: 0,
        bpm,
        swing: straight,
        chords,
        closeness,
        temperature: models.phrase.temperature,
        harmony: 0,
        memory: 0.6,
        range: [36, 96],
        seed,
      }),
    ).notes
}

/** The call, mutated measure by measure as GenJam mutates its measures (Biles 1994): turned round, moved, upside down. */
export const mutation: Player = (turn, seed) => {
  const random = seeded(seed)
  const ways = [backwards, moved, upsideDown, (notes: readonly TurnNote[]) => notes]
  const notes = [0, 1, 2, 3].flatMap((measure) => {
    const from = 4 * measure - turnBeats
    const own = turn.call
      .filter(({ beat }) => beat >= from && beat < from + 4)
      .map((note) => ({ ...note, beat: note.beat - from, beats: Math.min(note.beats, 4 - note.beat + from) }))
    const way = ways[Math.floor(random.next() * ways.length)] as (typeof ways)[number]
    return way(own, random).map((note) => ({ ...note, beat: note.beat + 4 * measure }))
  })
  return inScale(turn, inOrder(notes))
}

function backwards(notes: readonly TurnNote[]): TurnNote[] {
  return notes.map((note) => ({ ...note, beat: Math.max(0, 4 - note.beat - note.beats) }))
}

function moved(notes: readonly TurnNote[], random: Random): TurnNote[] {
  const by = Math.floor(random.next() * 8) / 2
  return notes.map((note) => ({ ...note, beat: mod(note.beat + by, 4) }))
}

function upsideDown(notes: readonly TurnNote[]): TurnNote[] {
  const middle = notes.reduce((sum, { pitch }) => sum + pitch, 0) / Math.max(1, notes.length)
  return notes.map((note) => ({ ...note, pitch: Math.round(2 * middle - note.pitch) }))
}

/** Notes in their order, each over before the next begins. */
function inOrder(notes: readonly TurnNote[]): TurnNote[] {
  const sorted = [...notes].sort((a, b) => a.beat - b.beat)
  return sorted.flatMap((note, index) => {
    const next = sorted[index + 1]?.beat ?? turnBeats
    return next - note.beat < 1 / 24 ? [] : [{ ...note, beats: Math.min(note.beats, next - note.beat) }]
  })
}

/** Pitches moved to the nearest tone of the chord's scale. */
function inScale(turn: Turn, notes: readonly TurnNote[]): TurnNote[] {
  return notes.map((note) => {
    const scale = chordIn(turn, note.beat)?.scale
    const near = [0, -1, 1, -2, 2].find((by) => !scale || scale.includes(pitchClass(note.pitch + by)))
    return { ...note, pitch: note.pitch + (near ?? 0) }
  })
}

const distances = 97
const intervals = 49

/** Distances by an n-gram that knows the place in the beat, lengths at their share of the distance, intervals by another. */
export function byNgram(training: readonly Turn[]): Player {
  const steps = training.flatMap(({ answer }) => {
    const places = answer.map(({ beat }) => Math.round(12 * beat))
    return places.slice(1).map((place, index) => {
      const [at, before] = [places[index] as number, places[index - 1]]
      return [before === undefined ? 0 : Math.min(96, at - before), mod(at, 12), Math.min(96, place - at)]
    })
  })
  // Each step is a sequence of its own: the distance before, the place, and the distance that is drawn.
  const rhythm = ngram(2, distances, steps)
  const lines = training.map(({ answer }) =>
    answer.slice(1).map(({ pitch }, index) => clampInterval(pitch - (answer[index] as TurnNote).pitch) + 24),
  )
  const melody = ngram(2, intervals, lines)
  const shares = training.flatMap(({ answer }) =>
    answer.slice(1).map(({ beat }, index) => {
      const note = answer[index] as TurnNote
      return Math.min(1, note.beats / Math.max(1 / 12, beat - note.beat))
    }),
  )
  return ({ call }, seed) => {
    const random = seeded(seed)
    const notes: TurnNote[] = []
    let [time, before] = [Math.floor(random.next() * 4) * 6, 0]
    let pitch = call.at(-1)?.pitch ?? 60
    const line: number[] = []
    while (time < 12 * turnBeats - 6) {
      const distance = Math.max(1, draw(rhythm, [before, mod(time, 12)], distances, random))
      const share = shares[Math.floor(random.next() * shares.length)] as number
      const room = (12 * turnBeats - 1 - time) / 12
      notes.push({ pitch, beat: time / 12, beats: Math.min(room, (share * distance) / 12) })
      const interval = draw(melody, line.slice(-2), intervals, random)
      line.push(interval)
      pitch = Math.min(90, Math.max(45, pitch + interval - 24))
      ;[time, before] = [time + distance, distance]
    }
    return notes
  }
}

function clampInterval(interval: number): number {
  return Math.min(24, Math.max(-24, interval))
}

function draw(model: ReturnType<typeof ngram>, before: readonly number[], classes: number, random: Random): number {
  let left = random.next()
  for (let token = 0; token < classes; token++) {
    left -= model.probability(before, token)
    if (left < 0) return token
  }
  return 0
}
