import { Command, InvalidArgumentError } from 'commander'
import { createWavWriter, renderPieces, wavHead } from '../devices/audio/index.ts'
import { seeded } from '../models/index.ts'
import type { Performance } from '../session/index.ts'
import type { Seconds } from '../timing/index.ts'
import { makeFolder, readText, writeWholeFile } from './files.ts'
import { InputError, named } from './input-error.ts'
import { band } from './models.ts'
import { decimal, jsonOption, seedOption } from './options.ts'
import { readPerformanceFile } from './performance-file.ts'
import { type Answers, answersTo, type Key, type Report, readAnswers, readKey, scoreAnswers } from './trial/answers.ts'
import { type Block, trialPage } from './trial/trial-page.ts'
import { type Comparison, type Condition, comparisons, type Version, versionOf } from './trial/versions.ts'
import { bits, openSounds, sampleRate } from './write-wav.ts'

type Options = {
  readonly output?: string
  readonly score?: string
  readonly compare: readonly Comparison[]
  readonly from: Seconds
  readonly seconds: Seconds
  readonly seed: number
  readonly json?: boolean
}

/** `tradefours trial`: a blind listening test from recorded performances, and what its listeners say. */
export function trialCommand(): Command {
  return new Command('trial')
    .summary('make a blind listening test from performances, and score its answers')
    .description(
      `Makes a listening test: the same hands are heard under several conditions, which the listener isn't told. The
folder gets listen/index.html with its sounds, to be given to listeners on any web host or on a stick, and
key.json, which says what each sound is and stays with you. The page gives each listener a file of answers.
--score reads these files and compares the conditions.

  band    the band listens to the soloist, to the soloist of another performance (yoked), or to nobody (off)
  solo    the performer's own pitches, live answers, or phrases of the machine's own
  memory  answers with the memory of this session, or without

With two performances or more, band uses the next one in the list for its yoked condition.`,
    )
    .argument('<files...>', 'recorded performances; with --score, files of answers')
    .option('-o, --output <folder>', 'the folder to make the test in')
    .option('--score <folder>', 'score answers to the test in this folder')
    .option('--compare <list>', 'what is compared: band, solo, memory, with commas between', comparisonsOption, [
      'band',
      'solo',
      'memory',
    ])
    .option('--from <seconds>', 'where in a performance the clips begin', decimal(0, 86_400), 0)
    .option('--seconds <count>', 'how long a clip is', decimal(1, 600), 60)
    .addOption(seedOption())
    .addOption(jsonOption('lines'))
    .addHelpText(
      'after',
      `
JSON: {output, clips: count}; with --score {listeners, comparisons: [{comparison, conditions: [{condition, ratings,
mean}], pairs: [{first, second, pairs, difference, p}]}]}. p says how often chance alone would give such a
difference: a permutation test within listeners and performances.

Examples:
  tradefours trial evening.tradefours matinee.tradefours -o trial --from 30
  tradefours trial --score trial answers-anna.json answers-ben.json`,
    )
    .action(run)
}

function comparisonsOption(text: string): Comparison[] {
  return text.split(',').map((name) => {
    if (Object.hasOwn(comparisons, name)) return name as Comparison
    throw new InvalidArgumentError(`Use ${Object.keys(comparisons).join(', ')}, with commas between them.`)
  })
}

