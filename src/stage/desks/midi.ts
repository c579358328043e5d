import { effect, type Signal, signal } from '@preact/signals'
import type { Clock, Output } from '../../ports/live/index.ts'
import {
  createClockOut,
  createMidiOutput,
  type MidiMessage,
  type MidiPorts,
  usualChannels,
} from '../../ports/midi/index.ts'
import { openWebMidi } from '../../ports/midi/web.ts'
import { type ActionId, type Happening, type SessionState, type Track, tracks } from '../../session/index.ts'
import { clockTempo, hearClock, type MidiClock, silentClock, ticksPerBeat } from '../../timing/index.ts'
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

  const send: MidiPorts['send'] = (to, bytes, timeStampMs) => ports?.send(to, bytes, timeStampMs)
  const output = createMidiOutput(send, clock)
  const clockOut = createClockOut((bytes, timeStampMs) => {
    const used = new Set(Object.values(routes.value).flatMap((route) => route.output ?? []))
    for (const to of used) send(to, bytes, timeStampMs)
  }, clock)
  const leader = createLeader(
    (timeStampMs) => happen({ type: 'act', action: 'tap' }, timeStampMs),
    (plays, timeStampMs) => happen({ type: 'act', action: plays ? 'play' : 'stop' }, timeStampMs),
  )
  const hear = (message: MidiMessage, timeStampMs: number) => {
    if ('pitch' in message || message.type === 'control' || message.type === 'program') happen(message, timeStampMs)
    else if (followsClock.value) clockBpm.value = leader.hear(message, timeStampMs)
  }
  const open = async () => {
    const found = await openWebMidi()
    if ('trouble' in found) {
      trouble.value = found.trouble
      return
    }
    ports = found
    const look = () => {
      inputs.value = found.inputs()
      outputs.value = found.outputs()
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
  addEventListener('pagehide', () => output.end())
  return {
    output,
    isInner: (track) => routes.peek()[track].inner,
    wake(transport) {
      output.wake()
      if (sendsClock.peek()) clockOut.wake(transport)
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
      },
      followsClock,
      followClock(on) {
        followsClock.value = on
        clockBpm.value = null
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

/**
 * Follows another instrument's clock: each of its beats is a tap, which says tempo and beat, and is as forgiving.
 *
 * @param tap told when a beat is.
 * @param play told when the music starts, with its first beat, and when it stops.
 */
function createLeader(tap: (timeStampMs: number) => void, play: (plays: boolean, timeStampMs: number) => void) {
  let clock: MidiClock = silentClock
  let ticks = 0
  let isStarting = false
  return {
    /** Hears a message; gives the tempo, or null before it is known. */
    hear(message: Parameters<typeof hearClock>[1], timeStampMs: number): number | null {
      clock = hearClock(clock, message, timeStampMs / 1000)
      if (message.type === 'start' || message.type === 'continue') {
        isStarting = true
        ticks = 0
      } else if (message.type === 'stop') play(false, timeStampMs)
      else if (message.type === 'clock') {
        if (ticks++ % ticksPerBeat === 0) tap(timeStampMs)
        if (isStarting) play(true, timeStampMs)
        isStarting = false
      }
      return clockTempo(clock)
    },
  }
}
