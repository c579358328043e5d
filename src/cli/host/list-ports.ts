import { openNodeMidi } from '../../devices/midi/node.ts'
import { createSender } from '../../devices/sender/node.ts'

/** Says which MIDI ports there are. */
export async function listPorts({ json }: { readonly json?: boolean }): Promise<void> {
  const sender = createSender()
  const midi = await openNodeMidi({ sender, notify: (trouble) => process.stderr.write(`${trouble}\n`) })
  const ports =
    'trouble' in midi
      ? { inputs: [], outputs: [], trouble: midi.trouble }
      : {
          inputs: midi.inputs().map(({ name }) => name),
          outputs: midi.outputs().map(({ name }) => name),
          trouble: null,
        }
  if ('end' in midi) midi.end()
  await sender.end()
  if (json) process.stdout.write(`${JSON.stringify(ports)}\n`)
  else if (ports.trouble !== null) process.stdout.write(`${ports.trouble}\n`)
  else process.stdout.write(`Inputs:\n${lines(ports.inputs)}Outputs:\n${lines(ports.outputs)}`)
}

function lines(names: readonly string[]): string {
  return names.map((name) => `  ${name}\n`).join('') || '  none\n'
}
