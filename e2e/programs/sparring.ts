// Trades a phrase: what is heard is answered with as many notes, over a chord.
import { openCheckpoint } from 'tradefours/checkpoints'
import { createSoloist, type LineMemory, unbiased } from 'tradefours/improv'
import { createModel, type KeyPress, seeded } from 'tradefours/models'
import { type MidiPitch, parseChord, pitchClass, pitchName } from 'tradefours/music'

const soloist = createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
const chord = parseChord('C7')
const call: readonly MidiPitch[] = [60, 64, 67, 72]

const press = (beat: number): KeyPress => ({
  seconds: beat / 2,
  bpm: 120,
  place: beat % 4,
  measure: 4,
  released: null,
  chord,
  nextChord: null,
  beatsToNextChord: 0,
})
const heard = call.reduce<LineMemory>((line, pitch, beat) => soloist.hear(line, press(beat), pitch), soloist.silence)

const random = seeded(3)
const choice = { ...unbiased, harmony: 1, pocket: 0, temperature: soloist.temperature, random }
const answer: MidiPitch[] = []
let line = heard
for (let beat = 4; beat < 8; beat++) {
  const found = soloist.answer(line, press(beat), choice)
  if (!found) break
  answer.push(found.pitch)
  line = found.memory
}
const scale = [0, 2, 4, 5, 7, 9, 10]
const fits = answer.every((pitch) => scale.includes(pitchClass(pitch)))
console.log(
  `You: ${call.map(pitchName).join(' ')}. It: ${answer.length} notes, ${fits ? 'all' : 'not all'} of C7 or its scale`,
)
