import { Command, InvalidArgumentError, Option } from 'commander'
import { type FormPart, fixedGroove, hearForm, maxMeasures, ownStep, partEnds } from '../groove/index.ts'
import { type MidiSong, onHeardBeats } from '../io/midi-file/index.ts'
import { type DrumStyle, type Metre, metreName, parseMetre, type Steps, stepsPerMeasure } from '../music/index.ts'
import { secondsAt, type Timeline, tempoAt, timeline } from '../timing/index.ts'
import { type Answer, type AnswerOptions, answerGrooves } from './answer-groove.ts'
import { bassJson, type ChosenBass, chooseBass } from './choose-bass.ts'
import { readMidiFile, writeWholeFile } from './files.ts'
import { grooveMidi, runBeats } from './groove-midi.ts'
import { loopWindow, type WindowOptions } from './loop-window.ts'
import { decimal, jsonOption, seedOption, styleOption, wholeNumber } from './options.ts'
import { onGridOf, type SongBass, type SongHit, songBass, songHits } from './song-groove.ts'
import { songMeasures } from './song-metre.ts'
import { type GridRun, stepGrid } from './step-grid.ts'

type Options = AnswerOptions &
  WindowOptions & {
    readonly output?: string
    readonly track?: string
    readonly metre?: Metre
    readonly tempo?: number
    readonly swing?: number
    readonly json?: boolean
    readonly fixed?: boolean
    readonly style?: DrumStyle
  }

/** `tradefours groove`: a bassline in, its drums out. */
export function grooveCommand(): Command {
  return new Command('groove')
    .summary('turn a bassline into a drum groove')
    .description(
      `Reads a bassline from a MIDI file and makes drums for it. First comes the fixed groove: a bass drum on
the first beat of each measure, a snare on each bass note, a closed hi-hat on each eighth. A model
answers it with a groove of its own, and a second model decides how hard and how early or late each
stroke is. The same bassline and seed always give the same groove.

Metre and tempo come from the file and change with it (4/4 and 120 if it has none). The groove begins in
the measure in which the bass begins, with its pickup. Notes are moved to the nearest sixteenth, or to the
nearest triplet where the bass plays triplets or a shuffle; the drums then swing with it, and with a bass
that only plays on the beats they swing in the styles swing and shuffle. Over a pickup only the snare of the
fixed groove plays.

From eight measures on the drums play the form: parts of eight or twelve measures, as the bass has them, with
phrases of four or eight. A fill leads from one part to the next, with a crash on its one, and parts that are
alike in the bass are alike in the drums.`,
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
      'the track with the bass: its number from 1, or part of its name (default: the likeliest by name, sound, range and share of the song)',
    )
    .option(
      '--from <bar>',
      'the first measure; 1 is the first full one of the file (default: where the bass begins)',
      wholeNumber(1),
    )
    .addOption(
      new Option('--to <bar>', 'the last measure (default: the last that the bassline fills)')
        .argParser(wholeNumber(1))
        .conflicts('bars'),
    )
    .option('--bars <count>', 'how many measures, instead of --to', wholeNumber(1, maxMeasures))
    .option('--metre <metre>', "a metre such as 7/8 or 2+2+3/8, instead of the file's", metreOption)
    .option('--tempo <number>', "quarter notes a minute, instead of the file's tempi", decimal(20, 400))
    .option(
      '--swing <ratio>',
      'where the second eighth of a beat falls: 0.5 is straight, 0.667 a shuffle (default: where the bass plays it)',
      decimal(0.5, 0.75),
    )
    .option('--style <style>', "the drummer's style, or list to see them all (default: as the bass says)", styleOption)
    .option('--intensity <amount>', 'how busy and loud for its style: 0 is the least, 1 the most', decimal(0, 1))
    .option('--fill', 'end with a fill')
    .addOption(seedOption())
    .addOption(jsonOption('the step grid'))
    .addHelpText(
      'after',
      `
The step grid has a column for each sixteenth, or for each triplet or half of one where the drums play them.
X is a loud stroke, x a softer one, and - a note that is held. Measure 0 is the pickup.

JSON: {metre, bars, stepsPerBar, source: "fixed" | "model",
       bass: [{step, steps, pitch, velocity, beat}], drums: [{step, drum, velocity, offsetMs, beat}],
       stepsPerBeat: 4 | 3 | 6, swing, pickup, style: name | null, from,
       metres: [{bar, metre, stepsPerBar}], form: [{name, bar, bars}],
       bassPart: {track, channel, name, program, score, why: [{points, because}], others: [...]}}
Steps are sixteenths if stepsPerBeat is 4, triplets if it is 3, and halves of triplets if it is 6. They are
counted from 0 at beat one of the first full measure; those of the pickup, whose length in beats is pickup, are
below 0. beat says in quarter notes from there when a note or a stroke really sounds. swing is where in a beat its second eighth falls.
offsetMs is how much later than its step a stroke sounds. from is the number in the file of the first full
measure; metres and the parts of form are counted from 1 in the groove, and metre and stepsPerBar are those of
its first measure.

Examples:
  tradefours groove bassline.mid
  tradefours groove bassline.mid --temperature 1.5 --seed 7
  tradefours groove bassline.mid --style funk --intensity 0.8 --fill
  tradefours groove song.mid --track Bass --from 9 --to 16 -o groove.mid
  tradefours groove bassline.mid --json > groove.json`,
    )
    .action(run)
}

