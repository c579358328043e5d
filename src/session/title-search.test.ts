import { expect, it } from 'vitest'
import { titleHas } from './title-search.ts'

it.each([
  ['Água de beber', 'beber agua', true],
  ['Água de beber', '', true],
  ['Água de beber', ' BEB ', true],
  ['Água de beber', 'agua bossa', false],
])('%j has the words of %j: %j', (title, search, has) => {
  expect(titleHas(title, search)).toBe(has)
})
