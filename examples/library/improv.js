// Call and response: the performer's rhythm with the soloist's pitches, each chosen as its key goes down.
import { openCheckpoint } from 'tradefours/checkpoints'
import { chordChanges, chordsAt, createSoloist, unbiased } from 'tradefours/improv'
import { createModel, seeded } from 'tradefours/models'
import { chordAt, fourFour, parseChart, pitchClass } from 'tradefours/music'

const soloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
const bpm = 120

// Eight key presses in a measure of Dm7, with G7 after it.
const chart = parseChart('Dm7 | G7')
const changes = chordChanges([0, 8], 1, (beat) => chordAt(chart, fourFour, beat))
const presses = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5].map((beat) => ({
  ...{ seconds: (beat * 60) / bpm, bpm, place: beat, measure: 4, released: null },
  ...chordsAt(changes, beat),
}))

// The call, whose pitches are the performer's, is heard; the response keeps to the chord and its scale.
const choice = { ...unbiased, harmony: 1, pocket: 0, temperature: soloist.temperature, random: seeded(4) }
const call = [62, 65, 69, 72]
let line = soloist.silence
const response = []
for (const [index, press] of presses.entries()) {
  const pitch = call[index]
  const answer = pitch === undefined ? soloist.answer(line, press, choice) : null
  line = answer?.memory ?? soloist.hear(line, press, pitch ?? 60)
  if (answer) response.push(answer.pitch)
}
console.log(
  response.length,
  response.every((pitch) => [0, 2, 4, 5, 7, 9, 11].includes(pitchClass(pitch))),
)
// 4 true
