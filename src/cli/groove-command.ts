import { Command } from 'commander'
import { type Bassline, bassline, fixedGroove, type Groove, maxMeasures } from '../groove/index.ts'
import {
  drumPitch,
  fourFour,
  type Metre,
  measureBeats,
  metre,
  metreName,
  stepBeat,
  stepsPerMeasure,
} from '../music/index.ts'
import { bassPart, type MidiPart, type MidiSong, writeMidi } from '../ports/midi/file/index.ts'
import { beatAt, secondsAt, tempoAt } from '../timing/index.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { InputError } from './input-error.ts'
import { jsonOption, seedOption, wholeNumber } from './options.ts'
import { stepGrid } from './step-grid.ts'

type Options = { output?: string; track?: string; bars?: number; json?: boolean }

/** `tradefours groove`: a bassline in, its drums out. */
export function grooveCommand(): Command {
  return new Command('groove')
    .summary('turn a bassline into a drum groove')
    .description(
      `Reads a bassline from a MIDI file and answers with the drums that go with it: a bass drum on the first
beat of each measure, a snare on each bass note, a closed hi-hat on each eighth. Metre and tempo
are the file's (4/4 and 120 where it has none); the notes go to the nearest sixteenth. The same
bassline always gives the same groove.`,
    )
    .argument('<bass.mid>', 'a Standard MIDI File with the bassline')
    .option('-o, --output <out.mid>', 'write bass and drums to this MIDI file, drums on channel 10')
    .option('--fixed', 'use the rule above (the default, and so far the only way)')
    .option(
      '--track <number|name>',
      'which track is the bass, counted from 1 or by part of its name (default: one with a bass sound, else the lowest that plays single notes)',
    )
    .option(
      '--bars <count>',
      'how many measures, from the start (default: those that the bassline spans)',
      wholeNumber(1, maxMeasures),
    )
    .addOption(seedOption())
    .addOption(jsonOption('the step grid'))
    .addHelpText(
      'after',
      `
The step grid has a column for each sixteenth. X is a loud stroke, x a softer one, - holds a note.

JSON: {metre, bars, stepsPerBar, source: "fixed",
       bass: [{step, steps, pitch, velocity}], drums: [{step, drum, velocity, offsetMs}]}
with steps in sixteenths from 0.

Examples:
  tradefours groove bassline.mid
  tradefours groove song.mid --track Bass --bars 4 -o groove.mid
  tradefours groove bassline.mid --json > groove.json`,
    )
    .action(run)
}

async function run(path: string, options: Options): Promise<void> {
  const song = await readMidiFile(path)
  const part = chooseBass(song, path, options.track)
  const bass = quantised(part, metreOf(song, path), path, options.bars)
  const groove = fixedGroove(bass)
  if (options.output !== undefined) await writeWholeFile(options.output, grooveMidi(song, part, groove))
  process.stdout.write(options.json ? `${JSON.stringify(grooveJson(bass, groove))}\n` : describe(song, bass, groove))
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

function chooseBass({ parts }: MidiSong, path: string, wanted?: string): MidiPart {
  if (parts.length === 0) throw new InputError(`${path} has no notes: record a bassline into it.`)
  if (wanted === undefined) {
    const found = bassPart(parts)
    if (found) return found
    throw new InputError(`${path} has only drums (channel 10): choose a file with a bassline, or a track with --track.`)
  }
  const named = ({ track, name }: MidiPart) =>
    /^\d+$/.test(wanted) ? track === Number(wanted) : name.toLowerCase().includes(wanted.toLowerCase())
  const found = bassPart(parts.filter(named)) ?? parts.find(named)
  if (found) return found
  const known = [...new Set(parts.map(({ track, name }) => (name === '' ? `${track}` : `${track} (${name})`)))]
  throw new InputError(`${path} has no notes in a track “${wanted}”: choose among ${known.join(', ')}.`)
}

/** The metre at the file's start: a groove has one. */
function metreOf({ timeSignatures: [first, ...later] }: MidiSong, path: string): Metre {
  if (!first || first.beat > 0) return fourFour
  const { numerator, denominator } = first
  const change = later.find((each) => each.numerator !== numerator || each.denominator !== denominator)
  if (change) {
    process.stderr.write(
      `${path} changes to ${change.numerator}/${change.denominator} at beat ${change.beat}; the groove stays in ${numerator}/${denominator}.\n`,
    )
  }
  return sentence(path, () => metre(numerator, denominator))
}

function quantised({ notes }: MidiPart, inMetre: Metre, path: string, bars?: number): Bassline {
  const bass = sentence(path, () => bassline(notes, inMetre, bars))
  if (bass.notes.length > 0) return bass
  throw new InputError(`${path} has no bass notes in its first ${bars} measures: ask for more with --bars.`)
}

/** Runs a pure step whose complaint becomes a complaint about this file. */
function sentence<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${path}: ${error.message}`)
    throw error
  }
}

function grooveJson(bass: Bassline, { metre: inMetre, measures, hits }: Groove) {
  return {
    metre: metreName(inMetre),
    bars: measures,
    stepsPerBar: stepsPerMeasure(inMetre),
    source: 'fixed',
    bass: bass.notes,
    drums: hits,
  }
}

function describe({ timeline }: MidiSong, bass: Bassline, groove: Groove): string {
  const tempo = Math.round(tempoAt(timeline, 0))
  const length = bass.measures === 1 ? '1 measure' : `${bass.measures} measures`
  return `${metreName(bass.metre)}, ${tempo} beats a minute, ${length}, fixed groove\n\n${stepGrid(bass, groove)}\n`
}

/** The bass as it was played, and the drums, in the file's own tempi. */
function grooveMidi({ timeline }: MidiSong, part: MidiPart, { metre: inMetre, measures, hits }: Groove): Uint8Array {
  const length = measures * measureBeats(inMetre)
  const stroke = stepBeat(1) / 2
  return writeMidi({
    metre: inMetre,
    timeline,
    length,
    tracks: [
      {
        name: part.name || 'Bass',
        channel: part.channel === 10 ? 1 : part.channel,
        program: part.program ?? 33,
        notes: part.notes
          .filter(({ beat }) => beat < length)
          .map((note) => ({ ...note, beats: Math.min(note.beats, length - note.beat) })),
      },
      {
        name: 'Drums',
        channel: 10,
        notes: hits.map(({ step, drum, velocity, offsetMs }) => {
          const beat = beatAt(timeline, secondsAt(timeline, stepBeat(step)) + offsetMs / 1000)
          return { pitch: drumPitch(drum), velocity, beat: Math.max(0, beat), beats: stroke }
        }),
      },
    ],
  })
}
