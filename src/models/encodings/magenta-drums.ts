import { drums } from '../../music/index.ts'
import { addHits } from './drums.ts'
import { addBits, type ModelEvent, type SequenceEncoding } from './encoding.ts'

/**
 * Magenta's drum_kit, and Magenta.js's DrumsOneHotConverter with BinaryCounter: a class for each of the 512 sets
 * of drums, and the bits of the step to come.
 */
export function oneHotDrums(counterBits: number): SequenceEncoding {
  const classes = 2 ** drums.length
  return {
    name: 'drums',
    kind: 'drums',
    chords: false,
    metre: false,
    inputs: classes + counterBits,
    classes,
    encode(row, events, step) {
      row.clear().add(events[step] as ModelEvent)
      addBits(row, classes, counterBits, step + 1)
    },
    label: (events, step) => events[step] as ModelEvent,
    decode: (token) => token,
  }
}

/** Magenta.js's DrumsConverter: a place for each drum and one for none; it can only answer with one at a time. */
export function multiHotDrums(): SequenceEncoding {
  const none = drums.length
  return {
    name: 'drum-classes',
    kind: 'drums',
    chords: false,
    metre: false,
    inputs: none + 1,
    classes: none + 1,
    encode(row, events, step) {
      row.clear()
      const event = events[step] as ModelEvent
      if (event === 0) row.add(none)
      addHits(row, 0, event)
    },
    label: (events, step) => {
      const lowest = drums.findIndex((_, bit) => ((events[step] as ModelEvent) >>> bit) & 1)
      return lowest < 0 ? none : lowest
    },
    decode: (token) => (token === none ? 0 : 1 << token),
  }
}
