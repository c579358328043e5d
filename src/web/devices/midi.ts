import { computed, effect, type Signal, signal } from '@preact/signals'
import type { MidiPorts } from '../../devices/midi/index.ts'
import type { Device, DeviceContext, Output } from '../../runtime/index.ts'
import { type Track, tracks } from '../../session/index.ts'
import type { PortChoice, StageMidi } from '../stage.ts'
import { text } from '../text.ts'
import type { MidiConnection } from './midi-connection.ts'
import { remembered } from './remembered.ts'

/** The page's MIDI. */
export type PageMidi = Required<Pick<Device, 'wake' | 'silence'>> & {
  readonly output: Output
  readonly settings: StageMidi
  /** Somebody has begun to play: MIDI is asked for, once. */
  begin(): void
  /** Whether a track sounds through the page itself. */
  isInner(track: Track): boolean
}

/** What MIDI needs of the page. */
type Page = {
  /** Switches off the count-in: who follows another's clock begins when that says so. */
  skipCountIn(): void
  /**
   * Opens the ports of the host that serves the page.
   *
   * @param onTrouble called with a sentence when the host is gone, and with null when it is there again.
   */
  openHostPorts(token: string, onTrouble: (trouble: string | null) => void): Promise<MidiPorts>
}

/**
 * Opens MIDI: at once where the browser's user has allowed it before, else not before somebody begins to play. A page
 * that is only looked at asks for nothing.
 */
export function openMidi(context: DeviceContext, { skipCountIn, openHostPorts }: Page): PageMidi {
  const [inputs, outputs] = [signal<readonly PortChoice[]>([]), signal<readonly PortChoice[]>([])]
  const [trouble, isOpen] = [signal<string | null>(null), signal(false)]
  const input = remembered('midi-input')
  const routes = remembered('routes')
  const sendsClock = remembered('sends-clock')
  const followsClock = signal(false)
  const clockBpm = signal<number | null>(null)
  /** When the ports were opened, while nothing has come from them; null before and after. */
  let unheardSinceMs: number | null = null
  const isSilent = signal(false)
  let connection: MidiConnection | null = null

  const usedInputs = () => [input.peek().id].filter((id) => id !== null)
  const usedOutputs = () => new Set(Object.values(routes.peek()).flatMap((route) => route.output ?? []))
  const connectedOutputs = () => {
    const used = usedOutputs()
    return new Set(outputs.peek().flatMap(({ id, connected }) => (connected && used.has(id) ? id : [])))
  }
  const token = bridgeToken()
  const part = token === null ? 'The MIDI part of the page' : 'The host’s part of the page'
  const openLent = (key: string) =>
    openHostPorts(key, (found) => {
      trouble.value = found
    })
  let wasAsked = false
  let isAsking = false
  const open = async () => {
    if (connection || isAsking) return
    wasAsked = true
    isAsking = true
    trouble.value = null
    const opening = import('./midi-connection.ts').then(({ connectMidi }) =>
      connectMidi(context, token === null ? null : () => openLent(token), connectedOutputs),
    )
    const found = await opening.catch(() => ({ trouble: text.notFetched(part) }))
    isAsking = false
    if ('trouble' in found) {
      trouble.value = found.trouble
      return
    }
    const { ports, device } = found
    connection = found
    isOpen.value = true
    const look = () => {
      inputs.value = withMissing(ports.inputs(), usedInputs())
      outputs.value = withMissing(ports.outputs(), usedOutputs())
    }
    ports.onChange(look)
    look()
    device.sendClock(sendsClock.peek())
    device.followClock(followsClock.peek())
    effect(() => {
      for (const track of tracks) {
        const { output: to, channel } = routes.value[track]
        device.output.route(track, to === null ? null : { output: to, channel })
      }
    })
    unheardSinceMs = performance.now()
    effect(() =>
      ports.listen(input.value.id, (...message) => {
        unheardSinceMs = null
        if (isSilent.peek()) isSilent.value = false
        device.receive(...message)
      }),
    )
  }
  if (token === null) void whenAllowed(open)
  else void open()
  const output = () => connection?.device.output
  return {
    output: {
      sound: (sound) => output()?.sound(sound),
      stop: (stop) => output()?.stop(stop),
      express: (express) => output()?.express(express),
      schedule: (note, at, seconds) => output()?.schedule(note, at, seconds),
      silence: (track, keysGoOn) => output()?.silence(track, keysGoOn),
    },
    silence: () => connection?.device.silence(),
    begin() {
      if (!wasAsked) void open()
    },
    isInner: (track) => routes.peek()[track].inner,
    wake(transport) {
      const midi = connection?.device
      midi?.wake(transport)
      if (unheardSinceMs !== null && performance.now() - unheardSinceMs > patienceMs) isSilent.value = true
      if (transport) clockBpm.value = midi?.clockBpm ? Math.round(10 * midi.clockBpm) / 10 : null
    },
    settings: {
      trouble,
      inputTrouble: computed(() => {
        if (!isOpen.value) return trouble.value
        const { id } = input.value
        const [used] = inputs.value.filter((each) => (id === null ? isKeyboard(each) : each.id === id))
        if (used?.connected === false) return text.midi.missing(used.name)
        return used && isSilent.value ? text.midi.silent(used.name) : null
      }),
      isOpen,
      open: () => void open(),
      inputs,
      outputs,
      input: chosenOf(input),
      chooseInput(id) {
        input.value = { id }
      },
      routes,
      route(track, route) {
        routes.value = { ...routes.value, [track]: route }
      },
      sendsClock,
      sendClock(on) {
        sendsClock.value = on
        connection?.device.sendClock(on)
      },
      followsClock,
      followClock(on) {
        followsClock.value = on
        clockBpm.value = null
        connection?.device.followClock(on)
        if (on) skipCountIn()
      },
      clockBpm,
    },
  }
}

