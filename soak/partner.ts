import { createSoloist, type Soloist } from '../src/improv/index.ts'
import { openCheckpoint } from '../src/io/checkpoints/node.ts'
import { createModel, type SpawnWorker, type ToWorker, type WorkerHandle } from '../src/models/index.ts'
import { createPartner, type Partner } from '../src/runtime/index.ts'

/** The shipped models in a thread that can be killed. */
export type MortalPartner = Partner & {
  /** Kills the thread, and resolves once that has been noticed; false where it was dead already. */
  kill(): Promise<boolean>
}

// A thread runs JavaScript: the compiled one, which the build has just made.
const { spawnNodeWorker }: { spawnNodeWorker: SpawnWorker } = await import(
  new URL('../dist/runtime/worker/node.js', import.meta.url).href
)

/** A message that no worker survives. */
const poison = null as unknown as ToWorker

/** Starts the thread with the shipped models, as the stage does. */
export async function openPartner(): Promise<MortalPartner> {
  let alive: { readonly handle: WorkerHandle; readonly death: Promise<void> } | null = null
  const partner = createPartner((listener) => {
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
  for (const part of ['drums', 'feel', 'melody'] as const) partner.load(part, await openCheckpoint(part))
  return Object.create(partner, {
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

/** The shipped soloist, in this thread, where it is on the stage too. */
export async function openSoloist(): Promise<Soloist> {
  return createSoloist(createModel(await openCheckpoint('solo'), 'solo'))
}
