import { Command } from 'commander'
import { type Bassline, bassline, fixedGroove, type Groove, maxMeasures } from '../groove/index.ts'
import { bassPart, type MidiPart, type MidiSong, writeMidi } from '../io/midi-file/index.ts'
import { drumPitch, type Metre, measureBeats, metreName, stepBeat, stepsPerMeasure } from '../music/index.ts'
import { beatAt, secondsAt, tempoAt } from '../timing/index.ts'
import { type Answer, type AnswerOptions, answerGroove } from './answer-groove.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { InputError, sentence } from './input-error.ts'
import { decimal, jsonOption, seedOption, wholeNumber } from './options.ts'
import { songMetre } from './song-metre.ts'
import { stepGrid } from './step-grid.ts'

type Options = AnswerOptions & { output?: string; track?: string; bars?: number; json?: boolean; fixed?: boolean }

/** `tradefours groove`: a bassline in, its drums out. */
export function grooveCommand(): Command {
  return new Command('groove')
    .summary('turn a bassline into a drum groove')
    .description(
      `Reads a bassline from a MIDI file and makes drums for it. First comes the fixed groove: a bass drum on
the first beat of each measure, a snare on each bass note, a closed hi-hat on each eighth. A model
answers it with a groove of its own, and a second model decides how hard and how early or late each
stroke is. The same bassline and seed always give the same groove. Metre and tempo come from the file
(4/4 and 120 if it has none). Notes are moved to the nearest sixteenth.`,
    )
    .argument('<bass.mid>', 'a Standard MIDI File with the bassline')
    .option('-o, --output <out.mid>', 'write bass and drums (channel 10) to this MIDI file')
    .option('--fixed', 'print the fixed groove, without any model')
    .option(
      '--temperature <number>',
      "how wild the model's groove is (default: 1, unless the model says otherwise)",
      decimal(0.01, 5),
    )
    .option(
      '--model <model>',
      'a drum model: a name, a Magenta.js folder or its address, or a .mag file (default: drums)',
    )
    .option(
      '--feel <amount>',
      "how much of a drummer's touch: 0 is exactly on the grid, 1 is all of it",
      decimal(0, 1),
      1,
    )
    .option(
      '--track <number|name>',
      'the track with the bass: its number from 1, or part of its name (default: one with a bass sound, else the lowest that plays single notes)',
    )
    .option(
      '--bars <count>',
      'how many measures, from the start (default: as many as the bassline fills)',
      wholeNumber(1, maxMeasures),
    )
    .addOption(seedOption())
    .addOption(jsonOption('the step grid'))
    .addHelpText(
      'after',
      `
The step grid has a column for each sixteenth. X is a loud stroke, x a softer one, and - a note that is held.

JSON: {metre, bars, stepsPerBar, source: "fixed" | "model",
       bass: [{step, steps, pitch, velocity}], drums: [{step, drum, velocity, offsetMs}]}
Steps are sixteenths, counted from 0. offsetMs is how much later than its step a stroke sounds.

Examples:
  tradefours groove bassline.mid
  tradefours groove bassline.mid --temperature 1.5 --seed 7
  tradefours groove song.mid --track Bass --bars 4 -o groove.mid
  tradefours groove bassline.mid --json > groove.json`,
    )
    .action(run)
}

async function run(path: string, options: Options): Promise<void> {
  const song = await readMidiFile(path)
  const part = chooseBass(song, path, options.track)
  const bass = quantised(part, metreOf(song, path), path, options.bars)
  const fixed = fixedGroove(bass)
  const answer: Answer = options.fixed
    ? { groove: fixed, source: 'fixed', notices: [] }
    : await answerGroove(fixed, tempoAt(song.timeline, 0), options)
  for (const notice of answer.notices) process.stderr.write(`${notice}\n`)
  if (options.output !== undefined) await writeWholeFile(options.output, grooveMidi(song, part, answer.groove))
  process.stdout.write(options.json ? `${JSON.stringify(grooveJson(bass, answer))}\n` : describe(song, bass, answer))
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
function metreOf(song: MidiSong, path: string): Metre {
  const first = songMetre(song, path)
  const change = song.timeSignatures.find(({ numerator, denominator }) => {
    return numerator !== first.numerator || denominator !== first.denominator
  })
  if (change) {
    process.stderr.write(
      `${path} changes to ${change.numerator}/${change.denominator} at beat ${change.beat}; the whole groove is in ${metreName(first)}.\n`,
    )
  }
  return first
}

function quantised({ notes }: MidiPart, inMetre: Metre, path: string, bars?: number): Bassline {
  const bass = sentence(path, () => bassline(notes, inMetre, bars))
  if (bass.notes.length > 0) return bass
  throw new InputError(`${path} has no bass notes in its first ${bars} measures: ask for more with --bars.`)
}

function grooveJson(bass: Bassline, { groove: { metre, measures, hits }, source }: Answer) {
  return {
    metre: metreName(metre),
    bars: measures,
    stepsPerBar: stepsPerMeasure(metre),
    source,
    bass: bass.notes,
    drums: hits.map((hit) => ({ ...hit, offsetMs: Math.round(hit.offsetMs * 10) / 10 })),
  }
}

function describe({ timeline }: MidiSong, bass: Bassline, { groove, source }: Answer): string {
  const tempo = Math.round(tempoAt(timeline, 0))
  const length = bass.measures === 1 ? '1 measure' : `${bass.measures} measures`
  return `${metreName(bass.metre)}, ${tempo} beats a minute, ${length}, ${source} groove\n\n${stepGrid(bass, groove)}\n`
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
