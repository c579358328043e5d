import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyFeel, bassline, fixedGroove, modelGroove } from '../../src/groove/index.ts'
import { answerCall } from '../../src/improv/index.ts'
import { feelEncoding } from '../../src/models/encodings/feel.ts'
import { metreDrums } from '../../src/models/encodings/metre-drums.ts'
import type {
  Checkpoint,
  CheckpointClaims,
  ModelWorker,
  SpawnWorker,
  Tensor,
  WorkerHandle,
} from '../../src/models/index.ts'
import { continueSequence, createModel, createModelWorker, finish, type ToWorker } from '../../src/models/index.ts'
import { fourFour } from '../../src/music/index.ts'
import type { Jobs } from '../../src/runtime/worker/jobs.ts'
import { note } from '../notes.ts'
import { randomNetwork } from '../random-network.ts'

/** A checkpoint in Magenta's format with random weights, as large as a real one. */
function randomCheckpoint(size: { inputs: number; classes: number }, claims: CheckpointClaims): Checkpoint {
  const { layers, head } = randomNetwork({ ...size, units: [64, 64] }, 5, 2)
  const named = layers.map((layer, index) => [`rnn/multi_rnn_cell/cell_${index}/basic_lstm_cell`, layer] as const)
  const tensors = new Map<string, Tensor>()
  for (const [name, { rows, columns, weights, bias }] of named) {
    tensors.set(`${name}/kernel`, { shape: [rows, columns], data: weights })
    tensors.set(`${name}/bias`, { shape: [columns], data: bias })
  }
  tensors.set('fully_connected/weights', { shape: [head.rows, head.columns], data: head.weights })
  tensors.set('fully_connected/biases', { shape: [head.columns], data: head.bias })
  return { tensors, claims }
}

const checkpoints = {
  basic: randomCheckpoint({ inputs: 38, classes: 38 }, { id: 'basic_rnn' }),
  drums: randomCheckpoint(metreDrums, {
    config: { dataConverter: { type: 'DrumsOneHotConverter' }, auxInputs: [{ type: 'MeasurePlace' }] },
  }),
  feel: randomCheckpoint(feelEncoding, { config: { dataConverter: { type: 'FeelEncoder' } } }),
}
const inline = (name: keyof typeof checkpoints) => createModel(checkpoints[name], name)

const request = { model: 'basic', primer: [60, -2, 62, -2], steps: 32, sampling: { temperature: 1 }, seed: 3 }
const continuation = finish(continueSequence(inline('basic'), request))
const long = { ...request, steps: 1_000_000 }
const fixed = fixedGroove(bassline([note(0), note(2.5), note(5), note(13)], fourFour))
const grooveRequest = { model: 'drums', feel: 'feel', fixed, bpm: 96, seed: 4 }
const longGroove = { ...grooveRequest, fixed: { ...fixed, measures: 100_000 } }
const melodyRequest = {
  model: 'basic',
  call: [note(1, 60), note(1.5, 64), note(3, 67)],
  metre: fourFour,
  notes: 20,
  seed: 5,
}

/** A message that no worker survives. */
const poison = null as unknown as ToWorker

