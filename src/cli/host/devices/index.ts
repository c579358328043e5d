/** `cli/host/devices`: what a host plays on and is played by, and the list of it. */
import type { Sender } from '../../../devices/sender/node.ts'
import type { Device, DeviceContext } from '../../../runtime/index.ts'
import { openLinkDevice } from './link.ts'
import { type MidiOptions, openMidiDevice } from './midi.ts'
import { type OscOptions, openOscDevice } from './osc.ts'
import { openSoundDevice } from './sound.ts'

export type { MidiOptions } from './midi.ts'
export type { OscOptions } from './osc.ts'

/** Which devices a host has. */
export type DeviceOptions = {
  readonly midi: MidiOptions | null
  readonly osc: OscOptions | null
  /** Whether it shares tempo, beat, start and stop by Ableton Link. */
  readonly link: boolean
  /** Whether it sounds by the machine's own device. */
  readonly sound: boolean
}

/** A device of a host. */
export type HostDevice = Device & {
  /** How many messages made no sense to it. */
  readonly refused?: number
}

/** Opens a device, if the host is to have it. Rejects with an `InputError` where what was asked for can't be had. */
type Open = (options: DeviceOptions, context: DeviceContext, sender: Sender) => Promise<HostDevice> | null

/** A host's devices by their names, which are the sources of their events; in the order in which a key reaches them. */
export const hostDevices: Readonly<Record<string, Open>> = {
  midi: ({ midi }, context, sender) => midi && openMidiDevice(midi, sender, context),
  sound: ({ sound }, context) => (sound ? openSoundDevice(context) : null),
  link: ({ link }, context) => (link ? openLinkDevice(context) : null),
  osc: ({ osc }, context, sender) => osc && openOscDevice(osc, sender, context),
}
