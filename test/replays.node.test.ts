import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Performance, readPerformance, transcribe } from '../src/session/index.ts'
import { attentiveSoloist, type Told, toldAs } from './replays/soloist.ts'
import { askAgain, replaySteps } from './replays/steps.ts'
import { some } from './runs.ts'

/**
 * The records were written in the words of version 1. These are the words of today. When a name changes, change it
 * here, and nothing else.
 */
const today = {
  tracks: { click: 'click', bass: 'bass', drums: 'drums', chords: 'chords', solo: 'lead' },
  parts: {
    played: 'played',
    click: 'click',
    bass: 'bass',
    drums: 'drums',
    chords: 'chords',
    solo: 'lead',
    answer: 'answer',
  },
  jobs: { askGroove: 'groove', askMelody: 'melody' },
} as const

type OldTrack = keyof typeof today.tracks
type OldPart = keyof typeof today.parts

/** An effect as version 1 wrote it down. */
type OldEffect =
  | { readonly type: 'sound' | 'stop'; readonly track: OldTrack }
  | { readonly type: 'silence'; readonly track: OldTrack | null }
  | { readonly type: 'askGroove' | 'askMelody'; readonly request: number }
  | { readonly type: 'tell'; readonly notice: string }

/** What an effect of version 1 is today. */
function inTodaysWords(effect: OldEffect): unknown {
  switch (effect.type) {
    case 'sound':
    case 'stop':
      return { ...effect, track: today.tracks[effect.track] }
    case 'silence':
      return { ...effect, track: effect.track && today.tracks[effect.track] }
    case 'askGroove':
    case 'askMelody': {
      const { type, request, ...question } = effect
      return { type: 'ask', job: today.jobs[type], request, question }
    }
    case 'tell':
      return { ...effect, type: 'notify' }
  }
}

/** A note of a loop as version 1 wrote it down. */
type OldNote = { readonly track: OldTrack }

function noteToday(note: OldNote): unknown {
  return { ...note, track: today.tracks[note.track] }
}

type OldTranscript = { readonly notes: Readonly<Record<OldPart, unknown>> }

function transcriptToday({ notes, ...rest }: OldTranscript): unknown {
  const renamed = Object.entries(notes).map(([part, each]) => [today.parts[part as OldPart], each])
  return { ...rest, notes: Object.fromEntries(renamed) }
}

/** A step of the replay in which something sounded or was to be done. */
type OldStep = {
  readonly step: number
  readonly event?: number
  readonly at: number
  readonly effects?: readonly OldEffect[]
  readonly notes?: readonly OldNote[]
}

/** The last line of a record. */
type OldEnd = { readonly steps: number; readonly transcript: OldTranscript }

const folder = join(import.meta.dirname, 'replays')
const ending = '.effects.jsonl.gz'
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))

const unpack = (file: string) => gunzipSync(readFileSync(join(folder, file))).toString()
const read = (name: string) => readPerformance(unpack(`${name}.jsonl.gz`))

function readRecord(name: string): { readonly steps: readonly OldStep[]; readonly end: OldEnd } {
  const lines = unpack(`${name}${ending}`).trimEnd().split('\n')
  const end: OldEnd = JSON.parse(lines.pop() ?? '')
  return { steps: lines.map((line) => JSON.parse(line)), end }
}

/** How many events of a performance its file has not: what version 1 had set at first. */
const unrecorded = (name: string, { events }: Performance) =>
  events.length - (unpack(`${name}.jsonl.gz`).trimEnd().split('\n').length - 1)
/**
 * What the soloist was told of the harmony in version 1, where the chords were played and have other names today: they are
 * named with the bass that sounds under them, in their key (F#m7/A for Gbm7), and in one convention (Em(maj7) for Em/ma7).
 */
const toldInVersion1: ReadonlyMap<string, readonly Told[]> = new Map(
  unpack('told-in-version-1.jsonl.gz')
    .trimEnd()
    .split('\n')
    .map((line): [string, Told[]] => {
      const { name, told } = JSON.parse(line)
      return [name, told]
    }),
)

/** A value as a line of JSON keeps it. */
const kept = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

/** Compares quickly, and shows the difference where there is one. */
function expectSame(actual: unknown, expected: unknown, where: string): void {
  const [is, was] = [kept(actual), kept(expected)]
  if (!isDeepStrictEqual(is, was)) expect(is, where).toStrictEqual(was)
}

describe('the recorded performances', () => {
  it('are all there', () => {
    expect(names).toHaveLength(33)
    for (const name of names) {
      expect(JSON.parse(unpack(`${name}.jsonl.gz`).split('\n')[0] ?? ''), name).toMatchObject({
        format: 'tradefours-performance',
        version: 1,
      })
    }
  })

  it.each(names)('%s begins as version 1 was set at first', (name) => {
    const performance = read(name)
    const settings = performance.events
      .slice(0, unrecorded(name, performance))
      .map((event) => event.type === 'set' && [event.setting, event.value])
    expect(settings).toEqual([
      ['classic-chords', false],
      ['click', 'always'],
      ['drums-form', false],
      ['expression', false],
      ['hand-over', 'count'],
      ['grid', 'sixteenths'],
      ['listen', 0],
      ['memory', 0],
      ['own-rests', false],
      ['register', 0],
      ['stop-ends-keys', true],
      ['triplets', false],
      ['turns-by-chart', false],
      ['voicing', false],
      ['whole-takes', false],
    ])
  })

  it.each(some(names, 11))('%s has the effects and the notes that it had', (name) => {
    const performance = read(name)
    const record = readRecord(name)
    const expected = new Map(record.steps.map((step) => [step.step, step]))
    const first = unrecorded(name, performance)
    const told = toldInVersion1.get(name)
    const again = askAgain(performance, first, told ? toldAs(told) : attentiveSoloist)
    let count = 0
    for (const { step, event, at, effects, notes } of replaySteps(performance, first)) {
      const { effects: oldEffects = [], notes: oldNotes = [], ...place } = expected.get(step) ?? { step, event, at }
      const where = `${name}, step ${step} (event ${event ?? 'none'}, second ${at})`
      expectSame({ step, event, at }, place, where)
      expectSame(effects, oldEffects.map(inTodaysWords), where)
      expectSame(notes, oldNotes.map(noteToday), where)
      expectSame(again.next().value, effects, `${where}, with the soloist asked again`)
      count++
    }
    expect(count).toBe(record.end.steps)
  })

  it.each(some(names))('%s has the transcript that it had', (name) => {
    expectSame(transcribe(read(name)), transcriptToday(readRecord(name).end.transcript), name)
  })
})
