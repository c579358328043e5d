/** MIDI that is open. It has a file of its own, since the page fetches it when there is MIDI to be had. */
import { createMidiDevice, type MidiDevice, type MidiPorts } from '../../devices/midi/index.ts'
import { openWebMidi } from '../../devices/midi/web.ts'
import type { DeviceContext } from '../../runtime/index.ts'

/** A session's MIDI, and the ports behind it. */
export type MidiConnection = { readonly device: MidiDevice; readonly ports: MidiPorts }

/**
 * Opens the browser's ports, or a host's, and lets a session play on them.
 *
 * @param openHostPorts null for the browser's own.
 * @param usedOutputs see {@link createMidiDevice}.
 */
export async function connectMidi(
  context: DeviceContext,
  openHostPorts: (() => Promise<MidiPorts>) | null,
  usedOutputs: () => ReadonlySet<string>,
): Promise<MidiConnection | { readonly trouble: string }> {
  const ports = await (openHostPorts ?? openWebMidi)()
  if ('trouble' in ports) return ports
  return { ports, device: createMidiDevice(ports.send, usedOutputs, context) }
}
