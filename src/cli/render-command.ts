import { Command } from 'commander'
import { renderPieces } from '../devices/audio/index.ts'
import { transcriptMidi } from '../io/midi-file/index.ts'
import { type Performance, parts, type Transcript, transcribe } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import { writeWholeFile } from './files.ts'
import { InputError } from './input-error.ts'
import { noteCounts } from './note-counts.ts'
import { jsonOption, seedOption } from './options.ts'
import { readPerformanceFile } from './performance-file.ts'
import { writeWav } from './write-wav.ts'

/** `tradefours render`: a recorded performance as a MIDI file, or as sound. */
export function renderCommand(): Command {
  return new Command('render')
    .summary('write a recorded performance as a MIDI file or as sound')
    .description(
      `Plays a recorded performance again, as fast as the machine can, and writes a file. A MIDI file has one track each
for the keys as played, bass, drums, chords, the lead's own notes, and the notes that a model chose.
A WAV file has the sound of the stage, in stereo at 48 kHz and 16 bits. The click is left out of both, unless
it is asked for.`,
    )
    .argument('<session>', 'the file of a performance')
    .requiredOption('-o, --output <file>', 'the file to write; its name ends in .mid or .wav')
    .option('--click', 'with the click')
    .addOption(seedOption().hideHelp())
    .addOption(jsonOption('a line'))
    .addHelpText(
      'after',
      `
JSON: {output, beats, notes: {played, click, bass, drums, chords, lead, answer}}, with the number of notes of
each; for a WAV file also {seconds, sampleRate, peak}, where a peak of 1 is full scale.

Examples:
  tradefours render evening.tradefours -o evening.mid
  tradefours render evening.tradefours -o evening.wav`,
    )
    .action(run)
}

async function run(
  path: string,
  { output, json, click = false }: { output: string; json?: boolean; click?: boolean },
): Promise<void> {
  const kind = /\.(midi?|wav)$/i.exec(output)
  if (!kind) throw new InputError(`${output} ends neither in .mid nor in .wav: choose one of them.`)
  const performance = await readPerformanceFile(path)
  const isSound = kind[0].toLowerCase() === '.wav'
  if (isSound) checkLength(performance, path)
  const transcript = transcribe(performance)
  const sound = isSound
    ? await writeWav(output, (...audio) => renderPieces(performance, ...audio, { click }))
    : await writeMidi(output, transcript, click)
  const notes = noteCounts(transcript)
  const text = `${parts.map((part) => `${notes[part]} ${part}`).join(', ')}: written to ${output}`
  process.stdout.write(`${json ? JSON.stringify({ output, beats: transcript.length, notes, ...sound }) : text}\n`)
}

async function writeMidi(output: string, transcript: Transcript, click: boolean): Promise<object> {
  await writeWholeFile(output, transcriptMidi(transcript, { click }))
  return {}
}

/** A WAV file counts its bytes in 32 bits, which is ten minutes more than this. */
const longest: Seconds = 6 * 60 * 60

/** Refuses, before it costs anything, what no WAV file can hold. */
function checkLength({ events }: Performance, path: string): void {
  const first = events[0]?.at ?? 0
  if (events.every(({ at }) => at - first <= longest)) return
  throw new InputError(`${path} lasts longer than six hours, which is too long for a WAV file: render it as .mid.`)
}
