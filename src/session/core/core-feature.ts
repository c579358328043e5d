import * as v from 'valibot'
import { type Command, perform, settingValue } from './command.ts'
import { type AnswerKind, announcement, type Feature, type Transaction } from './feature.ts'
import type { Answer, Job } from './jobs.ts'
import type { CoreState } from './state.ts'

/** What every session receives. */
type CoreEvent =
  | Command
  | AnswerEvent
  | ResumeEvent
  /** Time has passed. Nothing depends on how often it comes, so recordings leave it out. */
  | { readonly type: 'tick' }

/** A performance that broke off, as in a crash, goes on. Keys and pedals are up, and no answer will come any more. */
export type ResumeEvent = { readonly type: 'resume' }

/** A performance that broke off goes on. */
export const performanceResumes = announcement('a performance resumes')

/** A model answered a request, or could not: then the message says why. */
export type AnswerEvent = { readonly type: 'answer'; readonly request: number; readonly message?: string } & {
  readonly [Name in Job]: { readonly job: Name; readonly answer: Answer<Name> | null }
}[Job]

const finite = v.pipe(v.number(), v.finite())
const name = v.pipe(v.string(), v.maxLength(100))
const message = v.optional(v.pipe(v.string(), v.maxLength(10_000)))

/**
 * What every session can do: run and set what its features offer, receive the answers of models, and let time pass.
 */
export function coreFeature(
  actions: object,
  settings: object,
  answers: Readonly<Record<string, Pick<AnswerKind<CoreState>, 'schema'>>>,
): Feature {
  const named = (table: object) => v.check((id: string) => Object.hasOwn(table, id), 'is not known')
  const action = v.pipe(name, named(actions))
  const setting = v.pipe(name, named(settings))
  return {
    events: {
      run: { schema: v.object({ type: v.literal('run'), action }) },
      set: { schema: v.object({ type: v.literal('set'), setting, value: settingValue }) },
      nudge: { schema: v.object({ type: v.literal('nudge'), setting, by: finite }) },
      toggle: { schema: v.object({ type: v.literal('toggle'), setting }) },
      answer: {
        schema: v.variant(
          'job',
          Object.entries(answers).map(([job, { schema }]) =>
            v.object({
              type: v.literal('answer'),
              job: v.literal(job),
              request: v.pipe(v.number(), v.integer()),
              answer: v.nullable(schema),
              message,
            }),
          ) as never,
        ),
      },
      resume: { schema: v.object({ type: v.literal('resume') }) },
      tick: { schema: v.object({ type: v.literal('tick') }), isSane: () => true },
    },
    receive,
  }
}

function receive(tx: Transaction<CoreState>, event: object): undefined {
  const core = event as CoreEvent
  switch (core.type) {
    case 'run':
    case 'set':
    case 'nudge':
    case 'toggle':
      perform(tx, core)
      return
    case 'answer':
      receiveAnswer(tx, core)
      return
    case 'resume':
      tx.announce(performanceResumes)
      dismissAll(tx)
  }
}

/** No answer will come any more. */
function dismissAll(tx: Transaction<CoreState>): void {
  for (const [job, asked] of Object.entries(tx.state.asked)) {
    if (asked) receiveAnswer(tx, { type: 'answer', job, request: asked.request, answer: null } as AnswerEvent)
  }
}

/** Receives an answer, if it is still awaited. */
function receiveAnswer(tx: Transaction<CoreState>, { job, request, answer, message }: AnswerEvent): void {
  if (tx.state.asked[job]?.request !== request) return
  tx.dismiss(job)
  tx.features.answers[job]?.receive(tx, answer, message)
}
