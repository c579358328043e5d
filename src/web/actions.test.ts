import { expect, it } from 'vitest'
import { actionIds } from '../session/index.ts'
import { actionKey, actionLabel } from './actions.ts'

it('every action has a name, and no key does two things', () => {
  const keys = actionIds.map(actionKey).filter((key) => key !== null)
  expect(new Set(keys).size).toBe(keys.length)
  expect(actionIds.every((id) => actionLabel(id).length > 0)).toBe(true)
})
