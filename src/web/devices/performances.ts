import { computed, type Signal, signal } from '@preact/signals'
import type { Autosave, PerformanceStore } from '../../io/storage/index.ts'
import { createAutosave, performanceName } from '../../io/storage/index.ts'
import type { PerformanceWriter } from '../../runtime/index.ts'
import { type Performance, writePerformance } from '../../session/index.ts'
import type { Performances, StoredPerformance } from '../stage.ts'
import { text } from '../text.ts'
import { download } from './download.ts'
import { heldPerformances, holdPerformance } from './performance-lock.ts'

/** The session whose performances are stored. */
type Session = {
  /** Goes on where a performance ended, or begins one with a seed. */
  begin(from: Performance | number): void
  /** Ends the performance, before another one begins. */
  end(): void
  /** Renders a performance as a WAV file, off the clock. */
  renderWav(performance: Performance, onProgress: (done: number) => void): Promise<Uint8Array<ArrayBuffer>>
}

/** Stores performances while they are played. What the browser refuses waits here: it never rejects. */
export type PerformanceStorage = Performances &
  PerformanceWriter & {
    /** Whether what was played would be lost if the page were closed now. */
    isAtRisk(): boolean
  }

/** The ending of a performance's file. */
const ending = 'tradefours'

/** A performance that is played, and how much of it is stored. */
type Played = {
  readonly name: string
  readonly autosave: Autosave
  /** Lets other tabs have it; null where another has it. */
  readonly letGo: Promise<(() => void) | null>
  /** All of it, as far as it was to be stored: a browser may delete what it has stored. */
  written: string
  /** What the store has not taken yet. */
  unstored: string
  /** Whether the store has something of it. */
  isStored: boolean
  /** Whether all of it is in a file that the performer has. */
  isInFile: boolean
}

/** Opens the place where performances are stored, and begins one. */
export function createPerformances(store: PerformanceStore, session: Session): PerformanceStorage {
  const stored: Signal<readonly StoredPerformance[]> = signal([])
  const trouble: Signal<string | null> = signal(null)
  /** Whether nothing has been played or chosen since the page was opened. */
  const isFresh = signal(true)
  let played: Played

  const list = async () => {
    // Where the browser refuses to tell, there is nothing to go on with.
    const names = await store.names().catch(() => [])
    const held = await heldPerformances()
    stored.value = names
      .filter((each) => each !== played.name && !held.has(each))
      .map((each) => ({ name: each, begunAt: dateOf(each) }))
      .sort((a, b) => b.begunAt.getTime() - a.begunAt.getTime())
  }
  const begin = (name: string, from: Performance | number, isStored: boolean, letGo = holdPerformance(name)) => {
    const append = async (_: string, text: string, head = '') => {
      const more = (begun.written === '' ? head : '') + text
      begun.written += more
      begun.unstored += more
      begun.isInFile = false
      await storeRest(begun)
    }
    const written = typeof from === 'number' ? '' : writePerformance(from)
    const begun: Played = {
      name,
      letGo,
      written,
      autosave: createAutosave({ ...store, append }, name, typeof from === 'number' ? from : from.seed),
      unstored: isStored ? '' : written,
      isStored,
      isInFile: false,
    }
    played = begun
    session.begin(from)
  }
  /** What the store refuses stays here, and is tried again with what comes next. */
  const storeRest = async (of: Played) => {
    try {
      await store.append(of.name, of.unstored, of.written.slice(0, of.written.length - of.unstored.length))
      of.unstored = ''
      of.isStored = true
      trouble.value = null
    } catch {
      trouble.value = text.storage.refused
    }
  }
  const beginNew = () => begin(newName(), randomNumber(), false)
  const current = async (): Promise<Performance> => {
    const of = played
    await of.autosave.flush()
    const written = (of.isStored ? await store.read(of.name) : '') + of.unstored
    return written === '' ? { seed: 0, events: [] } : (await reading()).readPerformance(written)
  }
  /** Ends the performance and begins another one; a sentence where this one would be lost. */
  const leave = async (beginOther: () => void): Promise<string | null> => {
    await played.autosave.flush()
    const { autosave, isStored, unstored, isInFile, letGo } = played
    if (unstored !== '' && !isInFile) return text.storage.refused
    session.end()
    // Where nothing has happened, its end is nothing to store.
    const storing = (isStored || isInFile) && autosave.flush()
    isFresh.value = false
    beginOther()
    await storing
    void letGo.then((go) => go?.())
    await list()
    return null
  }
  beginNew()
  void list()
  return {
    stored,
    trouble,
    last: computed(() => (isFresh.value ? (stored.value[0] ?? null) : null)),
    isAtRisk: () => played.unstored !== '' && !played.isInFile,
    write(event, state) {
      if (event.type !== 'tick') isFresh.value = false
      played.autosave.append(event, state)
    },
    flush: () => played.autosave.flush(),
    async save() {
      const saved = played
      download(`${begunText(saved.name)}.${ending}`, 'application/jsonl', writePerformance(await current()))
      saved.isInFile = true
    },
    async open(file) {
      const performance = await opened(
        async ({ readPerformance }) => readPerformance(await file.text()),
        `${file.name} `,
      )
      if (typeof performance === 'string') return performance
      return leave(() => begin(newName(), performance, false))
    },
    async continue(name) {
      const letGo = await holdPerformance(name)
      if (!letGo) return text.storage.elsewhere
      const performance = await opened(({ recover }) => recover(store, name))
      const refusal =
        typeof performance === 'string'
          ? performance
          : await leave(() => begin(name, performance, true, Promise.resolve(letGo)))
      if (refusal !== null) letGo()
      return refusal
    },
    async forget(name) {
      const letGo = await holdPerformance(name)
      if (!letGo) return text.storage.elsewhere
      await store.remove(name)
      letGo()
      await list()
      return null
    },
    async exportMidi() {
      const { midiOf } = await import('./exports.ts')
      download(`${begunText(played.name)}.mid`, 'audio/midi', midiOf(await current()))
    },
    async exportWav(onProgress) {
      download(`${begunText(played.name)}.wav`, 'audio/wav', await session.renderWav(await current(), onProgress))
    },
    startAnew: () => leave(beginNew),
  }
}

/** What reads performances: a part of the page that is only fetched where one is opened. */
const reading = () => import('./read-performances.ts')

/** A performance that is read, or why it can't be gone on with, as a sentence. */
async function opened(
  read: (by: Awaited<ReturnType<typeof reading>>) => Promise<Performance | null>,
  whose = '',
): Promise<Performance | string> {
  const by = await reading().catch(() => null)
  if (!by) return text.notFetched('What reads performances')
  try {
    return (await read(by)) ?? text.storage.gone
  } catch (error) {
    return error instanceof by.PerformanceError ? whose + error.message : text.storage.gone
  }
}

/** A name that nothing else takes that begins in the same second, in another tab too. */
function newName(): string {
  return `${performanceName(new Date())} ${randomNumber().toString(36)}`
}

function randomNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}

/** When a performance began, as its name says it. */
function begunText(name: string): string {
  return name.slice(0, 19)
}

function dateOf(name: string): Date {
  return new Date(begunText(name).replace(' ', 'T').replaceAll('.', ':'))
}
