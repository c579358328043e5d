import { describe, expect, it, vi } from 'vitest'
import { note } from '../../test/notes.ts'
import { bassline, fixedGroove } from '../groove/index.ts'
import * as checkpoints from '../io/checkpoints/node.ts'
import type { Checkpoint } from '../models/index.ts'
import { fourFour } from '../music/index.ts'
import { answerGroove } from './answer-groove.ts'

vi.mock('../io/checkpoints/node.ts', { spy: true })

const fixed = fixedGroove(bassline([note(0), note(2.5)], fourFour))
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
    vi.mocked(checkpoints.shippedModels).mockReturnValueOnce([])
    const answer = await answerGroove(fixed, 120, options)
    expect(answer).toMatchObject({ groove: fixed, source: 'fixed' })
    expect(answer.notices).toEqual(['The model drums is missing: the fixed groove plays.'])
  })

  it('when the model answers nothing', async () => {
    const shipped = await checkpoints.openCheckpoint('drums')
    vi.mocked(checkpoints.openCheckpoint).mockResolvedValueOnce(alwaysAnswering(0, shipped))
    const answer = await answerGroove(fixed, 120, options)
    expect(answer).toMatchObject({ groove: fixed, source: 'fixed' })
    expect(answer.notices).toEqual(['drums answered nothing: the fixed groove plays.'])
  })
})

it('hours of music keep the fixed groove, and a sentence says how to choose less', async () => {
  const hours = fixedGroove(bassline([note(0)], fourFour, 5000))
  const { groove, source, notices } = await answerGroove(hours, 120, options)
  expect([groove, source]).toEqual([hours, 'fixed'])
  expect(notices.join()).toContain('--bars')
})

it('without the model of feel, every stroke is on the grid', async () => {
  vi.mocked(checkpoints.shippedModels).mockReturnValueOnce(['drums']).mockReturnValueOnce(['drums'])
  const { groove, source, notices } = await answerGroove(fixed, 120, options)
  expect([source, notices.length]).toEqual(['model', 1])
  expect(groove.hits.every(({ offsetMs }) => offsetMs === 0)).toBe(true)
})
