import type { ActionId, SessionInput, SessionState } from '../../src/session/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import type { Stage } from '../../src/web/stage.ts'
import type { FakeMidi, Sent } from '../../test/fakes/midi.ts'
import type { SoundCard } from '../../test/fakes/sound-card.ts'

/**
 * Functions that run in the page. Each is sent there as text, so it can use nothing but its arguments and what the page
 * offers to scripts.
 */
declare const tradefours: Stage
declare const fakeMidi: FakeMidi
declare const soundCard: SoundCard
declare const longTasks: { startTime: number; duration: number }[]
declare let savedFile: Blob | null

/**
 * Plugs in MIDI devices before the page loads, keeps what it saves, and records its long tasks: where a browser doesn't tell
 * them, by how late a timer is.
 */
export const devicesScript = `{
  fakeMidi.permission = 'granted'
  fakeMidi.plugIn('input', 'Keys')
  for (const output of ['Synth', 'Drums']) fakeMidi.plugIn('output', output)
  globalThis.longTasks = []
  if (PerformanceObserver.supportedEntryTypes.includes('longtask'))
    new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask' })
  else {
    const everyMs = 20
    let startTime = performance.now()
    setInterval(() => {
      const duration = performance.now() - startTime - everyMs
      if (duration > 50) longTasks.push({ startTime, duration })
      startTime = performance.now()
    }, everyMs)
  }
  globalThis.savedFile = null
  URL.createObjectURL = (file) => {
    globalThis.savedFile = file
    return ''
  }
  HTMLAnchorElement.prototype.click = () => {}
}`

/** Something to do at once. */
export type PageMove =
  | { readonly type: 'midi'; readonly bytes: readonly number[]; readonly lateMs: number }
  | { readonly type: 'do'; readonly input: SessionInput }
  | { readonly type: 'plug'; readonly kind: 'input' | 'output'; readonly name: string; readonly into: boolean }
  | { readonly type: 'card'; readonly isThere: boolean }
  | { readonly type: 'wait' }

/** The state of the page. */
export type Snapshot = {
  readonly view: Pick<SessionState, 'transport' | 'settings'> & { readonly now: Seconds }
  readonly sent: Readonly<Record<string, readonly Sent[]>>
  /** The time on the page's clock. */
  readonly atMs: number
  /** How many keys are down or held by the pedal. */
  readonly keysHeld: number
  /** Whether a model's answer is awaited. */
  readonly isAsking: boolean
  readonly longTasksMs: readonly number[]
}

/** Waits for a time of the session's clock, at most for half a second; if it has come by then, makes a move. */
export async function makeMove({
  at,
  move,
}: {
  readonly at: Seconds
  readonly move: PageMove
}): Promise<Snapshot | null> {
  const leftMs = 1000 * (at - tradefours.now())
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(500, leftMs)))
  if (tradefours.now() < at - 0.002) return null
  if (move.type === 'midi') fakeMidi.play('Keys', move.bytes, performance.now() - move.lateMs)
  else if (move.type === 'do') tradefours.dispatch(move.input)
  else if (move.type === 'plug') fakeMidi[move.into ? 'plugIn' : 'unplug'](move.kind, move.name)
  else if (move.type === 'card') await (move.isThere ? soundCard.giveBack() : soundCard.takeAway())
  const { transport, settings, keys, asked } = tradefours.session.value
  return {
    view: { transport, settings, now: tradefours.now() },
    sent: { Synth: fakeMidi.takeSent('Synth'), Drums: fakeMidi.takeSent('Drums') },
    atMs: performance.now(),
    keysHeld: keys.voices.length,
    isAsking: Object.values(asked).some((each) => each !== null),
    longTasksMs: longTasks.splice(0).map(({ duration }) => duration),
  }
}

/** Routes every track to an instrument and to the page's own sound, and sends the clock. */
export function setUp(): void {
  tradefours.midi.sendClock(true)
  for (const [track, output, channel] of [
    ['click', 'Drums', 10],
    ['drums', 'Drums', 10],
    ['bass', 'Synth', 1],
    ['chords', 'Synth', 2],
    ['lead', 'Synth', 3],
  ] as const)
    tradefours.midi.route(track, { inner: true, output, channel })
}

/** The figures of the diagnostics panel. */
export function diagnostics() {
  const { keys, lateness, missed, restarts } = tradefours.diagnostics()
  const figures = ({ count, quantile }: typeof keys) => ({
    count,
    median: quantile(0.5),
    p99: quantile(0.99),
    most: quantile(1),
  })
  return {
    keys: figures(keys),
    lateness: figures(lateness),
    missed,
    restarts,
    refused: tradefours.session.value.refused,
  }
}

/** The material and the settings, as JSON, and the time at which they were so. */
export function material() {
  const { material, settings } = tradefours.session.value
  return { material: JSON.stringify(material), settings: JSON.stringify(settings), now: tradefours.now() }
}

/** Whether the page is silent: no key sounds, and no track has a level. */
export function isSilent(): boolean {
  const levels = (['click', 'bass', 'drums', 'chords', 'lead'] as const).map((track) => tradefours.sound.level(track))
  return tradefours.sounding.value.length === 0 && levels.every((level) => level === 0)
}

/** Does an action, as a button would. */
export function act(action: ActionId): void {
  tradefours.act(action)
}

/** Stores what is sent while the page unloads, for the next page. */
export function storeSentOnUnload(): void {
  addEventListener('pagehide', () => {
    const sent = { Synth: fakeMidi.takeSent('Synth'), Drums: fakeMidi.takeSent('Drums') }
    sessionStorage.setItem('sent', JSON.stringify(sent))
  })
}

/** What the page before this one sent while it unloaded. */
export function sentOnUnload(): Snapshot['sent'] {
  return JSON.parse(sessionStorage.getItem('sent') ?? '{}')
}

/** The text of the performance that was stored last, before the one that is played now. */
export async function lastStored(): Promise<string> {
  const name = tradefours.performances.stored.value[0]?.name
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opened = indexedDB.open('tradefours')
    opened.onerror = reject
    opened.onsuccess = () => resolve(opened.result)
  })
  const pieces = await new Promise<string[]>((resolve, reject) => {
    const store = database.transaction('performances').objectStore('performances')
    const found = store.getAll(IDBKeyRange.bound([name], [name, []]))
    found.onerror = reject
    found.onsuccess = () => resolve(found.result)
  })
  database.close()
  return pieces.join('')
}

/** Whether the panel that is open takes files. */
export function canChooseFile(): boolean {
  return document.querySelector('.panel input[type=file]') !== null
}

/** Chooses a file with this text, in the panel that is open. */
export function chooseFile(text: string): void {
  const chosen = new DataTransfer()
  chosen.items.add(new File([text], 'soak.tradefours'))
  const input = document.querySelector<HTMLInputElement>('.panel input[type=file]')
  if (!input) throw new Error('No file can be chosen here.')
  input.files = chosen.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Whether a file was saved that nobody has taken yet. */
export function hasSaved(): boolean {
  return savedFile !== null
}

/** The text of the file that was saved. */
export function takeSaved(): Promise<string> {
  const file = savedFile
  savedFile = null
  if (!file) throw new Error('Nothing was saved.')
  return file.text()
}

/** Opens each page of the panel that is open. */
export function lookThrough(): void {
  for (const tab of document.querySelectorAll<HTMLElement>('.panel [role=tab]')) tab.click()
}