async function run(files: readonly string[], options: Options): Promise<void> {
  if (options.score !== undefined) return scoreFiles(options.score, files, options.json === true)
  const { output } = options
  if (output === undefined)
    throw new InputError('Nothing says where to write the test: name a folder with -o, or answers with --score.')
  if (options.compare.includes('band') && files.length < 2)
    throw new InputError(
      'The band is compared with one that hears another soloist: give two performances or more, or leave band out of --compare.',
    )
  const performances: Performance[] = []
  for (const file of files) performances.push(await readPerformanceFile(file))
  const clips = await makeTrial(output, performances, options)
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ output, clips })}\n`
      : `${clips} clips. Give ${output}/listen to your listeners; keep ${output}/key.json.\n`,
  )
}

/** Writes sounds, page and key. @returns the number of clips. */
async function makeTrial(folder: string, performances: readonly Performance[], options: Options): Promise<number> {
  const { seed, compare } = options
  const models = await band()
  for (const notice of models.notices) process.stderr.write(`${notice}\n`)
  const write = await clipWriter(options)
  const random = seeded(seed)
  // Names that say nothing: in order, they would say which condition comes first.
  const name = () =>
    Math.floor(random.next() * 2 ** 40)
      .toString(36)
      .padStart(8, '0')
  const key: Key = { format: 'tradefours-trial', version: 1, trial: name(), clips: {} }
  const blocks: Block[] = []
  await makeFolder(`${folder}/listen`)
  for (const [index, performance] of performances.entries()) {
    const other = performances[(index + 1) % performances.length] ?? performance
    for (const comparison of compare) {
      const { question, conditions } = comparisons[comparison]
      const clips = new Map<string, Condition>(conditions.map((condition) => [name(), condition]))
      for (const [clip, condition] of clips) {
        await write(`${folder}/listen/${clip}.wav`, versionOf(condition, performance, other, models))
        key.clips[clip] = { performance: String(index + 1), comparison, condition }
      }
      blocks.push({ id: name(), question, clips: [...clips.keys()].sort() })
    }
  }
  const text = (value: string) => new TextEncoder().encode(value)
  await writeWholeFile(`${folder}/listen/index.html`, text(trialPage(key.trial, blocks)))
  await writeWholeFile(`${folder}/key.json`, text(`${JSON.stringify(key, null, 2)}\n`))
  return Object.keys(key.clips).length
}

/** How much quieter each layer is, so that two of them together hardly reach full scale. */
const layerGain = 0.7

/** What renders a stretch of a version to a file. */
async function clipWriter({ from, seconds }: Pick<Options, 'from' | 'seconds'>) {
  const { bank, contextOf } = await openSounds()
  const frames = Math.round(seconds * sampleRate)
  return async (path: string, version: Version) => {
    const clip = [new Float32Array(frames), new Float32Array(frames)]
    for (const { performance, parts } of version) {
      const { pieces } = renderPieces(performance, bank, sampleRate, contextOf, parts ? { parts } : {})
      let at = -Math.round(from * sampleRate)
      for await (const piece of pieces) {
        for (const [side, channel] of piece.entries()) addTo(clip[side], channel, at, layerGain)
        at += piece[0]?.length ?? 0
        if (at >= frames) break
      }
    }
    async function* file() {
      yield wavHead({ channels: 2, frames, sampleRate }, bits)
      yield createWavWriter(bits)(clip)
    }
    await writeWholeFile(path, file())
  }
}

function addTo(sum: Float32Array | undefined, samples: Float32Array, at: number, gain: number): void {
  if (!sum) return
  const last = Math.min(samples.length, sum.length - at)
  for (let index = Math.max(0, -at); index < last; index++) {
    sum[at + index] = (sum[at + index] ?? 0) + gain * (samples[index] ?? 0)
  }
}

const mostBytes = 16 * 1024 * 1024

async function scoreFiles(folder: string, files: readonly string[], isJson: boolean): Promise<void> {
  const read = async <T>(path: string, reader: (text: string) => T) => {
    const text = await readText(path, mostBytes)
    return named(path, () => reader(text))
  }
  const key = await read(`${folder}/key.json`, readKey)
  const answers: Answers[] = []
  for (const file of files) answers.push(await read(file, (text) => answersTo(key, readAnswers(text), answers)))
  const report = scoreAnswers(key, answers)
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : describe(report))
}

function describe({ listeners, comparisons: scored }: Report): string {
  const lines = scored.flatMap(({ comparison, conditions, pairs }) => [
    '',
    comparison,
    ...conditions.map(
      ({ condition, ratings, mean }) => `  ${condition.padEnd(10)} ${mean.toFixed(2)} of 7, from ${ratings} ratings`,
    ),
    ...pairs.map(
      ({ first, second, pairs, difference, p }) =>
        `  ${first} less ${second}: ${difference.toFixed(2)} in ${pairs} pairs, p = ${p.toFixed(4)}`,
    ),
  ])
  return `${listeners} ${listeners === 1 ? 'listener' : 'listeners'}${lines.map((line) => `\n${line}`).join('')}\n`
}
