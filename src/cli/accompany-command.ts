import { Command, InvalidArgumentError, Option } from 'commander'
import {
  type ArrangedMeasure,
  arrange,
  type BandStyle,
  bandStyleFor,
  bandStyles,
  type EndingName,
  endings,
  formOf,
  longestStyle,
  namedStyle,
  parseBandStyle,
} from '../band/index.ts'
import { strokeNote } from '../groove/index.ts'
import { readBandStyle } from '../io/band-style.ts'
import type { Chorus } from '../io/charts/index.ts'
import { melodyPart, writeMidi } from '../io/midi-file/index.ts'
import { measureBeats, type Note, pitchName, rounding } from '../music/index.ts'
import { secondsAt, slowed, slowingFrom, type Timeline, timeline } from '../timing/index.ts'
import { type Accompaniment, accompany } from './accompany.ts'
import { bandJson, metresOf } from './accompany-json.ts'
import { writeAccompaniment } from './accompany-wav.ts'
import { chartInput } from './chart-input.ts'
import { readMidiFile, readText, writeWholeFile } from './files.ts'
import { InputError, named } from './input-error.ts'
import { decimal, jsonOption, Listing, seedOption, wholeNumber } from './options.ts'

type Options = {
  readonly style?: string
  readonly choruses: number
  readonly ending: EndingName
  readonly ritardando?: boolean
  readonly tempo?: number
  readonly intensity: number
  readonly solo?: string
  readonly output?: string
  readonly seed: number
  readonly json?: boolean
}

/** A WAV file counts its bytes in 32 bits, which is ten minutes more than this, in seconds. */
const longestSound = 6 * 60 * 60

/** The longest music that a band plays. */
const mostMeasures = 20_000

/** `tradefours accompany`: the band plays a chart. */
export function accompanyCommand(): Command {
  return new Command('accompany')
    .summary('let the band play a chord chart: bass, chords and drums')
    .description(
      `Plays a chord chart with bass, comping and drums, chorus after chorus, to an ending: the last chord is held, or
the first, if the last is a dominant that leads back to it. The bass walks, plays in two, or plays with the bass
drum, as the style wants it; chords are voiced with the least movement. The drums are those of the model drums,
with a fill where a section ends. The same chart, options and seed always give the same music.

Style and tempo are the chart's, unless they are given. With a solo the band listens: it plays more and louder
where the solo has more notes and louder ones, with fewer notes in its chords under a busy or low line.`,
    )
    .argument('<chart>', 'a chart as tradefours chart reads it: a file, a link, or the chart itself')
    .option(
      '--style <style>',
      'how the band plays: the name of a style, a file that ends in .json, or list to see all styles (default: as the chart says)',
      styleOption,
    )
    .option('--choruses <count>', 'how often the form is played', wholeNumber(1, 1000), 1)
    .addOption(
      new Option(
        '--ending <ending>',
        'how the music ends: held on the last chord, or after a tag: the last four or two measures, three times',
      )
        .choices(Object.keys(endings))
        .default('held'),
    )
    .option('--ritardando', 'get slower into the last chord')
    .option('--tempo <number>', "quarter notes a minute (default: the chart's, or the style's)", decimal(20, 400))
    .option('--intensity <amount>', 'how much is going on: 0 is the least, 1 the most', decimal(0, 1), 0.5)
    .option('--solo <solo.mid>', 'a MIDI file with a solo over the form, to which the band listens')
    .option(
      '-o, --output <file>',
      'write bass (channel 1), chords (2), drums (10) and the solo (3) to a file that ends in .mid, or as sound in .wav',
    )
    .addOption(seedOption())
    .addOption(jsonOption('the music, measure by measure'))
    .addHelpText(
      'after',
      `
JSON: {metre, bars, bass: [note], comp: [note], drums: [{drum, velocity, beat}], title, style, tempo, swing,
       metres: [{bar, metre}], chords: [{symbol, beat}], ending: {bar, beat, symbol} | null,
       parts: [{bar, part, chorus}], tempi: [{beat, bpm}], notices: [sentence]}
A note is {pitch, velocity, beat, beats}. Beats are quarter notes from the start of the music, as it sounds; swing
is where in a beat its second eighth falls. Bars and choruses count from 1. A part is head, solos, head-out, tag
or ending.

Examples:
  tradefours accompany examples/charts/blues.txt --choruses 3 -o blues.mid
  tradefours accompany examples/charts/blues.txt --choruses 4 --ending tag --ritardando -o blues.mid
  tradefours accompany "Dm7 | G7 | Cmaj7 | %" --style bossa --tempo 132 --json
  tradefours accompany blues.txt --solo solo.mid -o played.mid
  tradefours accompany examples/charts/waltz.cho -o waltz.wav
  tradefours accompany blues.txt --style examples/styles/second-line.json
  tradefours accompany --style list`,
    )
    .action(run)
}

