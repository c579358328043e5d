import { expect, it } from 'vitest'
import { randomNetwork } from '../../test/random-network.ts'
import { continueSequence, finish } from './continue.ts'
import { oneHotDrums } from './encodings/magenta-drums.ts'
import { metreDrums } from './encodings/metre-drums.ts'
import { createEngine } from './engine.ts'
import type { Encoding, Model } from './index.ts'

function randomModel(encoding: Encoding): Model {
  const network = randomNetwork({ inputs: encoding.inputs, units: [8], classes: encoding.classes }, 1)
  return { name: 'random', network, encoding, engine: createEngine(network), temperature: 1, notices: [] }
}

const request = { primer: [], steps: 6, sampling: { temperature: 1 }, seed: 1 }

it('a model that takes the metre begins a sequence from nothing; another needs something to go on from', () => {
  const { primer, events } = finish(continueSequence(randomModel(metreDrums), request))
  expect([primer, events.length]).toEqual([[], 6])
  expect(() => finish(continueSequence(randomModel(oneHotDrums(0)), request))).toThrow('at least one event')
})

it.each([
  ['from nothing', []],
  ['after a primer', [1, 2, 3]],
])('%s, what speaks for an event at a step counts there alone', (_, primer) => {
  const model = randomModel(metreDrums)
  const sure = Float32Array.from({ length: 512 }, (_, token) => (token === 77 ? 1000 : 0))
  const plain = finish(continueSequence(model, { ...request, primer }))
  const { events } = finish(
    continueSequence(model, { ...request, primer, biasAt: (step) => (step === 3 ? sure : undefined) }),
  )
  expect(events.slice(0, 3)).toEqual(plain.events.slice(0, 3))
  expect(events[3]).toBe(77)
  expect(events[4]).not.toBe(77)
})
