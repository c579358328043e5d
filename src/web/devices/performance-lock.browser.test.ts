import { expect, it } from 'vitest'
import { heldPerformances, holdPerformance } from './performance-lock.ts'

it('lets one tab hold a performance until it lets go', async () => {
  const letGo = await holdPerformance('evening')
  expect(letGo).not.toBeNull()
  expect(await holdPerformance('evening')).toBeNull()
  expect([...(await heldPerformances())]).toEqual(['evening'])
  letGo?.()
  await expect.poll(async () => (await heldPerformances()).size).toBe(0)
  const again = await holdPerformance('evening')
  expect(again).not.toBeNull()
  again?.()
})