/** A song on its own beats; where they are not the music's and no metre is asked for, on those that are heard. */
async function readSong(path: string, { metre }: Options): Promise<MidiSong> {
  const song = await readMidiFile(path)
  const heard = metre ? null : onHeardBeats(song)
  if (!heard) return song
  const bpm = Math.round(tempoAt(heard.timeline, 0))
  process.stderr.write(`${path} is off its own beats and is heard at ${bpm} bpm: --metre counts as the file does.\n`)
  return heard
}

async function run(path: string, options: Options): Promise<void> {
  const song = await readSong(path, options)
  const line = options.tempo === undefined ? song.timeline : timeline(options.tempo)
  const chosen = chooseBass(song, path, options.track)
  const window = loopWindow(chosen.part, songMeasures(song, path, options.metre), path, options)
  const played = songBass(chosen.part.notes, window, options)
  const questions = played.runs.map((run) => {
    const [from, to] = [run.beat, run.beat + runBeats(run)].map((beat) => secondsAt(line, window.beat + beat))
    const form = hearForm(run.bass)
    return {
      fixed: fixedGroove(run.bass),
      ...(form.length > 0 && { form }),
      bpm: (60 * runBeats(run)) / ((to as number) - (from as number)),
      swing: played.drumSwing,
    }
  })
  const answer: Answer = options.fixed
    ? { grooves: questions.map(({ fixed }) => fixed), source: 'fixed', notices: unusedBy(options) }
    : await answerGrooves(questions, options)
  for (const notice of window.notices) process.stderr.write(`${path} ${notice}\n`)
  for (const notice of answer.notices) process.stderr.write(`${notice}\n`)
  const bass = onGridOf(played, answer.grooves)
  const hits = songHits(bass, answer.grooves, line)
  if (options.output !== undefined) await writeWholeFile(options.output, grooveMidi(chosen.part, bass, hits, line))
  process.stdout.write(
    options.json
      ? `${JSON.stringify(grooveJson(chosen, bass, hits, answer, options))}\n`
      : describe(line, bass, hits, answer),
  )
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

/** Options that only a model follows. */
const modelOptions = ['model', 'temperature', 'style', 'intensity', 'fill'] as const

/** What is asked of a fixed groove in vain. */
function unusedBy(options: Options): string[] {
  const unused = modelOptions.filter((option) => options[option] !== undefined).map((option) => `--${option}`)
  return unused.length === 0 ? [] : [`The fixed groove follows the bass alone: ${unused.join(', ')} changed nothing.`]
}

function metreOption(text: string): Metre {
  try {
    return parseMetre(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

function grooveJson(
  chosen: ChosenBass,
  bass: SongBass,
  hits: readonly SongHit[],
  { source }: Answer,
  { style }: Options,
) {
  const { window, runs, subdivision, notes } = bass
  const rounded = (value: number, to: number) => Math.round(value * to) / to + 0
  const metres = runs.map(({ metre, before }) => {
    return { bar: before + 1, metre: metreName(metre), stepsPerBar: stepsPerBar(metre, bass) }
  })
  return {
    metre: metres[0]?.metre,
    bars: window.measures,
    stepsPerBar: metres[0]?.stepsPerBar,
    source,
    bass: notes.map(({ step, steps, pitch, velocity, beat }) => {
      return { step, steps, pitch, velocity, beat: rounded(beat, 10_000) }
    }),
    drums: hits.map(({ step, drum, velocity, offsetMs, beat }) => {
      return { step, drum, velocity, offsetMs: rounded(offsetMs, 10), beat: rounded(beat, 10_000) }
    }),
    stepsPerBeat: subdivision.stepsPerBeat,
    swing: rounded(subdivision.swing, 1000),
    pickup: rounded(window.pickup, 10_000),
    style: style ?? null,
    from: window.bar,
    metres,
    form: runs.flatMap(({ bass, before }) => {
      const parts = hearForm(bass)
      return partEnds(parts).map((end, part) => {
        const { name, measures } = parts[part] as FormPart
        return { name, bar: before + end + 2 - measures, bars: measures }
      })
    }),
    bassPart: bassJson(chosen),
  }
}

function stepsPerBar(metre: Metre, { subdivision }: SongBass): Steps {
  return ownStep(stepsPerMeasure(metre), subdivision)
}

function describe(line: Timeline, bass: SongBass, hits: readonly SongHit[], { source }: Answer): string {
  const { window, runs, notes, subdivision } = bass
  const tempo = Math.round(tempoAt(line, window.beat))
  const length = window.measures === 1 ? '1 measure' : `${window.measures} measures`
  const metres = runs.slice(0, mostMetres).map(({ metre, before }) => {
    return before === 0 ? metreName(metre) : `${metreName(metre)} from measure ${before + 1}`
  })
  const more = runs.length > mostMetres ? ['…'] : []
  const swing = subdivision.swing === 1 / 2 ? [] : [`swing ${subdivision.swing}`]
  const head = [...metres, ...more, `${tempo} beats a minute`, length, ...swing, `${source} groove`].join(', ')
  return `${head}\n\n${stepGrid(gridRuns(bass), notes, hits)}\n`
}

/** How many metres are named. */
const mostMetres = 4

function gridRuns(bass: SongBass): GridRun[] {
  const runs = bass.runs.map(({ metre, before, measures, firstSixteenth }): GridRun => {
    const firstStep = ownStep(firstSixteenth, bass.subdivision)
    return { bar: before + 1, firstStep, measures, stepsPerMeasure: stepsPerBar(metre, bass) }
  })
  const first = bass.notes[0]?.step ?? 0
  return first < 0 ? [{ bar: 0, firstStep: first, measures: 1, stepsPerMeasure: -first }, ...runs] : runs
}
