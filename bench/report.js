import { median } from './race.js'
import { shapes } from './shapes.js'

/** Who takes part, and how the tables call them. */
export const contenders = {
  ours: 'Tradefours',
  twin: 'its scalar twin',
  onnxruntime: 'onnxruntime-web',
  'magenta-wasm': '@magenta/music, wasm',
  'magenta-cpu': '@magenta/music, cpu',
}

/**
 * @typedef {keyof typeof contenders} Name
 * @typedef {Record<Name, number[]>[]} Times milliseconds of everyone's turns, for each shape.
 * @typedef {{ times: Times, floors: number[] }} Raced everyone's turns, and how long it takes to read the weights of one.
 * @typedef {{
 *   machine: string
 *   engineBytes: number
 *   node: Raced
 *   chromium: Raced & {
 *     version: string
 *     firsts: Times
 *     bytes: Record<Name, number>
 *     stalls: { where: string, name: Name, longest: number }[]
 *   }
 * }} Results
 */

const names = /** @type {Name[]} */ (Object.keys(contenders))

/** The targets: how many times as fast as each peer, the first result, the engine's size. */
/** @type {readonly { name: Name, least: number }[]} */
const speedups = [
  { name: 'magenta-cpu', least: 60 },
  { name: 'magenta-wasm', least: 3 },
  { name: 'onnxruntime', least: 2 },
]
const firstResultMs = 150
const engineKiB = 10

/** The tables. */
export function report(/** @type {Results} */ { machine, engineBytes, node, chromium }) {
  const columns = shapes.map(({ name }) => name)
  const timings = (/** @type {string} */ title, /** @type {Raced} */ { times, floors }) => [
    `${title}: 32 steps primed and 32 generated, milliseconds (times ours)`,
    '',
    table(
      ['', ...columns],
      [
        ...names.map((name) => [
          contenders[name],
          ...times.map((each, index) => {
            const [own, ours] = [median(each[name]), median(each.ours)]
            const mark = name.startsWith('magenta') && shapes[index].attention?.around === 'first' ? '*' : ''
            return name === 'ours' ? number(own) : `${number(own)}${mark} (${number(own / ours)})`
          }),
        ]),
        ['the floor', ...floors.map((each, index) => `${number(each)} (${number(each / median(times[index].ours))})`)],
      ],
    ),
    '',
  ]
  const ratios = (/** @type {Name} */ name) => chromium.times.map((each) => median(each[name]) / median(each.ours))
  const slowest = Math.max(...chromium.firsts.map(({ ours }) => median(ours)))
  const targets = [
    ...speedups.map(({ name, least }) => {
      const worst = Math.min(...ratios(name))
      const where = columns[ratios(name).indexOf(worst)]
      return {
        target: `${least} × ${contenders[name]}`,
        measured: `${number(worst)} × on ${where}`,
        met: worst >= least,
      }
    }),
    {
      target: `first result within ${firstResultMs} ms`,
      measured: `${number(slowest)} ms at most`,
      met: slowest <= firstResultMs,
    },
    { target: `engine of ${engineKiB} KiB gzip`, measured: kib(engineBytes), met: engineBytes <= engineKiB * 1024 },
  ]
  return [
    machine,
    '',
    ...timings(`Node`, node),
    ...timings(`Chromium ${chromium.version}, each in a worker`, chromium),
    '* Its own operations in an attention of ours: it has none around the first cell.',
    'Everyone has one thread, and played the same tokens before the clock ran.',
    'The floor: to read, and do nothing else, the weights that a step needs, 64 times.',
    '',
    'Chromium, from starting a worker to the first token after 32 primed: code, weights and all, milliseconds',
    '',
    table(
      ['', ...columns, 'code, gzip'],
      names
        .filter((name) => name !== 'twin')
        .map((name) => [
          contenders[name],
          ...chromium.firsts.map((each) => number(median(each[name]))),
          kib(chromium.bytes[name]),
        ]),
    ),
    '',
    `Chromium, longest stall of the main thread while ${columns[1]} plays`,
    '',
    table(
      ['', 'milliseconds'],
      chromium.stalls.map(({ where, name, longest }) => [`${contenders[name]}, in the ${where}`, number(longest)]),
    ),
    '',
    'Targets, Chromium, the worst shape',
    '',
    table(
      ['', 'measured', ''],
      targets.map(({ target, measured, met }) => [target, measured, met ? 'met' : 'not met']),
    ),
  ].join('\n')
}

const number = (/** @type {number} */ value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
const kib = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KiB`

/** A Markdown table, its columns padded. */
function table(/** @type {string[]} */ head, /** @type {string[][]} */ rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length), 3))
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [head, rule, ...rows].map(line).join('\n')
}
