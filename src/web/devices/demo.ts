import { type Signal, signal } from '@preact/signals'
import type { MidiPitch } from '../../music/index.ts'
import type { Device, DeviceContext } from '../../runtime/index.ts'
import type { SessionEvent, SessionInput, SettingId, SettingValue } from '../../session/index.ts'
import type { Seconds } from '../../timing/index.ts'
import type { Demo } from '../stage.ts'
import { text } from '../text.ts'

/** What the demonstration leaves as it has set it: what goes round needs it, and who trades goes on trading. */
const staying: readonly SettingId[] = ['tempo', 'measures', 'swing', 'improvise']

/** A demonstration that plays when it is woken. A performer who plays before it has begun is not played over. */
export type DemoPlayer = Demo & Required<Pick<Device, 'beforeWake' | 'observe'>>

/**
 * Plays the demonstration by the very events that a performer's hands make.
 *
 * @param ready resolves when there is something to be heard, and nothing more to be made ready.
 */
export function createDemo(
  context: Pick<DeviceContext, 'clock' | 'dispatch' | 'state'>,
  ready: Promise<unknown>,
): DemoPlayer {
  const { clock, dispatch } = context
  const caption: Signal<string | null> = signal(null)
  /** Asked for, and still to begin. */
  let isAwaited = false
  let waiting: readonly SessionEvent[] = []
  const down = new Set<MidiPitch>()
  let captions: readonly { readonly at: Seconds; readonly line: string }[] = []
  /** What it has set, and what that was before. */
  const given = new Map<SettingId, { readonly before: SettingValue; readonly now: SettingValue }>()
  const give = (setting: SettingId, now: SettingValue) => {
    if (staying.includes(setting)) return
    given.set(setting, { before: given.get(setting)?.before ?? context.state.settings[setting], now })
  }
  const wake = () => {
    const now = clock.now()
    for (; captions[0] && captions[0].at <= now; captions = captions.slice(1)) caption.value = captions[0].line
    const due = waiting.findIndex(({ at }) => at > now)
    const played = due < 0 ? waiting : waiting.slice(0, due)
    waiting = waiting.slice(played.length)
    for (const { at, ...input } of played) {
      if (input.type === 'set') give(input.setting, input.value)
      dispatch(input as SessionInput, at)
      if (input.type === 'noteOn') down.add(input.pitch)
      if (input.type === 'noteOff') down.delete(input.pitch)
    }
  }
  const begin = ({ bpm, captions: lines, demoScript }: typeof import('./demo-script.ts')) => {
    if (!isAwaited) return
    isAwaited = false
    const from = clock.now()
    waiting = demoScript().map((event) => ({ ...event, at: event.at + from }))
    captions = lines.map(({ beat, line }) => ({ at: from + (beat * 60) / bpm, line }))
    wake()
  }
  const takeOver = () => {
    isAwaited = false
    // Whoever takes over finds no key down: nobody else would let it go.
    for (const pitch of down) dispatch({ type: 'noteOff', pitch })
    down.clear()
    waiting = []
    captions = []
    caption.value = null
    for (const [setting, { before, now }] of given) {
      // What somebody has set meanwhile stays.
      if (context.state.settings[setting] === now) dispatch({ type: 'set', setting, value: before } as SessionInput)
    }
    given.clear()
  }
  return {
    caption,
    takeOver,
    beforeWake: wake,
    start() {
      isAwaited = true
      const script = import('./demo-script.ts')
      void ready
        .then(() => script)
        .then(begin, () => {
          caption.value = text.notFetched('The demonstration')
        })
    },
    observe(event) {
      if (event.type !== 'tick') isAwaited = false
    },
  }
}
