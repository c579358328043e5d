import { expect, it } from 'vitest'
import { drumPitch, drums, pitchDrum } from './drums.ts'

it('every drum class folds back to itself', () => {
  for (const drum of drums) expect(pitchDrum(drumPitch(drum))).toBe(drum)
})

it("all of General MIDI's percussion folds into the nine", () => {
  for (let pitch = 27; pitch <= 87; pitch++) expect(pitchDrum(pitch), `pitch ${pitch}`).not.toBeNull()
})

it("the Roland kit's extra rims and hat edges fold too", () => {
  expect([22, 26, 40].map(pitchDrum)).toEqual(['closed-hat', 'open-hat', 'snare'])
})

it('what is not percussion is not a drum', () => {
  expect([0, 21, 88, 127, -1, 36.5].map(pitchDrum)).toEqual([null, null, null, null, null, null])
})
