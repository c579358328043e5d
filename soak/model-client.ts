import { createSoloist, type Soloist } from '../src/improv/index.ts'
import { openCheckpoint } from '../src/io/checkpoints/node.ts'
import { createModel, type SpawnWorker, type ToWorker, type WorkerHandle } from '../src/models/index.ts'
import { createModelClient, type ModelClient } from '../src/runtime/index.ts'

/** A client of the shipped models, in a thread that can be killed. */
export type KillableModelClient = ModelClient & {
  /** Kills the thread, and resolves when its death was noticed; false where it was dead already. */
  kill(): Promise<boolean>
}

// A thread needs JavaScript: the build's.
const { spawnNodeWorker }: { spawnNodeWorker: SpawnWorker } = await import(
  new URL('../dist/runtime/worker/node.js', import.meta.url).href
)

/** A message that crashes the worker. */
const poison = null as unknown as ToWorker

/** Starts the thread with the shipped models, as the page does. */
export async function openModelClient(): Promise<KillableModelClient> {
  let alive: { readonly handle: WorkerHandle; readonly death: Promise<void> } | null = null
  const client = createModelClient((listener) => {
    let die = () => {}
    const death = new Promise<void>((resolve) => {
      die = resolve
    })
    const handle = spawnNodeWorker({
      onMessage: listener.onMessage,
      onCrash(reason) {
        alive = null
        listener.onCrash(reason)
        die()
      },
    })
    alive = { handle, death }
    return handle
  })
  for (const part of ['drums', 'feel', 'melody'] as const) client.load(part, await openCheckpoint(part))
  return Object.create(client, {
    kill: {
      async value() {
        if (!alive) return false
        const { handle, death } = alive
        handle.post(poison)
        await death
        return true
      },
    },
  })
}

/** The shipped soloist. It runs in the caller's thread, as on the page. */
export async function openSoloist(): Promise<Soloist> {
  return createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
}
