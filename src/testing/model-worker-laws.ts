import { expect, it } from 'vitest'
import type { Checkpoint, ModelWorker, SpawnWorker, Tensor, ToWorker, WorkerHandle } from '../models/index.ts'
import { continueSequence, createModel, createModelWorker, finish } from '../models/index.ts'
import { randomNetwork } from './random-network.ts'

/** A checkpoint in Magenta's format with random weights, as large as a real one. */
function randomCheckpoint(units: readonly number[] = [64, 64]): Checkpoint {
  const { layers, head } = randomNetwork({ inputs: 38, units, classes: 38 }, 5, 2)
  const named = layers.map((layer, index) => [`rnn/multi_rnn_cell/cell_${index}/basic_lstm_cell`, layer] as const)
  const tensors = new Map<string, Tensor>()
  for (const [name, { rows, columns, weights, bias }] of named) {
    tensors.set(`${name}/kernel`, { shape: [rows, columns], data: weights })
    tensors.set(`${name}/bias`, { shape: [columns], data: bias })
  }
  tensors.set('fully_connected/weights', { shape: [head.rows, head.columns], data: head.weights })
  tensors.set('fully_connected/biases', { shape: [head.columns], data: head.bias })
  return { tensors, claims: { id: 'basic_rnn' } }
}

const request = { primer: [60, -2, 62, -2], steps: 32, sampling: { temperature: 1 }, seed: 3 }
const long = { ...request, steps: 1_000_000 }

/** A message that no worker survives. */
const poison = null as unknown as ToWorker

/** What every worker that serves models has to do, in Node and in a browser. */
export function modelWorkerLaws(spawn: SpawnWorker): void {
  const checkpoint = randomCheckpoint()
  const withWorker = (name: string, test: (worker: ModelWorker, handles: WorkerHandle[]) => Promise<void>) =>
    it(name, async () => {
      const handles: WorkerHandle[] = []
      const worker = createModelWorker((listener) => {
        const handle = spawn(listener)
        handles.push(handle)
        return handle
      })
      worker.load('basic', checkpoint)
      await test(worker, handles).finally(() => worker.end())
    })

  withWorker('answers as the same model does inline', async (worker) => {
    const inline = finish(continueSequence(createModel(checkpoint, 'basic'), request))
    expect(await worker.continue('basic', request).outcome).toEqual({ type: 'done', continuation: inline })
  })

  withWorker('tells how far it is', async (worker) => {
    const progress: number[] = []
    await worker.continue('basic', { ...request, steps: 200 }, (done, of) => progress.push(done / of)).outcome
    expect(progress.length).toBeGreaterThan(5)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(Math.max(...progress)).toBeLessThanOrEqual(1)
  })

  withWorker('gives up a request that is cancelled, and is free for the next', async (worker) => {
    const cancelled = worker.continue('basic', long)
    cancelled.cancel()
    expect(await cancelled.outcome).toEqual({ type: 'cancelled' })
    expect((await worker.continue('basic', request).outcome).type).toBe('done')
  })

  withWorker('lets the newest request win', async (worker) => {
    const outcomes = [long, long, request].map((each) => worker.continue('basic', each).outcome)
    expect((await Promise.all(outcomes)).map(({ type }) => type)).toEqual(['superseded', 'superseded', 'done'])
  })

  withWorker('answers what it can’t do with a sentence', async (worker) => {
    expect(await worker.continue('unknown', request).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('load it first'),
    })
    expect(await worker.continue('basic', { ...request, primer: [] }).outcome).toMatchObject({ type: 'failed' })
    expect(await worker.continue('basic', { ...request, primer: [900] }).outcome).toMatchObject({ type: 'failed' })
    worker.load('broken', { tensors: new Map(), claims: {} })
    expect(await worker.continue('broken', request).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('no LSTM'),
    })
    expect((await worker.continue('basic', request).outcome).type).toBe('done')
  })

  withWorker('is replaced, with its models, when it dies, and its request is answered', async (worker, handles) => {
    expect((await worker.continue('basic', request).outcome).type).toBe('done')
    const { outcome } = worker.continue('basic', long)
    handles[0]?.post(poison)
    expect((await outcome).type).toBe('crashed')
    expect(worker.restarts).toBe(1)
    expect((await worker.continue('basic', request).outcome).type).toBe('done')
    expect(handles).toHaveLength(2)
  })

  withWorker('is not started for ever when it can’t live', async (worker, handles) => {
    handles[0]?.post(poison)
    const { outcome } = worker.continue('basic', request)
    expect((await outcome).type).toBe('crashed')
    expect(handles).toHaveLength(1)
    expect((await worker.continue('basic', request).outcome).type).toBe('done')
    expect(handles).toHaveLength(2)
  })

  withWorker('cancels what is under way when it ends', async (worker) => {
    const { outcome } = worker.continue('basic', long)
    worker.end()
    expect(await outcome).toEqual({ type: 'cancelled' })
  })
}
