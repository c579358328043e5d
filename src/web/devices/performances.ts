import { type Signal, signal } from '@preact/signals'
import type { Autosave, PerformanceStore } from '../../io/storage/index.ts'
import { createAutosave, performanceName } from '../../io/storage/index.ts'
import type { PerformanceWriter } from '../../runtime/index.ts'
import { type Performance, writePerformance } from '../../session/index.ts'
import type { Performances, StoredPerformance } from '../stage.ts'
import { text } from '../text.ts'
import { download } from './download.ts'

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
export type PerformanceStorage = Performances & PerformanceWriter

/** The ending of a performance's file. */
const ending = 'tradefours'

/** A performance that is played, and how much of it is stored. */
type Played = {
  readonly name: string
  readonly autosave: Autosave
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
  let played: Played

  const list = async () => {
    // Where the browser refuses to tell, there is nothing to go on with.
    const names = await store.names().catch(() => [])
    stored.value = names
      .filter((each) => each !== played.name)
      .map((each) => ({ name: each, begunAt: dateOf(each) }))
      .sort((a, b) => b.begunAt.getTime() - a.begunAt.getTime())
  }
  const begin = (name: string, from: Performance | number, isStored: boolean) => {
    const append = async (_: string, text: string, head = '') => {
      begun.unstored ||= begun.isStored ? '' : head
      begun.unstored += text
      begun.isInFile = false
      await storeRest(begun)
    }
    const begun: Played = {
      name,
      autosave: createAutosave({ ...store, append }, name, typeof from === 'number' ? from : from.seed),
      unstored: typeof from === 'number' || isStored ? '' : writePerformance(from),
      isStored,
      isInFile: false,
    }
    played = begun
    session.begin(from)
  }
  /** What the store refuses stays here, and is tried again with what comes next. */
  const storeRest = async (of: Played) => {
    try {
      await store.append(of.name, of.unstored)
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
    const { autosave, isStored, unstored, isInFile } = played
    if (unstored !== '' && !isInFile) return text.storage.refused
    session.end()
    // Where nothing has happened, its end is nothing to store.
    const storing = (isStored || isInFile) && autosave.flush()
    beginOther()
    await storing
    await list()
    return null
  }
  beginNew()
  void list()
  return {
    stored,
    trouble,
    write: (event, state) => played.autosave.append(event, state),
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
      const performance = await opened(({ recover }) => recover(store, name))
      if (typeof performance === 'string') return performance
      return leave(() => begin(name, performance, true))
    },
    async forget(name) {
      await store.remove(name)
      await list()
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
