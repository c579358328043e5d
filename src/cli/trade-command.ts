import { Command, Option } from 'commander'
import { hearSubdivision } from '../groove/index.ts'
import {
  type Closeness,
  chordChanges,
  closenesses,
  improvisePhrase,
  notesOf,
  nothingRemembered,
  type PhraseAnswer,
  type PhraseRequest,
} from '../improv/index.ts'
import {
  type MeasureMap,
  type MeasureRun,
  measureAt,
  measureNumber,
  melodyPart,
  writeMidi,
} from '../io/midi-file/index.ts'
import { finish } from '../models/index.ts'
import {
  type Beats,
  type Chart,
  type Chord,
  chordAt,
  countsQuarters,
  type DrumStyle,
  isTripletStyle,
  type Metre,
  measureBeats,
  type Note,
  parseChart,
  pitchName,
  rounding,
} from '../music/index.ts'
import { settings } from '../session/index.ts'
import { type Swing, straight, type Timeline, tempoAt } from '../timing/index.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { handNotes } from './hand-notes.ts'
import { InputError, sentence } from './input-error.ts'
import { openModel, usable } from './models-command.ts'
import { decimal, jsonOption, seedOption, styleOption, wholeNumber } from './options.ts'
import { pocketAlone, readKnownPlayer } from './player-command.ts'
import { songMeasures } from './song-metre.ts'

type Options = {
  bars: number
  output?: string
  chords?: string
  style?: DrumStyle
  swing?: number
  closeness: Closeness
  temperature?: number
  harmony: number
  player?: string
  pocket?: number
  seed: number
  json?: boolean
}

/** `tradefours trade`: a call in, a phrase of the machine's own out. */
export function tradeCommand(): Command {
  return new Command('trade')
    .summary('answer a call with a phrase of its own')
    .description(
      `Trades phrases: hears a call and plays a turn of a number of measures by itself, with its own rhythm, touch and
pitches. Its turn begins at the first bar line after the call, and all of its notes end before the turn does.`,
    )
    .argument('<call.mid>', 'a Standard MIDI File whose highest melodic line is the call')
    .requiredOption('--bars <count>', 'how many measures its turn has', wholeNumber(1, 64))
    .option('-o, --output <out.mid>', 'write call and phrase to this MIDI file')
    .option('--chords <chart>', 'the chords, from the start of the file and again and again, such as "Dm7 | G7"')
    .option(
      '--style <style>',
      'a style such as funk or swing, which says whether to swing where the call leaves it open',
      styleOption,
    )
    .option(
      '--swing <ratio>',
      'where the second eighth of a beat falls: 0.5 is straight, 0.667 a shuffle (default: as the call does)',
      decimal(0.5, 0.75),
    )
    .addOption(
      new Option('--closeness <closeness>', 'how near it stays to the call').choices(closenesses).default('vary'),
    )
    .option('--temperature <number>', 'how wild it is (default: what suits the model)', decimal(0.01, 5))
    .option(
      '--harmony <amount>',
      'from 0, the model alone decides, to 1, only tones of the chord and its scale',
      decimal(0, 1),
      0,
    )
    .option(
      '--player <player.json>',
      'the memory of a performer, by whose ways it plays: its rhythm, touch and pitches',
    )
    .option(
      '--pocket <amount>',
      'with --player: from -1, as the performer plays, over 0, natural, to 1, strange to them, in rhythm and pitches',
      decimal(-1, 1),
    )
    .addOption(seedOption())
    .addOption(jsonOption('the notes of each measure'))
    .addHelpText(
      'after',
      `
Echo repeats the call over the chords of its own turn, vary begins with it and goes its own way, and contrast does
something else. Metre and tempo come from the file. Where the call swings, the phrase does, too.

JSON: {call: [note], phrase: [note]}
A note is {pitch, velocity, beat, beats}. Beats are quarter notes from the start of the turn; those of the call are
below 0.

Examples:
  tradefours trade call.mid --bars 4
  tradefours trade call.mid --bars 4 --chords "Dm7 | G7 | Cmaj7 | %" --closeness echo -o traded.mid
  tradefours trade call.mid --bars 4 --player anna.player.json
  tradefours trade call.mid --bars 4 --player anna.player.json --pocket 0.5`,
    )
    .action(run)
}

/** The call as it was read, and the turn that follows it. */
type Turn = {
  readonly call: readonly Note[]
  /** Where the file's measures lie; the turn's metre goes on for ever. */
  readonly measures: MeasureMap
  readonly metre: Metre
  readonly timeline: Timeline
  /** Where the turn begins in the file, and how long it is. */
  readonly start: Beats
  readonly beats: Beats
  /** The harmony at a beat of the file. */
  readonly chordAt: (beat: Beats) => Chord | null
}

