import { expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { openCheckpoint } from '../io/checkpoints/node.ts'
import { createModel, finish } from '../models/index.ts'
import { parseMetre } from '../music/index.ts'
import { answerCall } from './answer-call.ts'

const model = createModel(await openCheckpoint('melody'), 'melody')

it.each(['4/4', '3/4', '7/8'])('the shipped melody answers a call in %s with as many notes', (metre) => {
  const call = [60, 62, 63, 67, 65, 63, 62, 58].map((pitch, index) => note(1 + index / 2, pitch))
  for (const seed of [1, 2, 3]) {
    const { melody } = finish(answerCall(model, { call, metre: parseMetre(metre), notes: 20, seed }))
    expect(melody).toHaveLength(20)
    expect(new Set(melody.map(({ pitch }) => pitch)).size).toBeGreaterThan(3)
  }
})
