import { createSoloist, type MelodyAnswer, type Soloist } from '../improv/index.ts'
import { shippedModels } from '../io/checkpoints/node.ts'
import { CheckpointError, createModel, finish, type Model } from '../models/index.ts'
import type { MidiPitch } from '../music/index.ts'
import { jobs } from '../runtime/index.ts'
import type { Answer, MelodyQuestion, Question } from '../session/index.ts'
import { open, usable } from './models-command.ts'

/** The models that play with a performer, ready to answer in this thread. */
export type Band = {
  readonly soloist: Soloist | null
  /** Answers a call. Throws CheckpointError where the model can't. */
  readonly melody: (question: MelodyQuestion) => MelodyAnswer
  /** Answers any question; one that can't be answered gets the reason. */
  readonly answer: (question: Question) => Answer
  /** What the models of lines are made to be played at. */
  readonly temperatures: Readonly<Record<'solo' | 'melody', number>>
  /** What is not as it should be, a sentence each. */
  readonly notices: readonly string[]
}

/**
 * Brings the models together: those that come with the package, or others by name, folder, address or file.
 *
 * @throws InputError when one that is asked for can't be used.
 */
export async function band(asked: { readonly solo?: string; readonly melody?: string } = {}): Promise<Band> {
  const models = new Map<string, Model>()
  const notices: string[] = []
  for (const part of ['drums', 'feel', 'melody', 'solo'] as const) {
    const reference = part === 'solo' || part === 'melody' ? (asked[part] ?? part) : part
    if (reference === part && !shippedModels().includes(part)) {
      notices.push(`The model ${part} is missing: what it would play is left out.`)
      continue
    }
    const model = await modelOf(reference)
    models.set(part, model)
    notices.push(...model.notices.map((notice) => `${model.name}: ${notice}`))
  }
  const find = (name: string) => {
    const model = models.get(name)
    if (!model) throw new CheckpointError(`The model ${name} is missing.`)
    return model
  }
  const solo = models.get('solo')
  const feel = models.has('feel') ? 'feel' : null
  const melody = (question: MelodyQuestion) => finish(jobs.melody(find, { model: 'melody', ...question }))
  return {
    soloist: solo ? usable(() => createSoloist(solo)) : null,
    melody,
    answer(question) {
      try {
        if (question.type === 'askMelody') return { type: 'melody', pitches: pitchesOf(melody(question)) }
        return { type: 'groove', answer: finish(jobs.groove(find, { model: 'drums', feel, ...question })) }
      } catch (error) {
        const { message } = error as Error
        if (question.type === 'askMelody') return { type: 'melody', pitches: null, message }
        return { type: 'groove', answer: null, message }
      }
    },
    temperatures: { solo: solo?.temperature ?? 1, melody: models.get('melody')?.temperature ?? 1 },
    notices,
  }
}

/** A melody without its rhythm. */
export function pitchesOf({ melody }: MelodyAnswer): MidiPitch[] {
  return melody.map(({ pitch }) => pitch)
}

async function modelOf(reference: string): Promise<Model> {
  const checkpoint = await open(reference)
  return usable(() => createModel(checkpoint, reference))
}