async function run(path: string, options: Options): Promise<void> {
  const turn = await readTurn(path, options)
  const { player, pocket } = options
  if (pocket && player === undefined) throw new InputError(pocketAlone)
  const remembered =
    player === undefined
      ? nothingRemembered
      : { session: [], performer: notesOf(await readKnownPlayer(player)).slice(-performerNotes) }
  const [phrase, solo] = [await openModel('phrase'), await openModel('solo')]
  const request = requestOf(turn, options, options.temperature ?? phrase.temperature)
  const answer = usable(() => finish(improvisePhrase({ phrase, solo }, request, remembered)))
  if (options.output !== undefined) await writeWholeFile(options.output, midiOf(turn, answer))
  const { call } = request
  process.stdout.write(
    options.json ? `${JSON.stringify({ call, phrase: answer.notes })}\n` : describe(turn, call, answer),
  )
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

/** How many of a performer's notes are remembered, the newest: more would take too long. */
const performerNotes = 4000

/** A call that sounds over a bar line by less than this ends there. */
const overhang: Beats = 1 / 4

async function readTurn(path: string, { bars, chords }: Options): Promise<Turn> {
  const song = await readMidiFile(path)
  const call = handNotes(melodyPart(song.parts), path, 'melody')
  const chart = chords === undefined ? null : sentence('--chords', () => parseChart(chords))
  const end = call.reduce((latest, { beat, beats }) => Math.max(latest, beat, beat + beats - overhang), 0)
  const [first, ...others] = songMeasures(song, path)
  const measure = measureAt([first, ...others], end)
  const isOver = end <= measure.beat && call.every(({ beat }) => beat < measure.beat)
  const { beat: start, metre } = isOver ? measure : measureNumber([first, ...others], measure.bar + 1)
  if (start > longestFile) throw new InputError(`${path} is longer than ${longestFile} beats: choose a shorter call.`)
  const endless = (run: MeasureRun) => ({ ...run, measures: Number.POSITIVE_INFINITY })
  const measures: MeasureMap = [endless(first), ...others.filter(({ beat }) => beat <= start).map(endless)]
  return {
    call,
    measures,
    metre,
    timeline: song.timeline,
    start,
    beats: bars * measureBeats(metre),
    chordAt: (beat) => (chart ? chordIn(chart, measures, beat) : null),
  }
}

/** The chord at a beat of a file whose first full measure is the chart's first. */
function chordIn(chart: Chart, measures: MeasureMap, beat: Beats): Chord | null {
  const { bar, beat: start, metre } = measureAt(measures, beat)
  return chordAt(chart, metre, (bar - 1) * measureBeats(metre) + beat - start)
}

/** How much the pitches go by the call's: as much as a performance has it at first. */
const usualMemory = settings.memory.initial

/** No call is that long: hours of music. */
const longestFile: Beats = 100_000

/** Chords may change on any eighth. */
const chordGrid: Beats = 1 / 2

function requestOf(turn: Turn, options: Options, temperature: number): PhraseRequest {
  const { start, beats, metre, timeline } = turn
  const call = turn.call.map((note) => ({ ...note, beat: note.beat - start }))
  const first = Math.min(0, ...call.slice(-128).map((note) => Math.floor(note.beat)))
  const chords = chordChanges([first, beats], chordGrid, (beat) => turn.chordAt(start + beat))
  const { closeness, harmony, seed, pocket = 0 } = options
  return {
    call,
    beats,
    from: 0,
    metre,
    place: 0,
    bpm: Math.min(400, Math.max(20, tempoAt(timeline, start))),
    swing: swingOf(turn, options),
    chords,
    closeness,
    temperature,
    harmony,
    memory: usualMemory,
    pocket,
    range: [36, 96],
    seed,
  }
}

/** The swing that is asked for, or else that of the call, or else what the style has. */
function swingOf({ call, metre }: Turn, { swing, style }: Options): Swing {
  if (swing !== undefined) return { ratio: swing, pair: 1 }
  if (!countsQuarters(metre)) return straight
  const unheard = isTripletStyle(style) ? 2 / 3 : straight.ratio
  const heard = hearSubdivision(
    call.map(({ beat }) => beat),
    { stepsPerBeat: 4, swing: unheard },
  )
  return { ratio: Math.min(0.75, Math.max(0.5, heard.swing)), pair: 1 }
}

function midiOf(
  { call, measures: [first, ...metreChanges], timeline, start, beats }: Turn,
  { notes }: PhraseAnswer,
): Uint8Array {
  return writeMidi({
    metre: first.metre,
    metreChanges,
    timeline,
    length: start + beats,
    tracks: [
      { name: 'Call', channel: 1, notes: call },
      { name: 'Phrase', channel: 2, notes: notes.map((note) => ({ ...note, beat: note.beat + start })) },
    ],
  })
}

/** The measures of call and phrase, each with its chords and its notes. */
function describe({ metre, start, beats, chordAt }: Turn, call: readonly Note[], { notes }: PhraseAnswer): string {
  const length = measureBeats(metre)
  const first = Math.floor(Math.min(0, call[0]?.beat ?? 0) / length)
  const lines: string[] = []
  for (let measure = Math.max(first, -16); measure < beats / length; measure++) {
    const from = measure * length
    const within = ({ beat }: Note) => beat >= from - rounding && beat < from + length - rounding
    const chords = [0, 1 / 2].map((part) => chordAt(start + from + part * length)?.symbol ?? '')
    const name = `${chords[0]}${chords[1] !== chords[0] ? ` ${chords[1]}` : ''}`
    const own = [...call, ...notes].filter(within)
    const sounds = own.map(({ beat, pitch }) => `${Math.round((beat - from + 1) * 100) / 100} ${pitchName(pitch)}`)
    lines.push(`${measure < 0 ? 'call  ' : 'phrase'} ${name.padEnd(12)}  ${sounds.join('  ')}`.trimEnd())
  }
  return `${lines.join('\n')}\n`
}
