import { type Signal, signal } from '@preact/signals'
import type { Remembered, Soloist } from '../../improv/index.ts'
import type { Device, PlayerRecorder } from '../../runtime/index.ts'
import type { StagePlayer } from '../stage.ts'
import { remembered } from './remembered.ts'

/** The performer's memory, as the page keeps it. What keeps it is fetched after the first screen. */
export type PagePlayer = StagePlayer & {
  /** The soloist has come. */
  meet(soloist: Soloist): void
  /** What phrases go by. */
  remembered(): Remembered
  /** Stores what has been played. */
  flush(): void
}

/** @param add takes the device that follows the session, once it is there. */
export function openPlayer(add: (device: Device) => void): PagePlayer {
  const name = remembered('player')
  const names: Signal<readonly string[]> = signal([name.peek()])
  const trouble: Signal<string | null> = signal(null)
  const changes: Signal<number> = signal(0)
  let met: Soloist | null = null
  let recorder: PlayerRecorder | null = null
  const files = import('./keep-player.ts').then(({ keepPlayer }) => {
    const kept = keepPlayer(name.peek(), (found) => {
      trouble.value = found
    })
    recorder = kept.recorder
    if (met) recorder.meet(met)
    add(recorder)
    void list()
    return kept
  })
  const list = async () => {
    const known = await files.then(({ names }) => names()).catch(() => [])
    names.value = [...new Set([...names.value, name.value, ...known])].sort((a, b) => a.localeCompare(b))
  }
  /** Does something with what is kept, and shows what has become of it. */
  const change = async (work: (kept: Awaited<typeof files>) => Promise<string | null>) => {
    const said = await work(await files)
    await list()
    changes.value++
    return said
  }
  return {
    name,
    names,
    trouble,
    changes,
    player: () => recorder?.player ?? null,
    lead: () => recorder?.lead() ?? [],
    meet(soloist) {
      met = soloist
      recorder?.meet(soloist)
    },
    remembered: () => recorder?.remembered() ?? { session: [], performer: [] },
    flush: () => void recorder?.flush(),
    choose: (other) =>
      change(async ({ recorder }) => {
        await recorder.choose(other)
        name.value = recorder.name
        return null
      }),
    learn: (...found) => change(({ learn }) => learn(found)),
    save: () => change(async ({ save }) => save()),
    forgetEvening: () => change(({ recorder }) => recorder.forgetEvening().then(() => null)),
    forgetPlayer: () => change(({ recorder }) => recorder.forgetPlayer().then(() => null)),
  }
}
