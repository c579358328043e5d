import { openBridge, type Standing } from '../../devices/bridge/web.ts'
import type { MidiPorts } from '../../devices/midi/index.ts'
import { createOscInput, createOscOutput, createOscState } from '../../devices/osc/index.ts'
import type { Clock } from '../../runtime/index.ts'
import type { Happening } from '../../session/index.ts'

/** OSC, as the stage plays by it. */
export type StageOsc = ReturnType<typeof createOscOutput> & Pick<ReturnType<typeof createOscState>, 'heard'>

/** Who plays with what the host lends. */
type Player = {
  readonly clock: Pick<Clock, 'of'>
  happen(happening: Happening, timeStampMs: number): void
  /** The host is gone, there again, or does not let this page in. */
  changed(standing: Standing): void
  /** Somebody listens to OSC: from now on it is played there too. */
  listened(osc: StageOsc): void
}

/** Opens what the host lends: its MIDI ports, and OSC, where somebody listens to it. */
export function openHost(token: string, { clock, happen, changed, listened }: Player): MidiPorts {
  const understand = createOscInput()
  let tellAll = () => {}
  const { ports, sendOsc, wallClock } = openBridge(
    token,
    {
      listened(leadMs) {
        const state = createOscState(sendOsc, clock, wallClock)
        tellAll = state.tellAll
        listened({ ...createOscOutput(sendOsc, clock, wallClock, { leadMs }), heard: state.heard })
      },
      heard(message, timeStampMs) {
        for (const wish of understand(message) ?? []) {
          if (wish.type === 'tell-all') tellAll()
          else happen(wish, timeStampMs)
        }
      },
    },
    changed,
  )
  return ports
}
