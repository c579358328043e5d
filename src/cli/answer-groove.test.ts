import { describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { bassline, fixedGroove } from '../groove/index.ts'
import { openCheckpoint } from '../io/checkpoints/node.ts'
import { type Checkpoint, createModel } from '../models/index.ts'
import { fourFour, metreName, parseMetre } from '../music/index.ts'
import { answerGrooves, shippedModel } from './answer-groove.ts'

const fixed = fixedGroove(bassline([note(0), note(2.5)], fourFour))
const questions = [{ fixed, bpm: 120 }]
const options = { feel: 1, seed: 0 }

/** The checkpoint with a head that always answers with one class. */
function alwaysAnswering(token: number, { tensors, claims }: Checkpoint): Checkpoint {
  const decided = [...tensors].map(([name, { shape, data }]) => {
    const isHeadBias = shape.length === 1 && shape[0] === 512
    return [name, { shape, data: isHeadBias ? data.map((_, index) => (index === token ? 1e6 : 0)) : data }] as const
  })
  return { tensors: new Map(decided), claims }
}

describe('the fixed groove plays on, and a sentence says so', () => {
  it('without the models', async () => {
    const answer = await answerGrooves(questions, options, async () => null)
    expect(answer).toMatchObject({ grooves: [fixed], source: 'fixed' })
    expect(answer.notices).toEqual(['The model drums is missing, so this is the fixed groove.'])
  })

  it('when the model answers nothing', async () => {
    const silent = createModel(alwaysAnswering(0, await openCheckpoint('drums')), 'drums')
    const answer = await answerGrooves(questions, options, async () => silent)
    expect(answer).toMatchObject({ grooves: [fixed], source: 'fixed' })
    expect(answer.notices).toEqual(['drums answered without a single hit, so this is the fixed groove.'])
  })
})

it('hours of music keep the fixed groove, and a sentence says how to choose less', async () => {
  const hours = fixedGroove(bassline([note(0)], fourFour, 5000))
  const { grooves, source, notices } = await answerGrooves([{ fixed: hours, bpm: 120 }], options)
  expect([grooves, source]).toEqual([[hours], 'fixed'])
  expect(notices.join()).toContain('--bars')
})

it('without the model of feel, every stroke is on the grid', async () => {
  const onlyDrums = async (name: string) => (name === 'drums' ? shippedModel(name) : null)
  const { grooves, source, notices } = await answerGrooves(questions, options, onlyDrums)
  expect([source, notices.length]).toEqual(['model', 1])
  expect(grooves[0]?.hits.every(({ offsetMs }) => offsetMs === 0)).toBe(true)
})

it('each metre of a song is answered in its own', async () => {
  const seven = fixedGroove(bassline([note(0), note(1.5)], parseMetre('7/8'), 2))
  const { grooves } = await answerGrooves([...questions, { fixed: seven, bpm: 90 }], options)
  expect(grooves.map(({ metre, measures }) => [metreName(metre), measures])).toEqual([
    ['4/4', 1],
    ['7/8', 2],
  ])
})
