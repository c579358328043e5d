import { Command } from 'commander'
import { type MidiSong, melodyPart } from '../io/midi-file/index.ts'
import {
  type Continuation,
  continueSequence,
  drumEvents,
  encodingNames,
  eventDrums,
  finish,
  hold,
  type Model,
  type ModelEvent,
  melodyPrimer,
  noteOff,
  type SequenceEncoding,
  sequenceEncoding,
} from '../models/index.ts'
import {
  type Chord,
  chordAt,
  fourFour,
  type Metre,
  parseChart,
  pitchName,
  type Steps,
  stepBeat,
  stepsPerMeasure,
} from '../music/index.ts'
import { readMidiFile } from './files.ts'
import { InputError } from './input-error.ts'
import { openModel, usable } from './models-command.ts'
import { decimal, jsonOption, seedOption, wholeNumber } from './options.ts'
import { songMetre } from './song-metre.ts'

type Options = {
  model: string
  steps: number
  temperature: number
  seed: number
  chords?: string
  encoding?: string
  json?: boolean
}

/** `tradefours continue`: a model as it is, without anything of ours around it. */
export function continueCommand(): Command {
  return new Command('continue')
    .summary('let a model continue a melody or a drum pattern')
    .description(
      `Gives a melody or a drum pattern from a MIDI file to a model, and prints what the model plays next, in steps
of a sixteenth. The primer ends when its last note ends.`,
    )
    .argument(
      '<primer.mid>',
      'a Standard MIDI File, of which the highest melodic line is used, or the drums on channel 10',
    )
    .requiredOption('--model <model>', 'a model: a name, a Magenta.js folder or its address, or a .mag file')
    .requiredOption('--steps <count>', 'how many steps to continue', wholeNumber(1, 100_000))
    .option('--temperature <number>', 'how wild the choices are; 0 always takes the most likely', decimal(0, 100), 1)
    .option('--chords <chart>', 'the chords from the start, such as "Dm7 | G7", for models that use chords')
    .option('--encoding <name>', `the model's encoding, if its files don't name it (${encodingNames.join(', ')})`)
    .addOption(seedOption())
    .addOption(jsonOption('the steps'))
    .addHelpText(
      'after',
      `
JSON: {model: {encoding, layers: [units], attention: steps | null}, primer: [token], tokens: [token],
       logProbs: [number]}
A logProb is the natural logarithm of the token's probability at temperature 1.

Examples:
  tradefours continue call.mid --model attention_rnn.mag --steps 32
  tradefours continue beat.mid --model checkpoints/drum_kit_rnn --steps 64 --temperature 0 --json`,
    )
    .action(run)
}

async function run(path: string, options: Options): Promise<void> {
  const model = await openModel(options.model, options.encoding)
  const encoding = usable(() => sequenceEncoding(model))
  const song = await readMidiFile(path)
  const metre = encoding.metre || options.chords !== undefined ? songMetre(song, path) : fourFour
  const { primer, firstStep } = primerOf(song, path, encoding)
  const continuation = finish(
    continueSequence(model, {
      primer,
      metre,
      firstPlace: firstStep % stepsPerMeasure(metre),
      steps: options.steps,
      sampling: { temperature: options.temperature },
      seed: options.seed,
      chords: chordsOf(options, encoding, metre, firstStep, primer.length + options.steps),
    }),
  )
  for (const notice of model.notices) process.stderr.write(`${options.model}: ${notice}\n`)
  process.stdout.write(
    options.json ? `${JSON.stringify(toJson(model, continuation))}\n` : describe(encoding, continuation),
  )
}

/** Longer primers say nothing that a model still remembers, and a step's cost may grow with what came before. */
const longestPrimer = 20_000

/** The primer, and where it begins: a melody for a model that takes the metre at its first note. */
function primerOf(
  { parts }: MidiSong,
  path: string,
  encoding: SequenceEncoding,
): { primer: ModelEvent[]; firstStep: Steps } {
  const { kind, range } = encoding
  const notes =
    kind === 'drums'
      ? parts.filter(({ channel }) => channel === 10).flatMap((part) => part.notes)
      : (melodyPart(parts)?.notes ?? [])
  if (notes.length === 0)
    throw new InputError(
      `${path} has no ${kind} to continue: choose a file with ${kind === 'drums' ? 'notes on channel 10' : 'a melody'}.`,
    )
  const end = notes.reduce((most, { beat, beats }) => Math.max(most, beat + beats), 0)
  if (end > stepBeat(longestPrimer)) {
    throw new InputError(`${path} is longer than ${longestPrimer} steps: choose a shorter primer.`)
  }
  if (kind === 'drums' || !range) return { primer: drumEvents(notes), firstStep: 0 }
  const { events, firstStep } = melodyPrimer(notes, { range })
  if (encoding.metre) return { primer: events, firstStep }
  return { primer: [...new Array(firstStep).fill(hold), ...events], firstStep: 0 }
}

function chordsOf(
  { chords, model: name }: Options,
  encoding: SequenceEncoding,
  metre: Metre,
  firstStep: Steps,
  steps: Steps,
): (Chord | null)[] {
  if (chords === undefined) return []
  if (!encoding.chords) {
    process.stderr.write(`${name} uses no chords: --chords is ignored.\n`)
    return []
  }
  try {
    const chart = parseChart(chords)
    return Array.from({ length: steps + 1 }, (_, step) => chordAt(chart, metre, stepBeat(firstStep + step)))
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message)
    throw error
  }
}

function toJson({ network: { layers, attention }, encoding }: Model, { primer, tokens, logProbs }: Continuation) {
  return {
    model: { encoding: encoding.name, layers: layers.map(({ units }) => units), attention: attention?.length ?? null },
    primer,
    tokens,
    logProbs,
  }
}

function describe({ name, kind }: SequenceEncoding, { primer, events, logProbs }: Continuation): string {
  const word = (event: ModelEvent) => {
    if (kind === 'drums') return eventDrums(event).join('+') || '·'
    return event === hold ? '·' : event === noteOff ? 'off' : pitchName(event)
  }
  const mean = logProbs.reduce((sum, each) => sum + each, 0) / logProbs.length
  const lines = [`${name}, ${primer.length} steps of primer, ${-mean.toFixed(3)} nats a step`]
  for (let step = 0; step < events.length; step += 16) {
    lines.push(
      `${String(step + 1).padStart(6)}  ${events
        .slice(step, step + 16)
        .map(word)
        .join(' ')}`,
    )
  }
  return `${lines.join('\n')}\n`
}
