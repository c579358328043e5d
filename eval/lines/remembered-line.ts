import { type Choice, createSoloist, type PlayedNote, type Soloist, unbiased } from '../../src/improv/index.ts'
import { type Model, type Random, seeded } from '../../src/models/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Line } from '../corpora/weimar.ts'
import { keyPresses } from './solo-player.ts'

/** Pitches that were chosen, and how they surprised the performer's memory: as much as they should, and as much as they did. */
export type RememberedLine = {
  readonly pitches: readonly MidiPitch[]
  readonly targets: readonly number[]
  readonly surprises: readonly number[]
}

/** How much the memories count where nothing else is said: as in a session. */
export const usualMemory = 0.6

/** A soloist with memories, who has the model's engine for itself from here on. */
export function rememberingSoloist(model: Model): Soloist {
  return createSoloist(model)
}

/** Plays on the rhythm and over the chords of a line, from its first pitch on, as somebody of whom this is known. */
export function playRemembering(
  soloist: Soloist,
  line: Pick<Line, 'notes'>,
  known: readonly PlayedNote[],
  settings: Partial<Choice>,
  random: Random = seeded(1),
): RememberedLine {
  soloist.forgetPerformer()
  soloist.learn(known)
  let memory = soloist.silence
  const [pitches, targets, surprises]: [MidiPitch[], number[], number[]] = [[], [], []]
  for (const [index, press] of keyPresses(line).entries()) {
    const answer = soloist.answer(memory, press, {
      ...natural,
      temperature: soloist.temperature,
      random,
      ...settings,
      balance: settings.memory === 0 ? 0 : 1,
    })
    const first = line.notes[index]?.pitch ?? 60
    memory = answer?.memory ?? soloist.hear(memory, press, first)
    pitches.push(answer?.pitch ?? first)
    if (answer?.memory.course) {
      targets.push(answer.memory.course.target)
      surprises.push(answer.memory.course.surprise)
    }
  }
  return { pitches, targets, surprises }
}

/** Nothing leads the choice but the memories. */
const natural = {
  ...unbiased,
  memory: usualMemory,
  pocket: 0,
} as const satisfies Omit<Choice, 'temperature' | 'random'>