/** A performer who has plugged a keyboard in has tried it by then. */
const patienceMs = 20_000

/** Whether an input may be something that is played: systems have some of their own for programs. */
function isKeyboard({ name, connected }: PortChoice): boolean {
  return connected && !/through/i.test(name)
}

/**
 * What lets this page use the MIDI of the host that serves it; null where it uses the browser's own. It comes with the
 * address, leaves it at once, so that nobody sees or shares it, and stays for as long as the tab; where the browser
 * keeps nothing for the page, for as long as the page.
 */
function bridgeToken(): string | null {
  const key = 'tradefours.bridge'
  const [, token] = /^#bridge=([0-9a-f]{32})$/.exec(location.hash) ?? []
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search)
  try {
    if (token !== undefined) sessionStorage.setItem(key, token)
    return sessionStorage.getItem(key)
  } catch {
    return token ?? null
  }
}

/** Does something once MIDI is allowed, now or later. Browsers that don't say have to be asked by a request. */
async function whenAllowed(allowed: () => void): Promise<void> {
  try {
    const permission = await navigator.permissions.query({ name: 'midi' as PermissionName })
    const look = () => permission.state === 'granted' && allowed()
    permission.addEventListener('change', look)
    look()
  } catch {
    // It has no such permission, or no permissions at all.
  }
}

/** The id inside a choice, as a signal of its own. */
function chosenOf(choice: Signal<{ readonly id: string | null }>): Signal<string | null> {
  const id = signal(choice.peek().id)
  effect(() => {
    id.value = choice.value.id
  })
  return id
}

/** The ports of this visit, and those that were chosen on another day and are still to come. */
function withMissing(ports: readonly PortChoice[], chosen: Iterable<string>): readonly PortChoice[] {
  const missing = [...chosen].filter((id) => !ports.some((port) => port.id === id))
  return [...ports, ...missing.map((id) => ({ id, name: id, connected: false }))]
}
