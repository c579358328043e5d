import {
  chancesOf,
  createSampler,
  encodeSolo,
  InputRow,
  intervalClass,
  type KeyPress,
  logProbability,
  noSoloMemory,
  type Random,
  type Sampling,
  type SoloMemory,
  soloPitch,
  withPitch,
} from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import type { Shipped } from '../shipped.ts'

/** Groups of inputs that can be removed, by their indices in the row (`training/ENCODINGS.md`). */
const groups = { chords: [259, 338], place: [338, 358], rhythm: [358, 396] } as const

/** What a soloist gets beside the line itself. */
export type Group = keyof typeof groups

type Notes = Pick<Line, 'notes'>

/** Pitches on the rhythm and over the chords of a line, from its first pitch on. */
export function improvise(solo: Shipped, line: Notes, sampling: Sampling, random: Random, without: Group[] = []) {
  const sample = createSampler(solo.engine.classes)
  return along(solo, line, without, (logits, memory) => soloPitch(memory, sample(logits, sampling, random)))
}

/** Nats of each pitch of a line from its second on. */
export function soloSurprise(solo: Shipped, line: Notes, without: Group[] = []): number[] {
  const nats: number[] = []
  along(solo, line, without, (logits, { pitches: [last = 0] }, pitch) => {
    nats.push(-logProbability(logits, intervalClass(pitch - last)))
    return pitch
  })
  return nats
}

/** Runs along a line as it was played; `tell` gets the model's chance of each class before each pitch but the first. */
export function alongChances(solo: Shipped, line: Notes, tell: (own: Float64Array) => void): void {
  const own = new Float64Array(solo.engine.classes)
  along(solo, line, [], (logits, _, pitch) => {
    chancesOf(logits, own)
    tell(own)
    return pitch
  })
}

/** Runs along a line; `choose` is asked for each pitch but the first. */
function along(
  { engine }: Shipped,
  line: Notes,
  without: readonly Group[],
  choose: (logits: Float32Array, memory: SoloMemory, played: MidiPitch) => MidiPitch,
): MidiPitch[] {
  const row = new InputRow(engine.inputs)
  let memory = noSoloMemory
  engine.start()
  return keyPresses(line).map((press, index) => {
    let { pitch } = line.notes[index] as Line['notes'][number]
    if (index > 0) {
      encodeSolo(row, memory, press)
      for (const group of without) remove(row, groups[group])
      engine.feed(row)
      pitch = choose(engine.logits, memory, pitch)
    }
    memory = withPitch(memory, press, pitch)
    return pitch
  })
}

/** A line as the key presses that play it, placed in the measure as notated. */
export function keyPresses({ notes }: Notes): KeyPress[] {
  return notes.map(({ onset, bpm, place, measure, chord, nextChord, beatsToNextChord }, index) => {
    const release = notes[index - 1]?.release ?? onset
    const released = release < onset - 0.005 ? release : null
    return { seconds: onset, bpm, place, measure, released, chord, nextChord, beatsToNextChord }
  })
}

function remove(row: InputRow, [from, to]: readonly [number, number]): void {
  let count = 0
  for (let entry = 0; entry < row.count; entry++) {
    const index = row.indices[entry] as number
    if (index >= from && index < to) continue
    row.indices[count] = index
    row.values[count++] = row.values[entry] as number
  }
  row.count = count
}
