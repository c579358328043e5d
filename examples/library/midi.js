// A session's notes as MIDI, over any library: here the port only shows what is sent.
import { createMidiDecoder, createMidiOutput } from 'tradefours/midi'

const decode = createMidiDecoder()
const output = createMidiOutput(
  (port, bytes) => console.log(port, ...decode(bytes).map((message) => JSON.stringify(message))),
  { of: (timeStamp) => timeStamp / 1000 },
)
output.route('lead', { output: 'Synth', channel: 3 })
output.sound({ type: 'sound', track: 'lead', pitch: 64, velocity: 100, gain: 0.5, by: 'human', key: 64 })
// Synth {"type":"noteOn","pitch":64,"velocity":50,"channel":3}
