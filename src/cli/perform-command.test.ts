import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../test/notes.ts'
import { runCli } from '../../test/run-cli.ts'
import { some } from '../../test/runs.ts'
import { bassline, fixedGroove } from '../groove/index.ts'
import { writeMidi } from '../io/midi-file/index.ts'
import { drumPitch, measureBeats, type Note, parseMetre, stepBeat } from '../music/index.ts'
import { readPerformance, replay, transcribe } from '../session/index.ts'
import { tempoAt, timeline } from '../timing/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradefours-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function save(name: string, metre: string, notes: readonly Note[]): string {
  const path = join(folder, name)
  const song = { metre: parseMetre(metre), timeline: timeline(bpm), length: 64 }
  writeFileSync(path, writeMidi({ ...song, tracks: [{ name: 'Part', channel: 1, notes }] }))
  return path
}

const bpm = 125
const measures = 2

/** What a hand plays: a bass note a beat and a push, and a solo of 24 notes with a rhythm of its own. */
function hands(metre: string) {
  const length = measures * measureBeats(parseMetre(metre))
  const bass = [0, 1, 1.5, 2.75, 3, length - 0.75].map((beat, index) =>
    note(beat, 33 + ((5 * index) % 12), 0.4, 80 + index),
  )
  const solo = Array.from({ length: 24 }, (_, index) => {
    const beat = index * 0.5 + (index % 3) * 0.1 + 0.02
    return note(beat, 60 + ((index * 7) % 17), 0.2 + (index % 4) * 0.05, 60 + 2 * index)
  })
  return { length, bass, solo }
}

describe('the whole flow of ML-Jam, from the first tap to the last response', () => {
  it.each(some(['7/8', '4/4', '3/4'], 1))('goes by the rules in %s, and its recording replays', async (metre) => {
    const { length, bass, solo } = hands(metre)
    const session = join(folder, 'flow.tradefours')
    const [bassFile, soloFile] = [save('bass.mid', metre, bass), save('solo.mid', metre, solo)]
    const run = ['perform', bassFile, soloFile, '--notes', '8', '--bars', `${measures}`, '--seed', '3']
    const { status, err } = await runCli(...run, '-o', session)
    expect([status, err]).toEqual([0, ''])
    const performance = readPerformance(readFileSync(session, 'utf8'))
    const steps = [...replay(performance)]
    const effects = steps.flatMap(({ event, effects }) => effects.map((effect) => ({ ...effect, at: event.at })))

    // The tapped tempo, and the loop that began with the first note and ended after one pass.
    const recorded = steps.find(({ state }) => state.material.loops.bass)
    const { transport, material } = recorded?.state ?? expect.fail('no bass was recorded')
    expect(tempoAt(transport.timeline, 0)).toBeCloseTo(bpm, 3)
    expect(material.loops.bass?.notes.map(({ pitch, velocity }) => [pitch, velocity])).toEqual(
      bass.map(({ pitch, velocity }) => [pitch, velocity]),
    )
    const start = transport.form.beat
    expect(start).toBe(measureBeats(parseMetre(metre)))

    // From the end of the take on the fixed groove plays, exactly by the rule, and then, from a loop's start, another.
    const { notes } = transcribe(performance)
    const origin = notes.bass[0]?.beat as number
    const pass = (count: number) =>
      notes.drums
        .filter(({ beat }) => Math.floor((beat - origin + stepBeat(1) / 2) / length) === count)
        .map(({ beat, pitch }) => [Math.round((beat - origin - count * length) * 1000) / 1000, pitch])
    const rule = fixedGroove(bassline(bass, parseMetre(metre), measures))
    const ruled = rule.hits.map(({ step, drum }) => [stepBeat(step), drumPitch(drum)])
    expect(pass(0)).toEqual([])
    expect(sorted(pass(1))).toEqual(sorted(ruled))
    expect(effects.filter((effect) => effect.type === 'ask' && effect.job === 'groove')).toHaveLength(1)
    expect(sorted(pass(2))).not.toEqual(sorted(ruled))
    expect(sorted(pass(3))).toEqual(sorted(pass(2)))

    // Eight notes of call, one request, and a response with the model's pitches on the performer's own rhythm.
    const asked = effects.flatMap((effect) =>
      effect.type === 'ask' && effect.job === 'melody' ? [effect.question] : [],
    )
    expect(asked[0]?.call.map(({ pitch }) => pitch)).toEqual(solo.slice(0, 8).map(({ pitch }) => pitch))
    const answers = performance.events.flatMap((event) =>
      event.type === 'answer' && event.job === 'melody' ? [event] : [],
    )
    expect(answers).toHaveLength(asked.length)
    const played = performance.events.filter(({ type }) => type === 'noteOn').slice(bass.length)
    const sounded = effects.flatMap((effect) => (effect.type === 'sound' && effect.track === 'lead' ? [effect] : []))
    expect(sounded.map(({ at, key, velocity }) => [at, key, velocity])).toEqual(
      played.map((event) => event.type === 'noteOn' && [event.at, event.pitch, event.velocity]),
    )
    expect(sounded.slice(0, 8).map(({ by, pitch, key }) => [by, pitch - key])).toEqual(Array(8).fill(['human', 0]))
    const first = sounded.findIndex(({ by }) => by === 'machine')
    const pitches = (answers[0]?.answer?.melody ?? []).slice(0, 8).map(({ pitch }) => pitch)
    expect(pitches.length).toBeGreaterThan(0)
    expect(sounded.slice(first, first + pitches.length).map(({ by, pitch }) => [by, pitch])).toEqual(
      pitches.map((pitch) => ['machine', pitch]),
    )
    expect(sounded[first]?.at).toBeGreaterThanOrEqual(answers[0]?.at as number)

    // The same again, from nothing but the file, and from nothing but the seed.
    const again = await runCli('replay', session, '--json')
    expect(JSON.parse(again.out).effects).toEqual(effects.map((effect) => JSON.parse(JSON.stringify(effect))))
    await runCli(...run, '-o', `${session}.2`)
    expect(readFileSync(`${session}.2`, 'utf8')).toBe(readFileSync(session, 'utf8'))
  })
})

