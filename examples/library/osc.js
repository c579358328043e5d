// Open Sound Control: a packet, what it asks the session for, and why one is refused.
import { createOscInput, readOsc, refusalOf, writeOsc } from 'tradefours/osc'

const packet = writeOsc([
  { address: '/tradefours/set/tempo', types: 'f', values: [132] },
  { address: '/tradefours/set/tempo', types: 's', values: ['fast'] },
])
const understand = createOscInput()
for (const message of readOsc(packet).messages) {
  console.log(JSON.stringify(understand(message) ?? refusalOf(message)))
}
// [{"type":"set","setting":"tempo","value":132}]
// "OSC to /tradefours/set/tempo with “fast” was passed over: it takes [value] (tempo: 20 to 400; without a value, a step on)."
