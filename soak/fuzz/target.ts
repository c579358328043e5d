import { readFileSync } from 'node:fs'
import { type SessionInput, startSession, step } from '../../src/session/index.ts'

/** Something that reads input from outside. */
export type Target = {
  readonly name: string
  /** Good inputs, which are then mutated. */
  readonly good: () => Uint8Array[]
  /** Reads an input. It may throw one of `errors`; anything else is a finding. */
  readonly feed: (bytes: Uint8Array) => unknown
  /** The errors that tell of bad input. */
  readonly errors: readonly (new (
    ...args: never[]
  ) => Error)[]
}

/** A file of the repository. */
export const file = (path: string): Uint8Array => readFileSync(new URL(`../../${path}`, import.meta.url))

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Sends events to a session, which must never throw. */
export function play(inputs: readonly SessionInput[]): void {
  let state = startSession(1)
  for (const [index, input] of inputs.entries()) {
    state = step(state, { ...input, at: index / 100 } as Parameters<typeof step>[1]).state
  }
}
