import type { MidiMessage } from './message.ts'

/** A MIDI port of this machine. */
export type MidiPort = {
  /** Its name, with a number where several have the same: so whoever remembers it finds it again on another day. */
  readonly id: string
  readonly name: string
  /** False where it was there and has been unplugged. */
  readonly connected: boolean
}

/** Receives what comes in, with its time on `performance.now()`'s clock, and the id of its input. */
export type MidiListener = (message: MidiMessage, timeStampMs: number, input: string) => void

/**
 * The MIDI ports of this machine, whichever library brings them. None of the functions throws: a port that is not there
 * is one that may come.
 */
export type MidiPorts = {
  inputs(): readonly MidiPort[]
  outputs(): readonly MidiPort[]
  /**
   * Calls whenever a port comes or goes.
   *
   * @returns what ends it.
   */
  onChange(changed: () => void): () => void
  /**
   * Listens to an input whenever it is there, or to every one that is (null) but those that only send back what programs
   * play. What was sent is not heard, even if an input sends it back. When one goes, or is listened to no more, the keys
   * that are held on it are let go.
   *
   * @returns what ends it.
   */
  listen(input: string | null, listener: MidiListener): () => void
  /**
   * Sends whole messages to an output, if it is there.
   *
   * @param timeStampMs when they are to leave, on `performance.now()`'s clock; unless given, at once. What is sent can't be
   *   taken back.
   */
  send(output: string, bytes: Uint8Array, timeStampMs?: number): void
}

/** Why there is no MIDI, and what to do: a sentence. */
export type MidiTrouble = { readonly trouble: string }
