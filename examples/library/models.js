// A model continues a melody, a step at a time, the same for the same seed.
import { openCheckpoint } from 'tradefours/checkpoints'
import { continueSequence, createModel, finish, hold, melodyNotes } from 'tradefours/models'

const model = createModel(await openCheckpoint('melody'), 'melody')
const primer = [60, hold, 62, hold, 64, hold, 67, hold]
const { events } = finish(continueSequence(model, { primer, steps: 16, sampling: { temperature: 1 }, seed: 1 }))
const notes = melodyNotes(events, primer.length, 90)
console.log(
  events.length,
  notes.every(({ beat }) => beat >= 2),
)
// 16 true
