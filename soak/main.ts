import { parseArgs } from 'node:util'
import type { OpenTheatre } from './page/browser-harness.ts'
import { playConcert } from './page/concert.ts'
import { concertText, judge } from './page/report.ts'
import { megabytes, report, sceneCounts } from './report.ts'
import { type Evening, playEvening } from './simulation.ts'

const usage = `npm run soak -- [--minutes 120] [--seed 1] [--json]
npm run soak -- --browser [--minutes 15] [--seed 1] [--stay]

A performer who never tires plays for so many minutes of music, as fast as it goes, and every promise is watched; in a
browser before the real page, in real time. --stay never loads the page anew: what grows shows after a quarter of an
hour.`

/** The heap may grow by no more, in bytes an hour: what is measured jitters by about as much. */
const steepest = 2e6

/**
 * Plays, reports, and returns the exit code: 1 where a promise was broken.
 *
 * @param openTheatre opens the page in a browser, where it is to be played.
 */
export async function main(args: readonly string[], openTheatre: OpenTheatre): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      stay: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(usage)
  const [minutes, seed] = [Number(values.minutes ?? (values.browser ? 15 : 120)), Number(values.seed)]
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) return say(`Minutes and the seed are numbers.\n\n${usage}`, 2)
  return values.browser
    ? inBrowser(openTheatre, seed, minutes, values.stay)
    : asFastAsItGoes(seed, minutes, values.json)
}

async function inBrowser(openTheatre: OpenTheatre, seed: number, minutes: number, stays: boolean): Promise<number> {
  const concert = await playConcert(openTheatre, seed, 60 * minutes, stays)
  judge(concert)
  return say(concertText(concert, seed), concert.book.breaches.size > 0 ? 1 : 0)
}

async function asFastAsItGoes(seed: number, minutes: number, isJson: boolean): Promise<number> {
  const began = performance.now()
  const evening = await playEvening(seed, 60 * minutes)
  const realSeconds = (performance.now() - began) / 1000
  const { slope } = evening.heap
  if (slope !== null && slope > steepest)
    evening.book.breach('memory is flat', `it grows by ${megabytes(slope)} MB an hour`)
  const told = isJson ? JSON.stringify(json(evening, seed, realSeconds)) : text(evening, seed, realSeconds)
  return say(told, evening.book.breaches.size > 0 ? 1 : 0)
}

function json({ heap, book, ...evening }: Evening, seed: number, realSeconds: number) {
  const { slope, weighings } = heap
  return {
    ...{ seed, realSeconds, ...evening, heapBytesPerHour: slope, heapBytes: weighings.map(({ weight }) => weight) },
    ...{ broken: Object.fromEntries(book.breaches), first: book.first },
  }
}

function text(evening: Evening, seed: number, realSeconds: number): string {
  const { heap, book, keyMs, scenes } = evening
  const last = heap.weighings.at(-1)
  const rows: [string, string | number][] = [
    ['seed', seed],
    ['minutes of music', (evening.seconds / 60).toFixed(1)],
    ['took', `${realSeconds.toFixed(0)} s`],
    [
      'events',
      `${evening.events}, ${Math.round(evening.events / realSeconds)} a second, and ${evening.wakes} wake-ups`,
    ],
    ['keys sounded', evening.notes],
    ['notes of loops', `${evening.loopNotes}, ${evening.compared} of them compared`],
    ['missed', evening.missed],
    ['hanging', evening.hanging],
    ['refused', evening.refused],
    ['late', `${evening.latenessMs.toFixed(3)} ms at most`],
    [
      'key to sound',
      `median ${keyMs.median.toFixed(3)} ms, p99 ${keyMs.p99.toFixed(3)} ms, most ${keyMs.most.toFixed(3)} ms`,
    ],
    ['answers of models', evening.answers],
    ['threads killed', `${evening.kills}, replaced ${evening.restarts}`],
    ['sessions recovered', evening.recovered],
    [
      'heap',
      last
        ? `${megabytes(last.weight)} MB, ${heap.slope === null ? 'too short for a slope' : `${megabytes(heap.slope)} MB an hour`}`
        : 'not weighed',
    ],
    ['scenes', sceneCounts(scenes)],
  ]
  return report(rows, book)
}

function say(message: string, code = 0): number {
  process.stdout.write(`${message}\n`)
  return code
}
