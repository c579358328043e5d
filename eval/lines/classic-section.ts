import { answerCall } from '../../src/improv/index.ts'
import { openCheckpoint } from '../../src/io/checkpoints/node.ts'
import { createModel, finish, fittingKeys, type Model, pitchCounts, seeded } from '../../src/models/index.ts'
import { isDiatonic, type MidiPitch, type Note, parseMetre } from '../../src/music/index.ts'
import type { Line, LineNote } from '../corpora/weimar.ts'
import { mean } from '../mean.ts'
import type { Options } from '../options.ts'
import { percent, type Section } from '../report/report.ts'
import { randomInRange } from './baselines.ts'
import { material } from './material.ts'
import { callLength } from './melody-player.ts'

/** A call of a soloist's, and what the soloist plays next. */
type Exchange = { readonly line: Line; readonly call: readonly LineNote[]; readonly next: readonly LineNote[] }

/** How well classic mode keeps to the key of the call: of `melody`, and of another model where one is named. */
export async function classicSection(options: Options): Promise<Section> {
  const { melody, lines } = await material(options)
  const exchanges = lines.flatMap(exchangesOf)
  const random = seeded(options.seed)
  const other = options.model
    ? createModel(await openCheckpoint(options.model, false), options.model, options.encoding)
    : null
  const shareOf = (pitches: (exchange: Exchange, index: number) => readonly MidiPitch[]) =>
    mean(
      exchanges.flatMap((exchange, index) => {
        const isHome = inKeyOf(exchange.call)
        return pitches(exchange, index).map((pitch) => Number(isHome(pitch)))
      }),
    )
  const answersOf = (model: Model) =>
    shareOf((exchange, index) => answer(model, exchange, options.seed + index).map(({ pitch }) => pitch))
  const share = other && answersOf(other)
  return {
    title: 'classic',
    notes: [
      `${exchanges.length} calls of ${callLength} notes from the validation solos, each answered in classic mode with as many. The share of the answer's notes in the major scale that holds most notes of the call. A model that knows one key gets the call in that key, as Magenta does it.`,
    ],
    tables: [
      {
        title: "Notes in the call's best diatonic set",
        columns: [['share', 3]],
        rows: [
          ['what the soloist plays next', shareOf(({ next }) => next.map(({ pitch }) => pitch))],
          ["random in the call's range", shareOf(({ line, call }) => randomInRange({ ...line, notes: call }, random))],
          ['melody', answersOf(melody)],
          ...(other ? ([[`${other.encoding.name}, named`, share]] as const) : []),
        ],
      },
    ],
    pictures: [],
    targets:
      share === null
        ? []
        : [
            {
              says: "the model that is named: 85 % of an answer in the call's best diatonic set",
              figure: percent(share),
              met: share >= 0.85,
            },
          ],
  }
}

function exchangesOf(line: Line): Exchange[] {
  const count = Math.floor(line.notes.length / callLength) - 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = index * callLength
    const call = line.notes.slice(at, at + callLength)
    return { line, call, next: line.notes.slice(at + callLength, at + 2 * callLength) }
  })
}

function answer(model: Model, { line, call }: Exchange, seed: number): readonly Note[] {
  const [first] = call
  const start = first ? first.beat - first.place : 0
  const notes = call.map(({ pitch, beat, beats }) => ({ pitch, beat: beat - start, beats, velocity: 96 }))
  return finish(answerCall(model, { call: notes, metre: parseMetre(line.metre), notes: callLength, seed })).melody
}

/** Whether a pitch is in the major scale that holds most of a call's notes. */
function inKeyOf(call: readonly LineNote[]): (pitch: MidiPitch) => boolean {
  const [tonic = 0] = fittingKeys(pitchCounts(call.map(({ pitch }) => pitch)))
  return (pitch) => isDiatonic(pitch - tonic + 120, 0)
}
