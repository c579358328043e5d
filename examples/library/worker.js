// Models in a worker_thread, so that the thread that plays never waits for them.
import { openCheckpoint } from 'tradefours/checkpoints'
import { fourFour } from 'tradefours/music'
import { createModelClient } from 'tradefours/runtime'
import { spawnNodeWorker } from 'tradefours/worker'

const models = createModelClient(spawnNodeWorker)
models.load('melody', await openCheckpoint('melody'))

const call = [60, 62, 64, 67].map((pitch, index) => ({ pitch, velocity: 90, beat: index / 2, beats: 1 / 2 }))
const question = { call, metre: fourFour, notes: 8, seed: 1 }
// A worker that answers keeps no program alive.
const alive = setInterval(() => {}, 1000)
const answered = await models.ask({ type: 'ask', job: 'melody', request: 1, question })
clearInterval(alive)
const melody = answered?.answer && 'melody' in answered.answer ? answered.answer.melody : []
console.log(`${melody.length} notes after beat ${melody[0]?.beat}`)
models.end()
// 8 notes after beat 2
