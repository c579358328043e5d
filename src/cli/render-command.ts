import { Command } from 'commander'
import { transcriptMidi } from '../ports/midi/file/index.ts'
import { parts, transcribe } from '../session/index.ts'
import { writeWholeFile } from './files.ts'
import { InputError } from './input-error.ts'
import { jsonOption, seedOption } from './options.ts'
import { readPerformanceFile } from './performance-file.ts'

/** `tradefours render`: a recorded performance as a MIDI file. */
export function renderCommand(): Command {
  return new Command('render')
    .summary('write a recorded performance as a MIDI file')
    .description(
      `Plays a recorded performance again, as fast as it goes, and writes down what the hands played and what
sounded: a track each for keys, click, bass, drums, chords, the solo's own notes and those that a model chose.`,
    )
    .argument('<session>', "a performance's file")
    .requiredOption('-o, --output <out.mid>', 'the MIDI file to write')
    .addOption(seedOption())
    .addOption(jsonOption('a line'))
    .addHelpText(
      'after',
      `
JSON: {output, beats, notes: {played, click, bass, drums, chords, solo, answer}}, the notes counted.

Example:
  tradefours render evening.tradefours -o evening.mid`,
    )
    .action(run)
}

async function run(path: string, { output, json }: { output: string; json?: boolean }): Promise<void> {
  if (!/\.midi?$/i.test(output)) throw new InputError(`${output} is no MIDI file's name: let it end in .mid.`)
  const transcript = transcribe(await readPerformanceFile(path))
  await writeWholeFile(output, transcriptMidi(transcript))
  const notes = Object.fromEntries(parts.map((part) => [part, transcript.notes[part].length]))
  const text = `${parts.map((part) => `${notes[part]} ${part}`).join(', ')}: written to ${output}`
  process.stdout.write(`${json ? JSON.stringify({ output, beats: transcript.length, notes }) : text}\n`)
}
