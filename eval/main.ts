import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { encodingNames } from '../src/models/index.ts'
import { bandSection } from './band/section.ts'
import { drummerSection } from './drums/drummer-section.ts'
import { drumFormSection } from './drums/form-section.ts'
import { drumGrooveSection } from './drums/groove-section.ts'
import { drumLikelihoodSection } from './drums/likelihood-section.ts'
import { feelSection } from './feel-section.ts'
import { filesSection } from './files/section.ts'
import { fitWeights } from './free/fit.ts'
import { freeSection } from './free/section.ts'
import { fitBalance } from './lines/balance-fit.ts'
import { classicSection } from './lines/classic-section.ts'
import { judgeSection } from './lines/judge-section.ts'
import { melodySection } from './lines/melody-section.ts'
import { fitMixing } from './lines/memory-fit.ts'
import { memorySection } from './lines/memory-section.ts'
import { phraseSection } from './lines/phrase-section.ts'
import { respondSection } from './lines/respond-section.ts'
import { soloSection, sweep } from './lines/solo-section.ts'
import type { Options } from './options.ts'
import { fillsSection } from './phrases/fills-section.ts'
import { ownPhrasesSection } from './phrases/section.ts'
import { page, type Section, tableText, targetsText } from './report/report.ts'

const usage = `npm run eval -- [--data DIR] [--only solo|memory|judge|respond|melody|classic|phrase|own-phrases|duet|drums|feel|free|files|band] [--seed N]
             [--quick] [--sweep] [--fit] [--model MODEL] [--encoding NAME] [--midi DIR] [--out docs]

Measures the shipped models, and the rule for a phrase's end, on the pieces that were held out from their training.
--data is laid out as training/README.md says. --quick takes fewer pieces and samples; --sweep tries solo at other
settings; --fit learns how what is heard of a free take is weighed, or with --only memory how memories are mixed, with --only
judge how lines are balanced, and writes it into the source; --model names another melody model, such as Magenta's attention_rnn, to measure in classic mode, or with --only
memory the folder of a solo that was trained without some performers; --midi saves the MIDI files that respond is measured on;
--out writes evaluation.md and its pictures to a
folder.`

/** Runs the evaluation that the options ask for; returns the exit code: 1 where a target is not met. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      midi: { type: 'string' },
      model: { type: 'string' },
      encoding: { type: 'string' },
      out: { type: 'string' },
      quick: { type: 'boolean', default: false },
      sweep: { type: 'boolean', default: false },
      fit: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const data = values.data ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
  if (values.help) return say(usage)
  if (!existsSync(join(data, 'weimar-jazz'))) {
    return say(
      `There are no corpora at ${values.data ?? '../shared/data'}: name their folder with --data.\n\n${usage}`,
      1,
    )
  }
  if (values.only && !measures.some(([subject]) => subject === values.only)) {
    return say(`There is nothing named ${values.only} to measure.\n\n${usage}`, 1)
  }
  if (values.only && values.out) return say('--out writes the whole page: leave --only out.', 1)
  if (!Number.isSafeInteger(Number(values.seed))) return say(`The seed is a whole number, not ${values.seed}.`, 1)
  const encoding = encodingNames.find((name) => name === values.encoding)
  if (values.encoding && !encoding)
    return say(`There is no encoding ${values.encoding}: choose ${encodingNames.join(', ')}.`, 1)
  const { quick, midi, model } = values
  const options = { data, seed: Number(values.seed), quick, midi, model, encoding }
  if (values.sweep) return say(tableText(await sweep(options)))
  if (values.fit) return say(await learn(values.only, options))
  const sections: Section[] = []
  for (const [subject, measure] of measures) {
    if (values.only && subject !== values.only) continue
    const section = await measure(options)
    sections.push(section)
    say(`${section.title}\n${'='.repeat(section.title.length)}\n\n${section.tables.map(tableText).join('\n')}`)
  }
  const targets = sections.flatMap(({ targets }) => targets)
  if (values.out) write(values.out, sections, values.quick)
  return say(`Targets\n=======\n\n${targetsText(targets)}`, targets.every(({ met }) => met) ? 0 : 1)
}

const measures: readonly (readonly [subject: string, measure: (options: Options) => Promise<Section>])[] = [
  ['solo', soloSection],
  ['memory', memorySection],
  ['judge', judgeSection],
  ['respond', respondSection],
  ['melody', melodySection],
  ['classic', classicSection],
  ['phrase', phraseSection],
  ['own-phrases', ownPhrasesSection],
  ['duet', fillsSection],
  ['drums', drumLikelihoodSection],
  ['drums', drumGrooveSection],
  ['drums', drummerSection],
  ['drums', drumFormSection],
  ['feel', feelSection],
  ['free', freeSection],
  ['files', filesSection],
  ['band', bandSection],
]

/** Learns weights, and writes them into the source. */
function learn(subject: string | undefined, options: Options): string | Promise<string> {
  if (subject === 'memory') return fitMixing(options)
  return subject === 'judge' ? fitBalance(options) : fitWeights(options)
}

function write(folder: string, sections: readonly Section[], quick: boolean): void {
  mkdirSync(folder, { recursive: true })
  for (const { name, svg } of sections.flatMap(({ pictures }) => pictures)) {
    writeFileSync(join(folder, `eval-${name}.svg`), svg)
  }
  writeFileSync(join(folder, 'evaluation.md'), page('Evaluation', quick ? [about, aboutQuick] : [about], sections))
}

const about =
  'Written by `npm run eval -- --data DIR --out docs`: the shipped weights in the shipped engine, on the pieces held out from their training (`weights/*/validation.json`). Every figure is computed in the run unless it says otherwise. The checkpoints, and the temperature of solo, were chosen on these same pieces, so the figures are a little kind.'

const aboutQuick = 'This was a quick run: few pieces and samples.'

function say(text: string, code = 0): number {
  process.stdout.write(`${text}\n`)
  return code
}
