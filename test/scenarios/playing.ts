import { createSoloist } from '../../src/improv/index.ts'
import { openCheckpoint } from '../../src/io/checkpoints/node.ts'
import { createModel } from '../../src/models/index.ts'
import type { Note } from '../../src/music/index.ts'
import { note } from '../notes.ts'
import type { Performer } from '../performer.ts'

export const shippedSoloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))

/** Notes one after the other, from a beat on. */
export const line = (from: number, pitches: readonly number[], apart = 1 / 2, beats = 0.4): Note[] =>
  pitches.map((pitch, index) => note(from + index * apart, pitch, beats, 60 + index))

/** Lets a phrase end: the turn passes. */
export const rest = (performer: Performer) => performer.wait(performer.beat + 4)
