import { expect, it } from 'vitest'
import { heardBeats } from './hear-metre.ts'
import type { MidiPart } from './read-parts.ts'

it.each([3, 4, 5, 7] as const)('a riff of %d beats that goes round is in so many', (beats) => {
  const riff = [0, 0.75, 1.5, 2, 2.75].concat(Array.from({ length: beats - 3 }, (_, index) => 3 + index))
  const notes = Array.from({ length: 12 }, (_, pass) =>
    riff.map((beat, index) => ({ beat: pass * beats + beat, beats: 0.5, pitch: 30 + index, velocity: 90 })),
  ).flat()
  const part: MidiPart = {
    track: 1,
    channel: 1,
    name: '',
    program: null,
    isKit: false,
    sharesTrack: false,
    notes,
    end: 84,
  }
  expect(heardBeats([part])).toBe(beats)
  expect(heardBeats([{ ...part, notes: notes.slice(0, 8) }])).toBe(4)
  expect(heardBeats([])).toBe(4)
})
