import { Command, Option } from 'commander'
import {
  bassPart,
  isPercussion,
  type MeasureMap,
  type MidiPart,
  type MidiSong,
  measureNumber,
  melodyPart,
  pickupBeats,
  transcriptMidi,
} from '../io/midi-file/index.ts'
import { type Beats, measureBeats, metreName, type Note, parseChart } from '../music/index.ts'
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
import { type LoopWindow, loopWindow, type WindowOptions, windowBeats, windowNotes } from './loop-window.ts'
import { band } from './models.ts'
import { noteCounts } from './note-counts.ts'
import { decimal, jsonOption, seedOption, wholeNumber } from './options.ts'
import { songMeasures } from './song-metre.ts'

type Options = WindowOptions & {
  output?: string
  chords?: string
  mode: 'classic' | 'live'
  handOver: HandOver
  notes: number
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
a model chooses the pitches of the responses. The loop begins in the measure in which the bass begins, with
its pickup; metre and tempo are those that the bassline's file has there. The performance is saved in the
same format as on stage.`,
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
    .option('--from <bar>', "the loop's first measure in the file (default: where the bass begins)", wholeNumber(1))
    .addOption(new Option('--to <bar>', "the loop's last measure").argParser(wholeNumber(1)).conflicts('bars'))
    .option(
      '--bars <count>',
      'how many measures the loops have (default: as many as the bassline fills, up to 16)',
      wholeNumber(1, mostMeasures),
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
  const hands = await flowOf(bassPath, soloPath, options)
  const players = await band()
  for (const notice of players.notices) process.stderr.write(`${notice}\n`)
  const wildness = options.temperature ?? players.temperatures[mode === 'live' ? 'solo' : 'melody']
  const flow = { ...hands, settings: { ...hands.settings, wildness } }
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

/** The stage's longest loop. */
const mostMeasures = 16

/** What the files and the options tell the performer to do. */
async function flowOf(bassPath: string, soloPath: string, options: Options): Promise<Flow> {
  const song = await readMidiFile(bassPath)
  const part = bassPart(song.parts)
  const notes = handNotes(part, bassPath, 'bassline')
  const map = songMeasures(song, bassPath)
  const window = stageLoop(loopWindow({ notes, end: part?.end ?? 0 }, map, bassPath, options), bassPath, song)
  const { measures, runs } = window
  const { chords, mode, handOver, notes: callNotes } = options
  const metre = runs[0]?.metre ?? measureNumber(map, window.bar).metre
  return {
    metre,
    bpm: tempoAt(song.timeline, window.beat),
    measures,
    bass: within(windowNotes(notes, window), bassPath, window),
    chords: chords === undefined ? null : await chordsOf(chords, chords === bassPath ? { song, window } : { window }),
    solo: await soloOf(soloPath),
    settings: {
      // The paper's flow: a groove goes round with its bass, as it is.
      'drums-form': false,
      listen: 0,
      live: mode === 'live',
      'hand-over': handOver,
      notes: callNotes,
    },
  }
}

/** A window as a loop of the stage: of one metre and one tempo, and no longer than a loop is there. */
function stageLoop(window: LoopWindow, path: string, { timeline }: MidiSong): LoopWindow {
  const [first, second] = window.runs
  if (!first) return window
  const measures = Math.min(first.measures, mostMeasures)
  const loop = { ...window, measures, runs: [{ ...first, measures }] }
  if (second && first.measures <= mostMeasures) {
    const bar = window.bar + second.before
    process.stderr.write(
      `${path} changes to ${metreName(second.metre)} in measure ${bar}, and a loop has one metre: it ends before. Choose other measures with --from.\n`,
    )
  }
  const end = window.beat + windowBeats(loop)
  const faster = timeline.find(({ beat }) => beat > window.beat && beat < end)
  if (faster) {
    process.stderr.write(
      `${path} changes its tempo in the loop, which has one: ${Math.round(tempoAt(timeline, window.beat))} beats a minute.\n`,
    )
  }
  return loop
}

/** The solo, from its first full measure's loop on. A pickup waits for a measure, so that it is not before the turn. */
async function soloOf(path: string): Promise<Note[]> {
  const song = await readMidiFile(path)
  const notes = handNotes(melodyPart(song.parts), path, 'solo')
  const shift = soloShift(songMeasures(song, path))
  return notes.map((note) => ({ ...note, beat: note.beat + shift }))
}

function soloShift(map: MeasureMap): Beats {
  const pickup = pickupBeats(map)
  return pickup > 0 ? measureBeats(measureNumber(map, 1).metre) - pickup : 0
}

/** Chords of the bass's own file are those of the same measures; other files begin with their first full measure. */
async function chordsOf(
  chords: string,
  { song: own, window }: { readonly song?: MidiSong; readonly window: LoopWindow },
): Promise<Flow['chords']> {
  if (!/\.midi?$/i.test(chords)) {
    sentence('--chords', () => parseChart(chords))
    return chords
  }
  const song = own ?? (await readMidiFile(chords))
  const isBass = (part: MidiPart) => own !== undefined && part === bassPart(own.parts)
  const notes = song.parts.filter((part) => !isPercussion(part) && !isBass(part)).flatMap((part) => part.notes)
  const start = own ? window.beat : measureNumber(songMeasures(song, chords), 1).beat
  const played = windowNotes(handNotes({ notes }, chords, 'chords'), { ...window, beat: start, pickup: 0 })
  return within(played, chords, window)
}

/**
 * What begins in the loop; a performer stops there.
 *
 * @throws InputError with a sentence when that is nothing.
 */
function within(notes: readonly Note[], path: string, { measures }: LoopWindow): readonly Note[] {
  if (notes.length > 0) return notes
  throw new InputError(
    `${path} has no notes in the ${measures} measures of the loop: move the notes to the start, or ask for other measures with --from or --bars.`,
  )
}
