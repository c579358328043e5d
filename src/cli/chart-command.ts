import { Command } from 'commander'
import { type Charts, type Chorus, type Measure, measureWords, songOf } from '../io/charts/index.ts'
import { metreText } from '../music/index.ts'
import { chartInput } from './chart-input.ts'
import { writeWholeFile } from './files.ts'
import { jsonOption } from './options.ts'

type Options = { output?: string; json?: boolean }

/** `tradefours chart`: lead sheets of other programs, as measures in playing order. */
export function chartCommand(): Command {
  return new Command('chart')
    .summary('read a chord chart of iReal Pro, MusicXML, ChordPro or plain text')
    .description(
      `Reads a chord chart: a link of iReal Pro (irealb:// or irealbook://), a page in HTML with such links, MusicXML
(.musicxml, .xml, .mxl), ChordPro, or text such as "|: Dm7 | G7 | Cmaj7 | % :|". Prints one chorus, measure by
measure as it is played: repeats, endings, D.C., D.S. and coda are carried out. What can't be read is named,
and the rest is read.`,
    )
    .argument('<chart>', 'a file, a link, or the chart itself')
    .option(
      '-o, --output <song.json>',
      'write a song that Tradefours plays, or a set list where there are several songs',
    )
    .addOption(jsonOption('lines of measures'))
    .addHelpText(
      'after',
      `
JSON: {title, composer, style, tempo, key, bars: [{section, metre, chords: [{symbol, beat, root, bass, tones}]}],
       notices}; null is what the chart does not say. A bar in a style of its own, as in [B: bossa], has it as
       style. Several songs: {title, songs: [the same], notices}.
A chord is listed where it begins; beat counts quarter notes from the start of its measure. root, bass and tones
are pitch classes, C is 0. N.C. stands for no chord: its root and bass are null, and it has no tones.

Examples:
  tradefours chart "|: Dm7 | G7 | Cmaj7 | % :|"
  tradefours chart examples/charts/minor-blues.txt
  tradefours chart examples/charts/minor-blues.txt -o minor-blues.json
  tradefours chart playlist.html --json`,
    )
    .action(run)
}

async function run(input: string, options: Options): Promise<void> {
  const charts = await chartInput(input)
  const { songs, notices } = charts
  for (const notice of notices) process.stderr.write(`${notice}\n`)
  for (const { title, notices } of songs) {
    const name = songs.length > 1 ? `${title ?? 'A song'}: ` : ''
    for (const notice of notices) process.stderr.write(`${name}${notice}\n`)
  }
  if (options.output !== undefined) await writeSongs(options.output, charts)
  process.stdout.write(options.json ? `${JSON.stringify(chartsJson(charts))}\n` : songs.map(describe).join('\n'))
  if (options.output !== undefined && !options.json) process.stdout.write(`\nWritten to ${options.output}\n`)
}

async function writeSongs(path: string, { title, songs }: Charts): Promise<void> {
  const made = songs.map(songOf)
  for (const notice of new Set(made.flatMap(({ notices }) => notices))) process.stderr.write(`${notice}\n`)
  const [first] = made
  if (made.length > maxSongs) process.stderr.write(`A set list has ${maxSongs} songs at most: the rest is left out.\n`)
  const content =
    made.length === 1
      ? first?.song
      : {
          format: 'tradefours-set-list',
          version: first?.song.version,
          title: title ?? 'Set list',
          songs: made.slice(0, maxSongs).map(({ song }) => song),
        }
  await writeWholeFile(path, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`))
}

/** The most songs of a set list. */
const maxSongs = 64

function chartsJson({ title, songs, notices }: Charts): object {
  const [only] = songs
  const isOne = songs.length === 1 && only
  return isOne
    ? { ...chartJson(only), notices: [...only.notices, ...notices] }
    : { title, songs: songs.map(chartJson), notices }
}

function chartJson({ title, composer, style, tempo, key, bars, notices }: Chorus): object {
  return { title, composer, style, tempo, key, bars: bars.map(barJson), notices }
}

function barJson({ section, style, metre, chords }: Measure): object {
  return {
    section,
    ...(style !== null && { style }),
    metre: metreText(metre),
    chords: chords.map(({ symbol, beat, chord }) => ({
      symbol,
      beat,
      root: chord?.root ?? null,
      bass: chord?.bass ?? null,
      tones: chord?.tones ?? [],
    })),
  }
}

/** A title and rows of four measures. */
function describe({ title, composer, style, tempo, key, bars }: Chorus): string {
  const facts = [
    composer,
    style,
    key === null ? null : `in ${key}`,
    tempo === null ? null : `${tempo} beats a minute`,
    `${bars.length} measures`,
  ]
  const lines = [title ?? 'Untitled', facts.filter((fact) => fact !== null).join(', ')]
  let row: string[] = []
  let heading = ''
  const finish = () => {
    if (row.length > 0) lines.push(`| ${row.map((cell) => cell.padEnd(cellWidth)).join(' | ')} |`)
    row = []
  }
  for (const bar of bars) {
    const over = [bar.section, metreText(bar.metre), bar.style].filter(Boolean).join(', ')
    if (over !== heading || row.length === 4) finish()
    if (over !== heading) lines.push(`\n${over}`)
    heading = over
    row.push(cellText(bar))
  }
  finish()
  return `${lines.join('\n')}\n`
}

const cellWidth = 14

/** The chords of a measure, which share it; a dot stands where the chord before goes on. */
function cellText(bar: Measure): string {
  return measureWords(bar)
    .words.map((placed) => placed?.symbol ?? '.')
    .join(' ')
}
