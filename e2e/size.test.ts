import { expect, it } from 'vitest'
import { budgets, stageSizes } from '../scripts/size.js'

const promises = Object.keys(budgets) as (keyof typeof budgets)[]

it.each(promises)('the stage keeps to its budget: %s', (part) => {
  const size = stageSizes()[part]
  expect(size).toBeGreaterThan(10_000)
  expect(size).toBeLessThanOrEqual(budgets[part])
})
