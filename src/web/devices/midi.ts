import { effect, type Signal, signal } from '@preact/signals'
import {
  type ClockIn,
  createClockIn,
  createClocksOut,
  createMidiOutput,
  type MidiListener,
  type MidiPorts,
} from '../../devices/midi/index.ts'
import { openWebMidi } from '../../devices/midi/web.ts'
import type { Clock, Output } from '../../runtime/index.ts'
import {
  type ActionId,
  type Effect,
  type Happening,
  type SessionEvent,
  type SessionState,
  type Track,
  tracks,
} from '../../session/index.ts'
import type { MidiDesk, PortChoice } from '../stage.ts'
import { text } from '../text.ts'
import type { StageOsc } from './bridge.ts'
import { remembered } from './remembered.ts'

/** What MIDI does on the stage. */
type Hands = {
  /** Something that hands did, with its time on `performance.now()`'s clock. */
  happen(happening: Happening, timeStampMs: number): void
  act(action: ActionId, value?: number): void
}

/** The stage's MIDI. */
export type StageMidi = {
  readonly desk: MidiDesk
  /** Plays the tracks that are sent to ports, and all of them by OSC, where a host lends that. */
  readonly output: Output
  /** To be told of everything that happened, for lights that follow it. */
  heard(event: SessionEvent, effects: readonly Effect[], state: SessionState): void
  /** Somebody has begun to play: MIDI is asked for, once. */
  begin(): void
  /** Whether a track sounds through the page itself. */
  isInner(track: Track): boolean
  /**
   * Sends what is due soon: to be called whenever the session is woken.
   *
   * @param transport null while the session's time stands still: then what has begun ends, and nothing else happens.
   */
  wake(transport: SessionState['transport'] | null): void
}

/**
 * Opens MIDI: at once where the browser's user has allowed it before, else not before somebody begins to play. A page
 * that is only looked at asks for nothing.
 */
export function openMidi({ happen, act }: Hands, clock: Pick<Clock, 'of'>): StageMidi {
  const [inputs, outputs] = [signal<readonly PortChoice[]>([]), signal<readonly PortChoice[]>([])]
  const [trouble, isOpen] = [signal<string | null>(null), signal(false)]
  const input = remembered('midi-input')
  const routes = remembered('routes')
  const sendsClock = remembered('sends-clock')
  const followsClock = signal(false)
  const clockBpm = signal<number | null>(null)
  let ports: MidiPorts | null = null

  const usedInputs = () => [input.peek().id].filter((id) => id !== null)
  const usedOutputs = () => new Set(Object.values(routes.peek()).flatMap((route) => route.output ?? []))
  const connectedOutputs = () => {
    const used = usedOutputs()
    return new Set(outputs.peek().flatMap(({ id, connected }) => (connected && used.has(id) ? id : [])))
  }
  const send: MidiPorts['send'] = (to, bytes, timeStampMs) => ports?.send(to, bytes, timeStampMs)
  const output = createMidiOutput(send, clock)
  const clockOut = createClocksOut(send, clock)
  const hands = {
    play: (timeStampMs: number) => happen({ type: 'act', action: 'play' }, timeStampMs),
    stop: (timeStampMs: number) => happen({ type: 'act', action: 'stop' }, timeStampMs),
    tempo: (bpm: number, timeStampMs: number) => happen({ type: 'act', action: 'tempo', value: bpm }, timeStampMs),
  }
  let clockIn: ClockIn | null = null
  const hear: MidiListener = (message, timeStampMs, from) => {
    if ('pitch' in message || message.type === 'control' || message.type === 'program') happen(message, timeStampMs)
    else clockIn?.hear(message, timeStampMs, from)
  }
  const token = bridgeToken()
  let osc: StageOsc | null = null
  const openBridged = async (key: string) => {
    const { openHost } = await import('./bridge.ts')
    return openHost(key, {
      clock,
      happen,
      changed(standing) {
        trouble.value = standing === 'open' ? null : text.bridge[standing]
      },
      listened(found) {
        osc = found
      },
    })
  }
  let wasAsked = false
  let isAsking = false
  const open = async () => {
    if (ports || isAsking) return
    wasAsked = true
    isAsking = true
    trouble.value = null
    const opening = token === null ? openWebMidi() : openBridged(token)
    const found = await opening.catch(() => ({ trouble: text.notFetched('The host’s part of the page') }))
    isAsking = false
    if ('trouble' in found) {
      trouble.value = found.trouble
      return
    }
    ports = found
    isOpen.value = true
    const look = () => {
      inputs.value = withMissing(found.inputs(), usedInputs())
      outputs.value = withMissing(found.outputs(), usedOutputs())
    }
    found.onChange(look)
    look()
    effect(() => found.listen(input.value.id, hear))
  }
  if (token === null) void whenAllowed(open)
  else void open()
  effect(() => {
    for (const track of tracks) {
      const { output: to, channel } = routes.value[track]
      output.route(track, to === null ? null : { output: to, channel })
    }
  })
  addEventListener('pagehide', () => {
    output.end()
    osc?.end()
    clockOut.end()
  })
  return {
    output: {
      sound(sound) {
        output.sound(sound)
        osc?.sound(sound)
      },
      stop(stop) {
        output.stop(stop)
        osc?.stop(stop)
      },
      schedule(note, at, seconds) {
        output.schedule(note, at, seconds)
        osc?.schedule(note, at, seconds)
      },
      silence(track) {
        output.silence(track)
        osc?.silence(track)
      },
    },
    heard: (event, effects, state) => osc?.heard(event, effects, state),
    begin() {
      if (!wasAsked) void open()
    },
    isInner: (track) => routes.peek()[track].inner,
    wake(transport) {
      output.wake()
      osc?.wake()
      if (!transport) return
      if (sendsClock.peek()) clockOut.wake(transport, connectedOutputs())
      const bpm = clockIn?.wake(transport) ?? null
      clockBpm.value = bpm && Math.round(10 * bpm) / 10
    },
    desk: {
      trouble,
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
        if (!on) clockOut.end()
      },
      followsClock,
      followClock(on) {
        followsClock.value = on
        clockBpm.value = null
        clockIn = on ? createClockIn(hands, clock) : null
        // Whoever follows is not counted in: the leader says when it begins.
        if (on) act('count-in', 0)
      },
      clockBpm,
    },
  }
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
