import { effect, type Signal, signal } from '@preact/signals'
import type { Clock, Output } from '../../ports/live/index.ts'
import {
  type ClockIn,
  createClockIn,
  createClockOut,
  createMidiOutput,
  type MidiListener,
  type MidiPorts,
  usualChannels,
} from '../../ports/midi/index.ts'
import { openWebMidi } from '../../ports/midi/web.ts'
import { type ActionId, type Happening, type SessionState, type Track, tracks } from '../../session/index.ts'
import type { MidiDesk, PortChoice, Route } from '../stage.ts'
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
  /** Plays the tracks that are sent to ports. */
  readonly output: Output
  /** Whether a track sounds through the page itself. */
  isInner(track: Track): boolean
  /** Sends what is due soon: to be called whenever the session is woken. */
  wake(transport: SessionState['transport']): void
}

const usualRoutes = Object.fromEntries(
  tracks.map((track): [Track, Route] => [track, { inner: true, output: null, channel: usualChannels[track] }]),
) as Record<Track, Route>

/** Opens MIDI, as soon as the browser's user allows it. */
export function openMidi({ happen, act }: Hands, clock: Pick<Clock, 'of'>): StageMidi {
  const [inputs, outputs] = [signal<readonly PortChoice[]>([]), signal<readonly PortChoice[]>([])]
  const trouble = signal<string | null>(null)
  const input: Signal<{ readonly id: string | null }> = remembered('midi-input', { id: null as string | null })
  const routes: Signal<Readonly<Record<Track, Route>>> = remembered('routes', usualRoutes)
  const sendsClock = remembered('sends-clock', false)
  const followsClock = signal(false)
  const clockBpm = signal<number | null>(null)
  let ports: MidiPorts | null = null

  const usedInputs = () => [input.peek().id].filter((id) => id !== null)
  const usedOutputs = () => new Set(Object.values(routes.peek()).flatMap((route) => route.output ?? []))
  const send: MidiPorts['send'] = (to, bytes, timeStampMs) => ports?.send(to, bytes, timeStampMs)
  const output = createMidiOutput(send, clock)
  const clockOut = createClockOut((bytes, timeStampMs) => {
    for (const to of usedOutputs()) send(to, bytes, timeStampMs)
  }, clock)
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
  const open = async () => {
    const found = await openWebMidi()
    if ('trouble' in found) {
      trouble.value = found.trouble
      return
    }
    ports = found
    const look = () => {
      inputs.value = withMissing(found.inputs(), usedInputs())
      outputs.value = withMissing(found.outputs(), usedOutputs())
    }
    found.onChange(look)
    look()
    effect(() => found.listen(input.value.id, hear))
  }
  void open()
  effect(() => {
    for (const track of tracks) {
      const { output: to, channel } = routes.value[track]
      output.route(track, to === null ? null : { output: to, channel })
    }
  })
  addEventListener('pagehide', () => {
    output.end()
    clockOut.end()
  })
  return {
    output,
    isInner: (track) => routes.peek()[track].inner,
    wake(transport) {
      output.wake()
      if (sendsClock.peek()) clockOut.wake(transport)
      const bpm = clockIn?.wake(transport) ?? null
      clockBpm.value = bpm && Math.round(10 * bpm) / 10
    },
    desk: {
      trouble,
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
