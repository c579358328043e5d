import { expect, it } from 'vitest'
import { circles } from './circles.ts'

const graph = (edges: Record<string, string>) =>
  new Map(Object.entries(edges).map(([node, next]) => [node, [...next]] as const))

it.each([
  ['nothing in a tree', { a: 'bc', b: 'd', c: 'd', d: '' }, []],
  ['two that lead to each other', { a: 'b', b: 'a', c: 'a' }, ['ab']],
  ['a long way round', { d: 'a', a: 'b', b: 'c', c: 'd' }, ['abcd']],
  ['one that leads to itself', { a: 'a', b: 'a' }, ['a']],
  ['two circles that share a node as one', { a: 'b', b: 'ac', c: 'b' }, ['abc']],
  ['two circles of which one leads to the other', { a: 'b', b: 'ac', c: 'd', d: 'c' }, ['cd', 'ab']],
  ['a name that is not a key of the graph', { a: 'z' }, []],
])('finds %s', (_, edges, expected) => {
  expect(circles(graph(edges)).map((circle) => circle.join(''))).toEqual(expected)
})
