import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../src/cli/index.ts'
import type { MidiPitch } from '../../src/music/index.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { type LineStatistics, lineStatistics } from '../statistics.ts'
import { pitchesOf } from './baselines.ts'
import { material, playAll, statisticsColumns, valuesOf } from './material.ts'
import { improvise } from './solo-player.ts'
import { bandTargets, soloBands } from './targets.ts'
import { chartAmiss, type Trade, tradeOf } from './trade.ts'

const settings: readonly (readonly [name: string, ...options: string[]])[] = [
  ['respond, live, harmony 0.5', '--mode', 'live', '--harmony', '0.5'],
  ['respond, live, harmony 1', '--mode', 'live', '--harmony', '1'],
  ['respond, live, contour 1', '--mode', 'live', '--contour', '1'],
  ['respond, classic', '--mode', 'classic'],
]

/** `tradefours respond` on the validation solos, as MIDI files and charts. */
export async function respondSection(options: Options): Promise<Section> {
  const { solo, lines: solos } = await material(options)
  const trades = solos.flatMap((each) => tradeOf(each) ?? [])
  const lines = trades.map(({ line }) => line)
  const folder = options.midi ?? mkdtempSync(join(tmpdir(), 'tradefours-'))
  const figuresOf = (pitches: readonly (readonly MidiPitch[])[]) =>
    lineStatistics(
      lines.map(({ notes }, index) => ({ notes: notes.slice(0, pitches[index]?.length) })),
      pitches,
    )
  const answered = async (...args: string[]) => {
    const pitches: MidiPitch[][] = []
    for (const [index, trade] of trades.entries()) {
      pitches.push(await respond(folder, trade, ...args, '--seed', `${options.seed + index}`))
    }
    return figuresOf(pitches)
  }
  const played = (player: Parameters<typeof playAll>[2]) => figuresOf(playAll(lines, options.seed, player))

  const human = figuresOf(lines.map(pitchesOf))
  const direct = played((line, random) => improvise(solo, line, solo.sampling, random))
  for (const trade of trades) save(folder, trade)
  const live = await answered('--mode', 'live')
  const others: [string, LineStatistics][] = []
  for (const [name, ...args] of settings) others.push([name, await answered(...args)])
  if (options.midi === undefined) rmSync(folder, { recursive: true })

  const beats = lines.flatMap(({ track }) => track)
  const amiss = trades.flatMap(chartAmiss)
  const rows = [['human', human], ['respond, live', live], ...others, ['solo itself', direct]] as const
  return {
    title: 'respond',
    notes: [
      `The command itself, from MIDI files and a chart to its JSON. Of each solo the first annotated phrase is the call and all the rest the rhythm: ${lines.flatMap(({ notes }) => notes).length} notes in all, at the seconds at which they were played. \`--midi DIR\` keeps the files. Left out, because their measures are not all as long: ${solos.length - lines.length} of ${solos.length} solos.`,
      `The charts have the database's chords, beat by beat, in the spelling of lead sheets. On ${amiss.length} of ${beats.length} beats (${percent(amiss.length / beats.length)}) a chord of that name has other tones there: ${[...new Set(amiss.map((symbol) => symbol.replace(/^[A-G][b#]?/, '')))].join(', ')}. The figures are against the database's.`,
      'In classic mode only the notes that the model answers count, 64 at most. "Solo itself" is the model without the command, on the same notes as they are notated, and without the call.',
    ],
    tables: [
      {
        title: `\`tradefours respond\` on the rhythm and over the chords of ${lines.length} validation solos`,
        columns: statisticsColumns,
        rows: rows.map(([name, figures]) => [name, ...valuesOf(figures)]),
      },
    ],
    pictures: [],
    targets: bandTargets('respond', live, soloBands(human)),
  }
}

const fileOf = (folder: string, { line: { id } }: Trade, part: string) => join(folder, `${id}-${part}`)

function save(folder: string, trade: Trade): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(folder, trade, 'call.mid'), trade.call)
  writeFileSync(fileOf(folder, trade, 'rhythm.mid'), trade.rhythm)
  writeFileSync(fileOf(folder, trade, 'chords.txt'), `${trade.chords}\n`)
}

/** The pitches that a model chose. */
async function respond(folder: string, trade: Trade, ...options: string[]): Promise<MidiPitch[]> {
  const files = ['call.mid', 'rhythm.mid'].map((part) => fileOf(folder, trade, part))
  return JSON.parse(await tradefours('respond', ...files, '--chords', trade.chords, '--json', ...options)).pitches
}

/** What the command line prints. */
async function tradefours(...args: string[]): Promise<string> {
  const { write } = process.stdout
  let printed = ''
  process.stdout.write = (text: string | Uint8Array) => {
    printed += text
    return true
  }
  try {
    const status = await main(args)
    if (status !== 0) throw new Error(`tradefours ${args.join(' ')} ended with ${status}.`)
    return printed
  } finally {
    process.stdout.write = write
  }
}