/** What every worker that serves models has to do, in Node and in a browser. */
export function modelWorkerLaws(spawn: SpawnWorker): void {
  const open = () => {
    const handles: WorkerHandle[] = []
    const worker = createModelWorker<Jobs>((listener) => {
      const handle = spawn(listener)
      handles.push(handle)
      return handle
    })
    for (const [name, checkpoint] of Object.entries(checkpoints)) worker.load(name, checkpoint)
    return { worker, handles }
  }

  // To start one takes longer than to ask it: those that no test ends are the same one.
  let shared: ModelWorker<Jobs>
  beforeAll(() => {
    shared = open().worker
  })
  afterAll(() => shared.end())
  const withShared = (name: string, test: (worker: ModelWorker<Jobs>) => Promise<void>) => it(name, () => test(shared))

  const withWorker = (name: string, test: (worker: ModelWorker<Jobs>, handles: WorkerHandle[]) => Promise<void>) =>
    it(name, async () => {
      const { worker, handles } = open()
      await test(worker, handles).finally(() => worker.end())
    })

  withShared('answers as the same model does inline', async (worker) => {
    expect(await worker.ask('continue', request).outcome).toEqual({ type: 'done', result: continuation })
    const { dynamics, ...plain } = finish(modelGroove(inline('drums'), fixed, grooveRequest))
    const felt = applyFeel(inline('feel'), plain, grooveRequest, 1)
    expect(plain.hits.length).toBeGreaterThan(0)
    expect(await worker.ask('groove', grooveRequest).outcome).toEqual({
      type: 'done',
      result: { plain, felt, dynamics },
    })
    expect(await worker.ask('groove', { ...grooveRequest, feel: null }).outcome).toEqual({
      type: 'done',
      result: { plain, felt: plain, dynamics },
    })
    const answer = finish(answerCall(inline('basic'), melodyRequest))
    expect(answer.melody.length).toBeGreaterThan(0)
    expect(await worker.ask('melody', melodyRequest).outcome).toEqual({ type: 'done', result: answer })
  })

  withShared('does different jobs at once, on one model too, as it would one after another', async (worker) => {
    const lengthy = { ...request, steps: 1000 }
    const [continued, groove, melody] = await Promise.all([
      worker.ask('continue', lengthy).outcome,
      worker.ask('groove', grooveRequest).outcome,
      worker.ask('melody', melodyRequest).outcome,
    ])
    expect(continued).toEqual({ type: 'done', result: finish(continueSequence(inline('basic'), lengthy)) })
    expect(groove.type).toBe('done')
    expect(melody).toEqual({ type: 'done', result: finish(answerCall(inline('basic'), melodyRequest)) })
  })

  withShared('lets no job wait for the end of another', async (worker) => {
    const endless = worker.ask('continue', long)
    expect((await worker.ask('groove', grooveRequest).outcome).type).toBe('done')
    expect((await worker.ask('melody', melodyRequest).outcome).type).toBe('done')
    endless.cancel()
    expect(await endless.outcome).toEqual({ type: 'cancelled' })
  })

  withShared('tells how far it is', async (worker) => {
    const progress: number[] = []
    await worker.ask('continue', { ...request, steps: 200 }, (done, of) => progress.push(done / of)).outcome
    expect(progress.length).toBeGreaterThan(5)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(Math.max(...progress)).toBeLessThanOrEqual(1)
  })

  withShared('gives up a request that is cancelled, and is free for the next', async (worker) => {
    const cancelled = worker.ask('continue', long)
    cancelled.cancel()
    expect(await cancelled.outcome).toEqual({ type: 'cancelled' })
    expect(await worker.ask('continue', request).outcome).toEqual({ type: 'done', result: continuation })
  })

  withShared('lets the newest request of a job win', async (worker) => {
    const outcomes = [long, long, request].map((each) => worker.ask('continue', each).outcome)
    expect(await Promise.all(outcomes)).toEqual([
      { type: 'superseded' },
      { type: 'superseded' },
      { type: 'done', result: continuation },
    ])
  })

  withShared('answers what it can’t do with a sentence', async (worker) => {
    expect(await worker.ask('continue', { ...request, model: 'unknown' }).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('load it first'),
    })
    expect(await worker.ask('continue', { ...request, primer: [] }).outcome).toMatchObject({ type: 'failed' })
    expect(await worker.ask('continue', { ...request, primer: [900] }).outcome).toMatchObject({ type: 'failed' })
    expect(await worker.ask('groove', { ...grooveRequest, model: 'basic' }).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('plays no drums'),
    })
    expect(await worker.ask('melody', { ...melodyRequest, model: 'feel' }).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('plays no melodies'),
    })
    worker.load('broken', { tensors: new Map(), claims: {} })
    expect(await worker.ask('continue', { ...request, model: 'broken' }).outcome).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('no LSTM'),
    })
    expect((await worker.ask('continue', request).outcome).type).toBe('done')
  })

  withWorker('is replaced, with its models, when it dies, and its requests are answered', async (worker, handles) => {
    expect((await worker.ask('continue', request).outcome).type).toBe('done')
    const outcomes = [worker.ask('continue', long).outcome, worker.ask('groove', longGroove).outcome]
    handles[0]?.post(poison)
    expect((await Promise.all(outcomes)).map(({ type }) => type)).toEqual(['crashed', 'crashed'])
    expect(worker.restarts).toBe(1)
    expect((await worker.ask('continue', request).outcome).type).toBe('done')
    expect(handles).toHaveLength(2)
  })

  withWorker('is not started for ever when it can’t live', async (worker, handles) => {
    handles[0]?.post(poison)
    const { outcome } = worker.ask('continue', request)
    expect((await outcome).type).toBe('crashed')
    expect([handles.length, worker.restarts]).toEqual([1, 0])
    expect((await worker.ask('continue', request).outcome).type).toBe('done')
    expect([handles.length, worker.restarts]).toEqual([2, 1])
  })

  withWorker('cancels what is under way when it ends, and what is asked then', async (worker, handles) => {
    const outcomes = [worker.ask('continue', long).outcome, worker.ask('groove', longGroove).outcome]
    worker.end()
    expect((await Promise.all(outcomes)).map(({ type }) => type)).toEqual(['cancelled', 'cancelled'])
    expect(await worker.ask('continue', request).outcome).toEqual({ type: 'cancelled' })
    expect([handles.length, worker.restarts]).toEqual([1, 0])
  })
}
