import { type Signal, signal } from '@preact/signals'
import { transcriptMidi } from '../../ports/midi/file/index.ts'
import type { Autosave, PerformanceStore } from '../../ports/storage/autosave.ts'
import { createAutosave, performanceName, recover } from '../../ports/storage/autosave.ts'
import {
  type Effect,
  type Performance,
  PerformanceError,
  readPerformance,
  type SessionEvent,
  transcribe,
  writePerformance,
} from '../../session/index.ts'
import type { KeepDesk, Kept } from '../stage.ts'
import { text } from '../text.ts'
import { download } from './download.ts'

/** What keeps performances needs of the stage. */
type Player = {
  /** Goes on where a performance ended, or begins one with a seed. */
  begin(from: Performance | number): void
  /** Ends the performance, before another one begins. */
  end(): void
  /** Renders a performance as a WAV file, off the clock. */
  renderWav(performance: Performance, onProgress: (done: number) => void): Promise<Uint8Array<ArrayBuffer>>
}

/** Keeps performances while they are played. */
export type Keeper = KeepDesk & {
  keep(event: SessionEvent, effects: readonly Effect[]): void
  /** Stores what is waiting: each few seconds, and when the page goes away. */
  flush(): void
}

/** The ending of a performance's file. */
const ending = 'tradefours'

/** Opens the place where performances are kept, and begins one. */
export function createKeeper(store: PerformanceStore, player: Player): Keeper {
  const kept: Signal<readonly Kept[]> = signal([])
  let name = ''
  let autosave: Autosave

  const list = async () => {
    const names = await store.names()
    kept.value = names
      .filter((each) => each !== name)
      .map((each) => ({ name: each, savedAt: dateOf(each) }))
      .sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime())
  }
  const beginNew = () => {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] as number
    name = performanceName(new Date())
    autosave = createAutosave(store, name, seed)
    player.begin(seed)
  }
  const flush = () => autosave.flush().catch(reportError)
  const current = async (): Promise<Performance> => {
    await autosave.flush()
    return (await recover(store, name)) ?? { seed: 0, events: [] }
  }
  const goOn = (as: string, performance: Performance) => {
    player.end()
    void flush()
    name = as
    autosave = createAutosave(store, name, null)
    player.begin(performance)
    void list()
  }
  beginNew()
  void list().catch(reportError)
  return {
    kept,
    keep: (event, effects) => autosave.keep(event, effects),
    flush: () => void flush(),
    async save() {
      download(`${name}.${ending}`, 'application/jsonl', writePerformance(await current()))
    },
    async open(file) {
      try {
        const performance = readPerformance(await file.text())
        const as = performanceName(new Date())
        await flush()
        await store.append(as, writePerformance(performance))
        goOn(as, performance)
        return null
      } catch (error) {
        if (error instanceof PerformanceError) return `${file.name} ${error.message}`
        throw error
      }
    },
    async continue(as) {
      await flush()
      try {
        const performance = await recover(store, as)
        if (!performance) return text.keep.gone
        goOn(as, performance)
        return null
      } catch (error) {
        if (error instanceof PerformanceError) return error.message
        throw error
      }
    },
    async forget(as) {
      await store.remove(as)
      await list()
    },
    async exportMidi() {
      download(`${name}.mid`, 'audio/midi', new Uint8Array(transcriptMidi(transcribe(await current()))))
    },
    async exportWav(onProgress) {
      download(`${name}.wav`, 'audio/wav', await player.renderWav(await current(), onProgress))
    },
    async startAnew() {
      player.end()
      const flushed = flush()
      beginNew()
      await flushed
      await list()
    },
  }
}

function dateOf(name: string): Date {
  return new Date(name.replace(' ', 'T').replaceAll('.', ':'))
}
