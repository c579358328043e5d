import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../test/runs.ts'
import { CheckpointError, type Tensor } from './checkpoint.ts'
import { chooseEncoding } from './encodings/index.ts'
import { createEngine } from './engine.ts'
import { InputRow } from './input-row.ts'
import { networkOf } from './network.ts'

const tensor = (...shape: number[]): Tensor => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.1),
})

/** A small network with attention around its first layer, under today's names. */
const attentive = (): Map<string, Tensor> => {
  const cell = 'rnn/multi_rnn_cell/cell_0/attention_cell_wrapper'
  return new Map([
    [`${cell}/basic_lstm_cell/kernel`, tensor(6 + 4, 16)],
    [`${cell}/basic_lstm_cell/bias`, tensor(16)],
    [`${cell}/kernel`, tensor(6 + 4, 6)],
    [`${cell}/bias`, tensor(6)],
    [`${cell}/attention/attn_w`, tensor(1, 1, 4, 4)],
    [`${cell}/attention/attn_v`, tensor(4)],
    [`${cell}/attention/kernel`, tensor(8, 4)],
    [`${cell}/attention/bias`, tensor(4)],
    [`${cell}/attn_output_projection/kernel`, tensor(8, 4)],
    [`${cell}/attn_output_projection/bias`, tensor(4)],
    ['rnn/multi_rnn_cell/cell_1/basic_lstm_cell/kernel', tensor(4 + 5, 20)],
    ['rnn/multi_rnn_cell/cell_1/basic_lstm_cell/bias', tensor(20)],
    ['fully_connected/weights', tensor(5, 7)],
    ['fully_connected/biases', tensor(7)],
  ])
}

describe('the network in a checkpoint', () => {
  it('is found by its tensors', () => {
    const network = networkOf({ tensors: attentive(), claims: {} }, 'it')
    expect(network).toMatchObject({ inputs: 6, classes: 7, attention: { around: 'first', size: 4, length: 40 } })
    expect(network.layers.map(({ units }) => units)).toEqual([4, 5])
    expect(network.notices.join()).toContain('40 steps are assumed')
  })

  it('leaves aside tensors that are not part of it', () => {
    const tensors = attentive().set('global_step', tensor(1)).set('fully_connected/weights/Adam', tensor(5, 7))
    expect(networkOf({ tensors, claims: {} }, 'it').ignored).toEqual(['global_step', 'fully_connected/weights/Adam'])
  })

  it('is refused without any one of its tensors', () => {
    for (const name of attentive().keys()) {
      const tensors = attentive()
      tensors.delete(name)
      expect(() => networkOf({ tensors, claims: {} }, 'it'), name).toThrow(CheckpointError)
    }
  })

  it('is refused, with the part that is wrong, when its shapes do not fit each other', () => {
    fc.assert(
      fc.property(fc.nat(13), fc.array(fc.nat(21), { maxLength: 4 }), (index, shape) => {
        const tensors = attentive()
        const [name, { shape: right }] = [...tensors][index] as [string, Tensor]
        tensors.set(name, tensor(...shape))
        try {
          const network = networkOf({ tensors, claims: { attentionLength: 3 } }, 'it')
          createEngine(network).feed(new InputRow(network.inputs))
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError)
          expect(String(error)).toContain('it has')
          expect(shape).not.toEqual(right)
        }
      }),
      { numRuns: runs(1000) },
    )
  })

  it.each([0, -1, 1.5, 1e9, Number.NaN])('is refused with attention over %d steps', (attentionLength) => {
    const checkpoint = { tensors: attentive(), claims: { config: { attentionLength } } }
    expect(() => networkOf(checkpoint, 'it')).toThrow(CheckpointError)
  })
})

describe('the encoding of a network', () => {
  const choose = (inputs: number, classes: number, claims = {}, asked?: 'basic' | 'mono') =>
    chooseEncoding({ inputs, classes }, { claims }, 'it', asked)

  it.each([
    [38, 38, 'basic'],
    [130, 130, 'mono'],
    [121, 40, 'lookback'],
    [74, 40, 'attention'],
    [75, 38, 'chord-pitches'],
    [63, 38, 'major-minor'],
    [87, 38, 'triads'],
    [512, 512, 'drums'],
    [518, 512, 'drums'],
    [10, 10, 'drum-classes'],
  ])('of %d inputs and %d classes is %s', (inputs, classes, name) => {
    expect(choose(inputs, classes).encoding.name).toBe(name)
  })

  it('takes the pitch range from the config', () => {
    const dataConverter = { type: 'MelodyConverter', args: { minPitch: 36, maxPitch: 95 } }
    expect(choose(62, 62, { config: { dataConverter } }).encoding).toMatchObject({ range: [36, 95] })
  })

  it('is asked for, by the likely names, when it can’t be told', () => {
    expect(() => choose(200, 40)).toThrow('lookback or attention')
    expect(() => choose(200, 3)).toThrow('no encoding known here')
    expect(() => choose(38, 38, {}, 'mono')).toThrow('try basic')
  })

  it('is the tensors’ and not the bundle’s where they differ, and says so', () => {
    const { encoding, notices } = choose(121, 40, { id: 'attention_rnn' })
    expect(encoding.name).toBe('lookback')
    expect(notices).toHaveLength(1)
  })
})
