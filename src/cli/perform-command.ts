import { Command, Option } from 'commander'
import { bassPart, type MidiSong, melodyPart, transcriptMidi } from '../io/midi-file/index.ts'
import { type Beats, type Metre, measureBeats, type Note, parseChart } from '../music/index.ts'
import {
  type Flow,
  flowScript,
  type HandOver,
  type Job,
  parts,
  rehearse,
  settings,
  transcribe,
  writePerformance,
} from '../session/index.ts'
import { tempoAt } from '../timing/index.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { handNotes } from './hand-notes.ts'
import { InputError, sentence } from './input-error.ts'
import { band } from './models.ts'
import { noteCounts } from './note-counts.ts'
import { decimal, jsonOption, seedOption, wholeNumber } from './options.ts'
import { songMetre } from './song-metre.ts'

type Options = {
  output?: string
  chords?: string
  mode: 'classic' | 'live'
  handOver: HandOver
  notes: number
  bars?: number
  temperature?: number
  latency: number
  seed: number
  json?: boolean
}

/** `tradefours perform`: MIDI files as the hands of a performer, from the first tap to the last response. */
export function performCommand(): Command {
  return new Command('perform')
    .summary('perform from MIDI files: tap, bass, groove, chords, call and response')
    .description(
      `Performs as a musician would, as fast as the machine can: taps the tempo, records the bassline over the
click, asks the model for a groove, records or types the chords, and plays the solo as calls and responses;
a model chooses the pitches of the responses. Metre and tempo come from the bassline's file. The
performance is saved in the same format as on stage.`,
    )
    .argument('<bass.mid>', 'a Standard MIDI File with the bassline')
    .argument('<solo.mid>', 'a Standard MIDI File with what is played over the bass: calls and responses')
    .option('-o, --output <file>', 'save the performance here, or its notes if the name ends in .mid')
    .option('--chords <chart|chords.mid>', 'the chords: a chart, such as "Dm7 | G7", or a MIDI file')
    .addOption(new Option('--mode <mode>', 'how pitches are chosen').choices(['classic', 'live']).default('classic'))
    .addOption(
      new Option('--hand-over <what>', 'what ends a turn').choices(settings['hand-over'].words).default('count'),
    )
    .option('--notes <count>', 'how many notes a call has', wholeNumber(1, 64), 20)
    .option(
      '--bars <count>',
      'how many measures the loops have (default: as many as the bassline fills)',
      wholeNumber(1, 16),
    )
    .option('--temperature <number>', 'how wild the pitches are (default: what suits the model)', decimal(0.01, 5))
    .option('--latency <seconds>', 'how long the models take to answer', decimal(0, 60), 0.03)
    .addOption(seedOption())
    .addOption(jsonOption('lines'))
    .addHelpText(
      'after',
      `
JSON: {events, grooves, calls, notes: {played, click, bass, drums, chords, lead, answer}, notices: [notice]}.
Events, grooves, calls and notes are counts.

Example:
  tradefours perform examples/bassline.mid solo.mid --chords "Am7 | Am7 | Fmaj7 | E7" -o evening.tradefours`,
    )
    .action(run)
}

async function run(bassPath: string, soloPath: string, options: Options): Promise<void> {
  const { mode, latency, seed, output } = options
  if (/\.wav$/i.test(output ?? ''))
    throw new InputError(
      `${output} would be sound: save the performance first, then use tradefours render to make the sound.`,
    )
  const players = await band()
  for (const notice of players.notices) process.stderr.write(`${notice}\n`)
  const flow = await flowOf(bassPath, soloPath, options, players.temperatures[mode === 'live' ? 'solo' : 'melody'])
  const { performance, effects } = rehearse(flowScript(flow), { ...players, seed, latency })
  const transcript = transcribe(performance)
  if (output !== undefined) {
    const isMidi = /\.midi?$/i.test(output)
    const bytes = isMidi ? transcriptMidi(transcript) : new TextEncoder().encode(writePerformance(performance))
    await writeWholeFile(output, bytes)
  }
  const asked = (job: Job) => effects.filter((effect) => effect.type === 'ask' && effect.job === job).length
  const report = {
    events: performance.events.length,
    grooves: asked('groove'),
    calls: asked('melody'),
    notes: noteCounts(transcript),
    notices: effects.flatMap((effect) => (effect.type === 'notify' ? [effect.notice] : [])),
  }
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  else {
    const notes = parts.map((part) => `${report.notes[part]} ${part}`).join(', ')
    process.stdout.write(`${report.events} events; notes: ${notes}\n`)
    if (output !== undefined) process.stdout.write(`Written to ${output}\n`)
  }
}

/** What the files and the options tell the performer to do. */
async function flowOf(bassPath: string, soloPath: string, options: Options, ownTemperature: number): Promise<Flow> {
  const song = await readMidiFile(bassPath)
  const metre = songMetre(song, bassPath)
  const bass = handNotes(bassPart(song.parts), bassPath, 'bassline')
  const solo = handNotes(melodyPart((await readMidiFile(soloPath)).parts), soloPath, 'solo')
  const { chords, mode, handOver, notes, temperature } = options
  const spanned = Math.ceil(endOf(bass) / measureBeats(metre) - 1 / 16)
  const measures = options.bars ?? Math.min(16, Math.max(1, spanned))
  return {
    metre,
    bpm: tempoAt(song.timeline, 0),
    measures,
    bass: within(bass, measures, metre, bassPath),
    chords: await chordsOf(chords, measures, metre),
    solo,
    settings: {
      live: mode === 'live',
      'hand-over': handOver,
      notes,
      wildness: temperature ?? ownTemperature,
    },
  }
}

async function chordsOf(chords: string | undefined, measures: number, metre: Metre): Promise<Flow['chords']> {
  if (chords === undefined) return null
  if (!/\.midi?$/i.test(chords)) {
    sentence('--chords', () => parseChart(chords))
    return chords
  }
  const { parts }: MidiSong = await readMidiFile(chords)
  const notes = parts.filter(({ channel }) => channel !== 10).flatMap((part) => part.notes)
  return within(handNotes({ notes }, chords, 'chords'), measures, metre, chords)
}

/**
 * What begins in the loop; a performer stops there.
 *
 * @throws InputError with a sentence when that is nothing.
 */
function within(notes: readonly Note[], measures: number, metre: Metre, path: string): Note[] {
  const played = notes.filter(({ beat }) => beat < measures * measureBeats(metre))
  if (played.length > 0) return played
  throw new InputError(
    `${path} has no notes in its first ${measures} measures: move the notes to the start, or ask for more with --bars.`,
  )
}

function endOf(notes: readonly Note[]): Beats {
  return notes.reduce((most, { beat, beats }) => Math.max(most, beat + beats), 0)
}
