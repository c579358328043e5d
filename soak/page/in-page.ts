import type { ActionId, Happening, SessionState } from '../../src/session/index.ts'
import type { Seconds } from '../../src/timing/index.ts'
import type { Stage } from '../../src/web/stage.ts'
import type { FakeMidi, Sent } from '../../test/fakes/midi.ts'
import type { SoundCard } from '../../test/fakes/sound-card.ts'

/**
 * What runs in the page. Each function is sent there as text, so none knows anything but its arguments and what the page
 * lets scripts see.
 */
declare const tradefours: Stage
declare const fakeMidi: FakeMidi
declare const soundCard: SoundCard
declare const longTasks: { startTime: number; duration: number }[]

/** Gear that stands in the page from its first moment on, and a watch on what holds it up. */
export const gearScript = `{
  fakeMidi.permission = 'granted'
  fakeMidi.plugIn('input', 'Keys')
  for (const output of ['Synth', 'Drums']) fakeMidi.plugIn('output', output)
  globalThis.longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask' })
}`

/** Something that is done at once. */
export type PageMove =
  | { readonly type: 'midi'; readonly bytes: readonly number[]; readonly lateMs: number }
  | { readonly type: 'do'; readonly happening: Happening }
  | { readonly type: 'plug'; readonly kind: 'input' | 'output'; readonly name: string; readonly into: boolean }
  | { readonly type: 'card'; readonly isThere: boolean }
  | { readonly type: 'wait' }

/** How things stand. */
export type Look = {
  readonly view: Pick<SessionState, 'transport' | 'settings'> & { readonly now: Seconds }
  readonly sent: Readonly<Record<string, readonly Sent[]>>
  /** On the page's clock. */
  readonly atMs: number
  /** Keys that are down or held by the pedal. */
  readonly keysHeld: number
  /** Somebody waits for a model. */
  readonly isAsking: boolean
  readonly longTasksMs: readonly number[]
}

/** Waits for a moment of the session's clock, but not for longer than half a second; then, if it has come, makes a move. */
export async function makeMove({ at, move }: { readonly at: Seconds; readonly move: PageMove }): Promise<Look | null> {
  const leftMs = 1000 * (at - tradefours.now())
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(500, leftMs)))
  if (tradefours.now() < at - 0.002) return null
  if (move.type === 'midi') fakeMidi.play('Keys', move.bytes, performance.now() - move.lateMs)
  else if (move.type === 'do') tradefours.happen(move.happening)
  else if (move.type === 'plug') fakeMidi[move.into ? 'plugIn' : 'unplug'](move.kind, move.name)
  else if (move.type === 'card') await (move.isThere ? soundCard.giveBack() : soundCard.takeAway())
  const { transport, settings, keys, grooves, improv } = tradefours.session.value
  return {
    view: { transport, settings, now: tradefours.now() },
    sent: { Synth: fakeMidi.takeSent('Synth'), Drums: fakeMidi.takeSent('Drums') },
    atMs: performance.now(),
    keysHeld: keys.voices.length,
    isAsking: grooves.asked !== null || improv.asked !== null,
    longTasksMs: longTasks.splice(0).map(({ duration }) => duration),
  }
}

/** Sends every track to an instrument, with its own sound beside it, and the clock too. */
export function setUp(): void {
  tradefours.midi.sendClock(true)
  for (const [track, output, channel] of [
    ['click', 'Drums', 10],
    ['drums', 'Drums', 10],
    ['bass', 'Synth', 1],
    ['chords', 'Synth', 2],
    ['solo', 'Synth', 3],
  ] as const)
    tradefours.midi.route(track, { inner: true, output, channel })
}

/** What the page's own trust panel shows, and what has been refused. */
export function trustReport() {
  const { trust, restarts } = tradefours.trust()
  const figures = ({ count, quantile }: typeof trust.keys) => ({
    count,
    median: quantile(0.5),
    p99: quantile(0.99),
    most: quantile(1),
  })
  return {
    keys: figures(trust.keys),
    lateness: figures(trust.lateness),
    missed: trust.missed,
    restarts,
    refused: tradefours.session.value.refused,
  }
}

/** What a performer would miss, and when that was so. */
export function whatThereIs() {
  const { material, settings } = tradefours.session.value
  return { material: JSON.stringify(material), settings: JSON.stringify(settings), now: tradefours.now() }
}

/** Whether the page is silent: no key sounds, and nothing comes from its own instruments. */
export function isSilent(): boolean {
  const levels = (['click', 'bass', 'drums', 'chords', 'solo'] as const).map((track) => tradefours.sound.level(track))
  return tradefours.sounding.value.length === 0 && levels.every((level) => level === 0)
}

/** Does what a button does. */
export function act(action: ActionId): void {
  tradefours.act(action)
}

/** Keeps what is sent while the page goes away, for the page that comes after it. */
export function leaveTraces(): void {
  addEventListener('pagehide', () => {
    const sent = { Synth: fakeMidi.takeSent('Synth'), Drums: fakeMidi.takeSent('Drums') }
    sessionStorage.setItem('sent', JSON.stringify(sent))
  })
}

/** What the page before this one left. */
export function traces(): Look['sent'] {
  return JSON.parse(sessionStorage.getItem('sent') ?? '{}')
}

/** The text of the performance that was kept last, but for the one that is played. */
export async function lastKept(): Promise<string> {
  const name = tradefours.keep.kept.value[0]?.name
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

/** Chooses a file of this text. */
export function chooseFile(input: SVGElement | HTMLElement, text: string): void {
  const chosen = new DataTransfer()
  chosen.items.add(new File([text], 'soak.tradefours'))
  ;(input as HTMLInputElement).files = chosen.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}
