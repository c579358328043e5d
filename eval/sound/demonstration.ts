import { band } from '../../src/cli/models.ts'
import { writeMidi } from '../../src/io/midi-file/index.ts'
import { type Performance, rehearse, type SessionEvent, transcribe } from '../../src/session/index.ts'
import { demoScript } from '../../src/web/devices/demo-script.ts'

/** What a first visitor hears, played through with the shipped models. */
export async function demonstration(): Promise<Performance> {
  const script = demoScript()
  const end: SessionEvent = { type: 'run', action: 'stop', at: (script.at(-1)?.at ?? 0) + 1 }
  return rehearse([...script, end], { ...(await band()), seed: 1, latency: 0.03 }).performance
}

/** The drums of a performance as a MIDI file on channel 1, for samplers that have a kit and nothing else. */
export function drumMidi(performance: Performance): Uint8Array {
  const { notes, ...music } = transcribe(performance)
  return writeMidi({ ...music, tracks: [{ name: 'Drums', channel: 1, notes: notes.drums }] })
}
