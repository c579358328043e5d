import { inputAddresses, ours } from '../../src/devices/osc/input.ts'
import {
  clickNames,
  drumNames,
  expressionAddresses,
  songsAddresses,
  trackVoices,
} from '../../src/devices/osc/osc-output.ts'
import { outputAddresses } from '../../src/devices/osc/state-out.ts'
import { table } from './table.ts'

/** `docs/osc.md`: every address, from the lists that are read when a message comes or goes. */
export function oscDocs(): string {
  const [own, mlJam] = [Object.entries(inputAddresses), Object.entries(inputAddresses)].map((all, index) =>
    all.filter(([address]) => address.startsWith(ours) === (index === 0)),
  )
  const heard = (addresses: typeof own) =>
    table(
      ['address', 'values', 'does'],
      (addresses ?? []).map(([address, { values, does }]) => [address, values, does]),
    )
  const struck = [...Object.values(drumNames), ...Object.values(clickNames)].map((name) => `\`/play${name}\``).join(' ')
  return `# Open Sound Control

\`tradefours host --osc HOST:PORT\` sends OSC to that address. It also listens on UDP port 12345 of this machine, as ML-Jam does;
\`--osc-in\` chooses another port. Numbers may be of any of OSC's types, or texts such as \`"97.5"\`; a pitch or
a velocity is rounded. A bundle with a time to come is waited for, up to a minute. Messages that make no sense are counted and
passed over, and the first to each address is reported.

## Notes that are sent

The addresses are ML-Jam's, so that the paper's SuperCollider file works unchanged. Keys are sent at once, as plain messages. Notes of
loops are sent when they sound, in bundles with that time. With \`--osc-lead 100\` they are sent 100 ms earlier, for receivers that
wait for a bundle's time, as scsynth and [our own file](../examples/supercollider/) do.

${table(
  ['track', 'begins', 'ends'],
  [...trackVoices].map(([track, { play, stop }]) => [track, `\`${play}\` pitch velocity`, `\`${stop}\` pitch 0`]),
)}

For the server of ML-Jam's songs, the lead is sent by other names, too: ${Object.entries(songsAddresses)
    .map(([address, names]) => `${names.map((name) => `\`${name}\``).join(' and ')} after \`${address}\``)
    .join(', ')}.

Drums and clicks have a velocity only: ${struck}. \`/allnotesoff\` ends all notes.

What hands and feet do to notes that sound is sent at once, to our own addresses. Where an MPE zone gives a note a channel of its
own, that comes last.

${table(
  ['address', 'values'],
  Object.values(expressionAddresses).map(([address, values]) => [address, `${values} [channel]`]),
)}

## Messages that are understood: ML-Jam's addresses

${heard(mlJam)}

## Messages that are understood: our own addresses

${heard(own)}

## The state, for lights and visuals

These messages are sent when something changes. \`${ours}/tell\` asks for all of them. The
addresses of settings keep the word \`dial\` of older versions: \`${ours}/state/dial/tempo\` is the setting \`tempo\`.

${table(
  ['address', 'values', 'says'],
  Object.entries(outputAddresses).map(([address, { values, says }]) => [address, values, says]),
)}
`
}