async function run(input: string, options: Options): Promise<void> {
  const isSound = options.output !== undefined && /\.wav$/i.test(options.output)
  const { songs, notices } = await chartInput(input)
  const [song] = songs
  if (!song) throw new InputError('The chart has no song that can be read: export it again.')
  const heard = [...notices, ...song.notices]
  if (songs.length > 1)
    heard.push(`Of ${songs.length} songs the first is played: save the others as files of their own.`)
  const measures = arrangedBars(song, options)
  const style = await styleOf(options.style, song)
  if (!options.style) heard.push(...unknownStyles(song, style))
  const bpm = options.tempo ?? song.tempo ?? style.bpm
  const solo = options.solo === undefined ? null : await soloNotes(options.solo)
  const styleOfBar = ({ now }: ArrangedMeasure) => namedStyle(now.style ?? '') ?? style
  const { intensity, seed } = options
  const played = await accompany({ measures, styleOf: styleOfBar, bpm, intensity, seed, solo })
  const tempi = tempiOf(measures, bpm, options)
  const said = [...heard, ...played.notices]
  for (const notice of said) process.stderr.write(`${notice}\n`)
  if (options.output !== undefined) {
    if (isSound && secondsAt(tempi, measures.at(-1)?.start ?? 0) > longestSound)
      throw new InputError('This lasts longer than six hours, too long for a WAV file: write it as .mid.')
    if (isSound) await writeAccompaniment(options.output, played, solo ?? [], style, tempi)
    else await writeWholeFile(options.output, midiOf(song, measures, style, tempi, played, solo))
  }
  const json = () => ({ ...bandJson(song, measures, style, tempi, played), notices: said })
  process.stdout.write(options.json ? `${JSON.stringify(json())}\n` : describe(song, measures, style, bpm, played))
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

function arrangedBars(song: Chorus, { choruses, ending, style }: Options): ArrangedMeasure[] {
  if (song.bars.length * choruses > mostMeasures) {
    const most = Math.max(1, Math.floor(mostMeasures / song.bars.length))
    throw new InputError(
      `${choruses} choruses of ${song.bars.length} measures are more than the band plays: ask for ${most} at most.`,
    )
  }
  const bars = style === undefined ? song.bars : song.bars.map((bar) => ({ ...bar, style: null }))
  return arrange(formOf(bars), choruses, ending)
}

/** The styles of a chart that the band does not know, and what it plays in their place, a sentence each. */
function unknownStyles({ style, bars }: Chorus, { name }: BandStyle): string[] {
  const written = new Set([style, ...bars.map((bar) => bar.style)])
  return [...written].flatMap((words) =>
    words === null || namedStyle(words)
      ? []
      : [`The band does not know the style “${words}”, so it plays ${name}: choose another with --style.`],
  )
}

/** The tempo, and how it falls into the last chord. */
function tempiOf(measures: readonly ArrangedMeasure[], bpm: number, { ritardando }: Options): Timeline {
  const line = timeline(bpm)
  const last = measures.find(({ end }) => end !== null)
  if (!ritardando || !last?.end || last.end === 'over') return line
  const to = last.start + last.end.beat
  return slowed(line, { from: Math.max(0, slowingFrom(to, measureBeats(last.now.metre))), to, bpm }, 0)
}

async function soloNotes(path: string): Promise<readonly Note[]> {
  const song = await readMidiFile(path)
  const part = melodyPart(song.parts)
  if (!part) throw new InputError(`${path} has no notes but percussion: choose a file with a solo.`)
  return part.notes
}

/** The style of a name or of a file; without one, the chart's. */
async function styleOf(text: string | undefined, song: Chorus): Promise<BandStyle> {
  if (text === undefined) return bandStyleFor(song.style, song.bars[0]?.metre)
  if (!text.endsWith('.json')) return parseBandStyle(text)
  const source = await readText(text, longestStyle)
  return named(text, () => readBandStyle(source))
}

/** A style's name or file; `list` prints them all and ends, as `--help` does. */
function styleOption(text: string): string {
  if (text === 'list') throw new Listing(bandStyles)
  try {
    if (!text.endsWith('.json')) parseBandStyle(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
  return text
}

function midiOf(
  { title }: Chorus,
  measures: readonly ArrangedMeasure[],
  style: BandStyle,
  tempi: Timeline,
  { bass, comp, drums }: Accompaniment,
  solo: readonly Note[] | null,
): Uint8Array {
  const last = measures.at(-1)
  const length = last ? last.start + measureBeats(last.now.metre) : 0
  const [first, ...changes] = metresOf(measures)
  const within = (notes: readonly Note[]) => notes.filter(({ beat }) => beat < length)
  return writeMidi({
    metre: first?.metre ?? { numerator: 4, denominator: 4, groups: [1, 1, 1, 1] },
    metreChanges: changes,
    timeline: tempi,
    length,
    tracks: [
      { name: 'Bass', channel: 1, program: style.programs.bass, notes: bass },
      { name: 'Chords', channel: 2, program: style.programs.chords, notes: comp },
      { name: 'Drums', channel: 10, notes: drums.map((hit) => strokeNote({ ...hit, beat: Math.max(0, hit.beat) })) },
      ...(solo ? [{ name: title ? `${title}: solo` : 'Solo', channel: 3, program: 11, notes: within(solo) }] : []),
    ],
  })
}

/** A part in words; choruses of solos are counted. */
function partText({ part, chorus }: ArrangedMeasure): string {
  return part === 'solos' ? `solos, chorus ${chorus + 1}` : part.replace('-', ' ')
}

/** How many measures are shown. */
const shown = 64

function describe(
  { title, bars }: Chorus,
  measures: readonly ArrangedMeasure[],
  style: BandStyle,
  bpm: number,
  { bass, comp, drums }: Accompaniment,
): string {
  const choruses = (measures.at(-1)?.chorus ?? 0) + 1
  const lines = [
    `${title ?? 'Untitled'}: ${style.name}, ${bpm} beats a minute, ${choruses} × ${bars.length} measures`,
    ...measures.slice(0, shown).flatMap((measure, index) => {
      const end = measures[index + 1]?.start ?? Number.POSITIVE_INFINITY
      const within = <Sound extends { beat: number }>(sounds: readonly Sound[]) =>
        sounds.filter(({ beat }) => beat >= measure.start - rounding && beat < end - rounding)
      const symbols = measure.now.chords.map(({ chord, isHeld }) => (isHeld ? '.' : (chord?.symbol ?? 'N.C.')))
      const line = within(bass).map(({ pitch }) => pitchName(pitch))
      const strikes = new Map(within(comp).map((note) => [note.beat, [] as string[]]))
      for (const { beat, pitch } of within(comp)) strikes.get(beat)?.push(pitchName(pitch))
      const chords = [...strikes.values()].map((names) => names.join('-'))
      const before = measures[index - 1]
      const begins = before?.part === measure.part && before.chorus === measure.chorus
      return [
        ...(begins ? [] : [`\n${partText(measure)}`]),
        `${`${index + 1}`.padStart(4)}  ${symbols.join(' ').padEnd(16)} ${line.join(' ').padEnd(24)} ${chords.join(' ')}`,
      ]
    }),
  ]
  if (measures.length > shown) lines.push(`      … and ${measures.length - shown} measures more`)
  lines.push('', `${bass.length} notes of bass, ${comp.length} of chords, ${drums.length} strokes`)
  return `${lines.join('\n')}\n`
}
