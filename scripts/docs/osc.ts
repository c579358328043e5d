import { heardAddresses, ours } from '../../src/devices/osc/input.ts'
import { clickNames, drumNames, trackVoices } from '../../src/devices/osc/osc-output.ts'
import { toldAddresses } from '../../src/devices/osc/state-out.ts'
import { table } from './table.ts'

/** `docs/osc.md`: every address, from the lists that are read when a message comes or goes. */
export function oscDocs(): string {
  const [own, mlJam] = [Object.entries(heardAddresses), Object.entries(heardAddresses)].map((all, index) =>
    all.filter(([address]) => address.startsWith(ours) === (index === 0)),
  )
  const heard = (addresses: typeof own) =>
    table(
      ['address', 'values', 'does'],
      (addresses ?? []).map(([address, { values, does }]) => [address, values, does]),
    )
  const struck = [...Object.values(drumNames), ...Object.values(clickNames)].map((name) => `\`/play${name}\``).join(' ')
  return `# Open Sound Control

\`tradefours host --osc HOST:PORT\` sends there, and listens on UDP port 12345 of this machine, ML-Jam's own; \`--osc-in\`
chooses another. Numbers may come as integers or floats. What makes no sense is refused and counted, and changes nothing.

## What is played

ML-Jam's addresses, so that the paper's SuperCollider file plays unchanged. Keys are sent at once, as plain messages. Notes of loops
are sent at their moments, in bundles that are tagged with them: \`--osc-lead 100\` sends them 100 ms before, to receivers
that wait for the time of a bundle, as scsynth and [our own file](../examples/supercollider/) do.

${table(
  ['track', 'begins', 'ends'],
  Object.entries(trackVoices).map(([track, { play, stop }]) => [
    track,
    `\`${play}\` pitch velocity`,
    `\`${stop}\` pitch 0`,
  ]),
)}

Drums and clicks are struck, with a velocity: ${struck}. \`/allnotesoff\` ends everything.

## What is heard, by ML-Jam's addresses

${heard(mlJam)}

## What is heard, by our own

${heard(own)}

## What is told, to lights and pictures

On change only; \`${ours}/tell\` asks for all of it.

${table(
  ['address', 'values', 'says'],
  Object.entries(toldAddresses).map(([address, { values, says }]) => [address, values, says]),
)}
`
}