describe('a model that answers after 1.5 s', () => {
  it('is asked once, leaves no gap, and its response starts at the next note after the answer', async () => {
    const { bass, solo } = hands('4/4')
    const session = join(folder, 'late.tradefours')
    const [bassFile, soloFile] = [save('bass.mid', '4/4', bass), save('solo.mid', '4/4', solo)]
    const run = ['perform', bassFile, soloFile, '--notes', '8', '--bars', '2', '--latency', '1.5']
    expect(await runCli(...run, '-o', session)).toMatchObject({ status: 0, err: '' })
    const steps = [...replay(readPerformance(readFileSync(session, 'utf8')))]
    const asked = steps.filter(({ effects }) =>
      effects.some((effect) => effect.type === 'ask' && effect.job === 'melody'),
    )
    const answered = steps.findIndex(({ event }) => event.type === 'answer' && event.job === 'melody')
    const waiting = steps.slice(0, answered)
    expect(waiting.filter((step) => asked.includes(step))).toHaveLength(1)
    expect(steps[answered]?.event.at).toBeCloseTo((asked[0]?.event.at as number) + 1.5, 9)
    const soundsOf = (some: typeof steps) =>
      some.flatMap(({ effects }) => effects.filter(({ type }) => type === 'sound'))
    const keysOf = (some: typeof steps) => some.filter(({ event }) => event.type === 'noteOn')
    expect(keysOf(waiting).length).toBeGreaterThan(bass.length + 8 + 2)
    expect(soundsOf(waiting)).toHaveLength(keysOf(waiting).length)
    expect(soundsOf(waiting)).toEqual(soundsOf(waiting).map((sound) => ({ ...sound, by: 'human' })))
    const [next] = soundsOf(steps.slice(answered))
    const answer = steps[answered]?.event
    expect(next).toMatchObject({
      by: 'machine',
      pitch: answer?.type === 'answer' && answer.job === 'melody' && answer.answer?.melody[0]?.pitch,
    })
  })
})

it('a bassline of one short note fills a measure', async () => {
  const [bassFile, soloFile] = [save('bass.mid', '4/4', [note(0, 36, 0.2)]), save('solo.mid', '4/4', hands('4/4').solo)]
  const session = join(folder, 'short.tradefours')
  expect(await runCli('perform', bassFile, soloFile, '-o', session)).toMatchObject({ status: 0, err: '' })
  const { notes } = transcribe(readPerformance(readFileSync(session, 'utf8')))
  expect(notes.bass.length).toBeGreaterThan(0)
})

describe('bad input gets a sentence', () => {
  it('for basslines and chords that begin after the loop, and names that are for sound', async () => {
    const { bass, solo } = hands('4/4')
    const [bassFile, soloFile] = [save('bass.mid', '4/4', bass), save('solo.mid', '4/4', solo)]
    const late = save('late.mid', '4/4', [note(64, 36, 1)])
    expect(await runCli('perform', late, soloFile, '--from', '1', '--bars', '2')).toEqual({
      status: 1,
      out: '',
      err: expect.stringMatching(/late\.mid has no bass notes in measures 1 to 2: it begins in measure 17/),
    })
    expect(await runCli('perform', bassFile, soloFile, '--chords', late)).toEqual({
      status: 1,
      out: '',
      err: expect.stringMatching(/late\.mid has no notes in the \d+ measures of the loop/),
    })
    const sound = join(folder, 'evening.wav')
    const { status, err } = await runCli('perform', bassFile, soloFile, '-o', sound)
    expect([status, err]).toEqual([1, expect.stringMatching(/evening\.wav would be sound/)])
    expect(existsSync(sound)).toBe(false)
  })

  it('for files without a melody, other endings, and charts that are none', async () => {
    const { bass, solo } = hands('4/4')
    const [bassFile, soloFile] = [save('bass.mid', '4/4', bass), save('solo.mid', '4/4', solo)]
    const empty = save('empty.mid', '4/4', [])
    expect(await runCli('perform', empty, soloFile)).toMatchObject({
      status: 1,
      err: expect.stringContaining('no bassline'),
    })
    expect(await runCli('perform', bassFile, empty)).toMatchObject({
      status: 1,
      err: expect.stringContaining('no solo'),
    })
    const long = save('long.mid', '4/4', Array<Note>(20_001).fill(note(0, 60, 1)))
    expect(await runCli('perform', bassFile, long)).toMatchObject({
      status: 1,
      err: expect.stringContaining('has 20001 notes: choose a phrase of up to 20000'),
    })
    const chart = await runCli('perform', bassFile, soloFile, '--chords', 'Dm7 | Hugo')
    expect(chart).toMatchObject({ status: 1, err: expect.stringContaining('Hugo') })
    expect(await runCli('perform', bassFile, soloFile, '--notes', '65')).toMatchObject({ status: 2 })
  })
})

const sorted = (hits: (number | undefined)[][]) => hits.map((hit) => hit.join(' ')).sort()
