import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NetworkShape, randomNetwork } from '../../test/random-network.ts'
import { runs } from '../../test/runs.ts'
import { createEngine, type Engine } from './engine.ts'
import { InputRow } from './input-row.ts'
import { scalarHeap, wasmHeap } from './kernel/index.ts'
import { seeded } from './random.ts'

const shapes: fc.Arbitrary<NetworkShape> = fc.record(
  {
    inputs: fc.integer({ min: 1, max: 70 }),
    units: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
    classes: fc.integer({ min: 1, max: 70 }),
    attention: fc.record({ around: fc.constantFrom('first', 'all'), length: fc.integer({ min: 1, max: 12 }) }),
  },
  { requiredKeys: ['inputs', 'units', 'classes'] },
)

/** A row a step, each with a few numbers at random places. */
function rows(inputs: number, steps: number, seed: number): InputRow[] {
  const random = seeded(seed)
  return Array.from({ length: steps }, () => {
    const row = new InputRow(inputs)
    const entries = Math.min(inputs, 1 + Math.floor(random.next() * 5))
    for (let entry = 0; entry < entries; entry++) row.add(Math.floor(random.next() * inputs), random.next() * 2 - 1)
    return row
  })
}

function play(engine: Engine, input: readonly InputRow[]): number[][] {
  return input.map((row) => {
    engine.feed(row)
    return [...engine.logits]
  })
}

function furthest(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(
    ...a.flatMap((row, step) => row.map((value, index) => Math.abs(value - (b[step]?.[index] ?? Number.NaN)))),
  )
}

/** The first half of a row's entries. */
function beginningOf({ length, count, indices, values }: InputRow): InputRow {
  const beginning = new InputRow(length)
  for (let index = 0; index < count / 2; index++) beginning.add(indices[index] as number, values[index])
  return beginning
}

describe('the engine', () => {
  it('computes the same in WebAssembly as in plain TypeScript, for networks of any shape', () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const network = randomNetwork(shape, seed)
        const input = rows(shape.inputs, 15, seed)
        const [fast, plain] = [wasmHeap, scalarHeap].map((heapOf) => play(createEngine(network, heapOf), input))
        expect(furthest(fast as number[][], plain as number[][])).toBeLessThan(1e-4)
      }),
      { numRuns: runs(100) },
    )
  })

  it('survives numbers that are out of all proportion', () => {
    const network = randomNetwork(
      { inputs: 4, units: [9], classes: 3, attention: { around: 'all', length: 3 } },
      1,
      1000,
    )
    for (const heapOf of [wasmHeap, scalarHeap]) {
      const logits = play(createEngine(network, heapOf), rows(4, 20, 1)).flat()
      expect(logits.every(Number.isFinite)).toBe(true)
    }
  })

  const shape: NetworkShape = { inputs: 20, units: [12, 9], classes: 11, attention: { around: 'first', length: 5 } }
  const network = randomNetwork(shape, 3)
  const before = rows(20, 8, 1)
  const after = rows(20, 8, 2)

  it('forgets at the start', () => {
    const engine = createEngine(network)
    const fresh = play(engine, before)
    play(engine, after)
    engine.start()
    expect(play(engine, before)).toEqual(fresh)
  })

  it('rewinds to a mark as often as asked', () => {
    const engine = createEngine(network)
    play(engine, before)
    const mark = engine.mark()
    const first = play(engine, after)
    engine.rewind(mark)
    expect(play(engine, after)).toEqual(first)
    engine.rewind(mark)
    expect(play(engine, after)).toEqual(first)
  })

  it('prepares what it would have done anyway, to the bit, wherever it goes from there', () => {
    fc.assert(
      fc.property(shapes, fc.integer(), fc.infiniteStream(fc.boolean()), (shape, seed, whims) => {
        const network = randomNetwork(shape, seed)
        const input = rows(shape.inputs, 12, seed)
        const engine = createEngine(network)
        const prepared = createEngine(network)
        const whim = () => whims.next().value === true
        for (const row of input) {
          const mark = prepared.mark()
          if (whim()) prepared.prepare()
          if (whim()) {
            prepared.feed(row)
            prepared.rewind(mark)
          }
          if (whim()) prepared.prepare()
          if (whim()) prepared.prepare(beginningOf(row))
          expect(play(prepared, [row])).toEqual(play(engine, [row]))
        }
      }),
      { numRuns: runs(50) },
    )
  })

  it('clones go their own way', () => {
    const engine = createEngine(network)
    play(engine, before)
    const clone = engine.clone()
    expect([...clone.logits]).toEqual([...engine.logits])
    const [mine, other] = [play(engine, after), play(clone, before)]
    expect(other).not.toEqual(mine)
    expect(play(engine, before)).not.toEqual(mine)
    const again = createEngine(network)
    play(again, before)
    expect(play(again, after)).toEqual(mine)
  })

  it('refuses a row of another length, and a place outside of a row', () => {
    expect(() => createEngine(network).feed(new InputRow(19))).toThrow('rows of 20')
    expect(() => new InputRow(3).add(3)).toThrow(RangeError)
    expect(() => new InputRow(3).add(Number.NaN)).toThrow(RangeError)
  })
})
