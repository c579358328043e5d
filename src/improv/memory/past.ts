import type { PastNote } from './played-note.ts'

/**
 * What has been played, the oldest forgotten: plain data, which nothing changes. In blocks, so that a note more copies
 * one block, and all else is shared.
 */
export type Past = {
  /** The last one is not full; the others are. */
  readonly blocks: readonly (readonly PastNote[])[]
  /** How many notes there have been, the forgotten ones included. */
  readonly total: number
}

const blockNotes = 128
const mostBlocks = 64

/** How many notes are remembered at least, once there have been as many. */
export const rememberedNotes: number = blockNotes * (mostBlocks - 1)

/** Before anything has been played. */
export const noPast: Past = { blocks: [[]], total: 0 }

/** The past with a note more. */
export function withNote({ blocks, total }: Past, note: PastNote): Past {
  const last = [...(blocks.at(-1) ?? []), note]
  const next = blocks.with(-1, last)
  return { blocks: last.length < blockNotes ? next : [...next, []].slice(-mostBlocks), total: total + 1 }
}

/** The number of the oldest note that is remembered; the first of all is 0. */
export function oldestNote({ blocks, total }: Past): number {
  return total - (blocks.length - 1) * blockNotes - (blocks.at(-1)?.length ?? 0)
}

/** A note by its number; undefined where it is forgotten, or has not been played. */
export function noteAt(past: Past, number: number): PastNote | undefined {
  const index = number - oldestNote(past)
  return past.blocks[Math.floor(index / blockNotes)]?.[index % blockNotes]
}
