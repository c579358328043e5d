import { parseArgs } from 'node:util'
import { type Evening, playEvening } from './evening.ts'

const usage = `npm run soak -- [--minutes 120] [--seed 1] [--json]

A performer who never tires plays for so many minutes of music, as fast as it goes, and every promise is watched.`

/** The heap may grow by no more, in bytes an hour: what is measured jitters by about as much. */
const steepest = 2e6

/** Plays, reports, and returns the exit code: 1 where a promise was broken. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '120' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(usage)
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) return say(`Minutes and the seed are numbers.\n\n${usage}`, 2)
  const began = performance.now()
  const evening = await playEvening(seed, 60 * minutes)
  const realSeconds = (performance.now() - began) / 1000
  const { slope } = evening.heap
  if (slope !== null && slope > steepest)
    evening.book.breach('memory is flat', `it grows by ${megabytes(slope)} MB an hour`)
  say(values.json ? JSON.stringify(json(evening, seed, realSeconds)) : text(evening, seed, realSeconds))
  return evening.book.breaches.size > 0 ? 1 : 0
}

function json({ heap, book, ...evening }: Evening, seed: number, realSeconds: number) {
  const { slope, weighings } = heap
  return {
    ...{ seed, realSeconds, ...evening, heapBytesPerHour: slope, heapBytes: weighings.map(({ bytes }) => bytes) },
    ...{ broken: Object.fromEntries(book.breaches), first: book.first },
  }
}

function text(evening: Evening, seed: number, realSeconds: number): string {
  const { heap, book, keyMs, scenes } = evening
  const weight = heap.weighings.at(-1)
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
      weight
        ? `${megabytes(weight.bytes)} MB, ${heap.slope === null ? 'too short for a slope' : `${megabytes(heap.slope)} MB an hour`}`
        : 'not weighed',
    ],
    [
      'scenes',
      Object.entries(scenes)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ],
  ]
  const table = rows.map(([name, value]) => `${name.padEnd(20)}${value}`).join('\n')
  if (book.breaches.size === 0) return `${table}\n\nEvery promise was kept.`
  const broken = [...book.breaches].map(([promise, count]) => `  ${promise}: broken ${count} times`)
  return `${table}\n\nBroken:\n${broken.join('\n')}\n\n${book.first.join('\n')}`
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}

function say(message: string, code = 0): number {
  process.stdout.write(`${message}\n`)
  return code
}
