import { addGain } from '../memory/index.ts'
import type { LogitBias } from './logit-bias.ts'

/** What {@link memory} goes by. */
export type MemoryOptions = {
  /** From 0, as the model says, to 1, as the model and its memories say together. */
  readonly memory: number
  /** Somebody else plays than the performer who is known: their memory stays out of it. */
  readonly guest?: boolean
}

/** Leads the choice by what has been played, in this session and by this performer. */
export const memory: LogitBias<MemoryOptions> = (bias, { recall }, { memory }) => {
  if (memory === 0) return
  const { own, mixed } = recall()
  addGain(bias, own, mixed, memory)
}
